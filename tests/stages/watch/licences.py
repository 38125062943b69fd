"""An approved staffing agency, and the licences it hands in afterwards."""

import json
from datetime import date, timedelta

from sqlmodel import col, select

from tests import make
from tests.stages.onboarding.applying import hand_in as apply
from tests.stages.onboarding.applying import load, run, sample
from vendorops.documents import LicenceFields, sample_licence
from vendorops.stages.onboarding.renewing import hand_in
from vendorops.tables import ComplianceDocument

HOLDER = "昆山高远劳务派遣有限公司 Kunshan Gaoyuan Labour Dispatch Co. Ltd."
ENDS = date(2028, 1, 1)
"""First day on which the licence of the sample holds no longer."""
OPENS = date(2027, 10, 3)
"""Ninety days before it."""
SAID = {
    "kind": "dispatch_licence",
    "issuer": "昆山市人力资源和社会保障局",
    "number": "320583-LD-2028-0007",
    "valid_from": "2028-01-01",
    "valid_to": "2031-01-01",
    "figures": {"registered_capital": "5000000"},
    "file": "licence.pdf",
}
HANDED_IN = date(2027, 11, 2)


def approved(opener, name: str = "staffing") -> None:
    """The sample's supplier, approved on the day of the makers."""
    load(opener)
    apply(opener, sample(name))
    run(opener, "onboarding")
    make.reply(opener, "qualification", "lin.buyer")
    run(opener, "onboarding")


def paper(**printed) -> bytes:
    """A licence as PDF; what is printed on it is what is said of it, unless it is changed."""
    fields = {
        "title": "劳务派遣经营许可证",
        "issuer": SAID["issuer"],
        "number": SAID["number"],
        "holder": HOLDER,
        "scope": "劳务派遣业务; registered_capital 5,000,000",
        "valid_from": date(2028, 1, 1),
        "valid_to": date(2030, 12, 31),
        **printed,
    }
    return sample_licence(LicenceFields(**fields))


def renewed(opener, data: bytes | None = None, *, by="gao.staffing", as_of=HANDED_IN, **said):
    """Hand in a renewed licence and let it be checked; return its reference."""
    told = json.dumps({**SAID, **said}, ensure_ascii=False).encode()
    with opener(as_of=as_of, actor=by)() as books:
        reference = hand_in(books, "SUP-2026-000001", told, data or paper()).reference
    watch(opener, as_of)
    return reference


def watch(opener, as_of):
    return run(opener, "watch", as_of=as_of)


def standing(opener, as_of, kind: str = "dispatch_licence") -> list[tuple[int, str]]:
    """Version and status of every licence of the kind."""
    with opener(as_of=as_of)() as books:
        query = select(ComplianceDocument).where(col(ComplianceDocument.kind) == kind)
        rows = books.session.exec(query.order_by(col(ComplianceDocument.version)))
        return [(row.version, row.status) for row in rows]


def day_before(day: date) -> date:
    return day - timedelta(days=1)
