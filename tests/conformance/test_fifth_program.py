"""Managed services joined as the fifth program without editing an existing file: an exercise."""

from pathlib import Path

from tests import make
from tests.stages.settlement.month import company, run
from vendorops.domain.measure import quantity_e4
from vendorops.programs import program
from vendorops.tables import ServiceSheet, Supplier
from vendorops.working import Report, Reported, enter_sheet

ROOT = Path(__file__).parents[2]
OWN = {
    "src/vendorops/programs/managed_services.py",
    "src/vendorops/requirements/cn.managed_services.yaml",
    "src/vendorops/requirements/xa.managed_services.yaml",
}
TERMS = (
    {"code": "monthly_fee", "unit": "MON", "value": "86000.00"},
    {"code": "ticket", "unit": "C62", "value": "12.50"},
    {"code": "managed_spend", "kind": "share", "unit": "C62", "value": "0.015"},
)


def test_nothing_but_its_own_files_knows_its_name():
    knowing = {
        str(path.relative_to(ROOT))
        for folder in ("src", "flows")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".yaml", ".typ"}
        and "managed_services" in path.read_text("utf-8")
    }

    assert knowing == OWN


def test_its_month_is_reported_and_accepted_like_any_other(opener):
    with opener()() as books:
        company(books)
        supplier = make.supplier(books, kind="msp")
        contract = make.contract(books, supplier, TERMS, program="managed_services")
        make.licensed(books, books.get(Supplier, supplier.id), "managed_services")
        make.person(books, "he.lanhai")
        day = make.AS_OF.replace(day=1)
        work = [
            Reported("monthly_fee", "November", day, quantity_e4("1")),
            Reported("ticket", "tickets closed", day, quantity_e4("4200")),
            Reported("managed_spend", "spend", day, quantity_e4("1"), basis_minor=1_000_003),
        ]
        sheet = enter_sheet(books, contract, Report("2026-11", "he.lanhai", work, b"month"))
        prices = [item.price_e6 for item in make.items_of(books, sheet)]
    run("acceptance", opener)
    make.reply(opener, "acceptance", "lin.buyer")
    run("acceptance", opener)

    assert prices == [86_000_000_000, 12_500_000, 150_000_000]
    assert program("managed_services").title_zh == "托管服务"
    with opener()() as books:
        assert make.only(books, ServiceSheet).status == "accepted"
