"""Service levels as a figure: met or missed, month by month."""

from dataclasses import replace
from datetime import date

from tests import make
from vendorops.documents import facts_json, facts_of
from vendorops.domain.contract_facts import ServiceLevel
from vendorops.domain.periods import Period
from vendorops.tables import Measurement, Supplier
from vendorops.working.measuring import figures_of

LATER = date(2027, 6, 1)
LEVEL = ServiceLevel("accuracy", "without error", 995_000, 50_000, 80_000)


def figures(books, contract, month):
    supplier = books.get(Supplier, contract.supplier_id)
    return figures_of(books, supplier, Period.month(month))["calendar"]


def counted(books, contract, good, month="2026-10", **changed):
    usual = {
        "reference": books.reference("MEA"),
        "contract_id": contract.id,
        "level": LEVEL.code,
        "month": month,
        "good": good,
        "total": 1000,
        "evidence_sha256": make.SHA,
        "reported_by": "lin.buyer",
        "reported_on": LATER,
    }
    return make.put(books, Measurement, usual, changed)


def test_service_levels_are_met_or_missed_month_by_month(opener):
    with opener(as_of=LATER)() as books:
        contract = make.contract(books)
        agreed = replace(facts_of(contract.facts), service_levels=(LEVEL,))
        contract.facts = facts_json(agreed)
        counted(books, contract, 995)
        counted(books, contract, 994, "2026-11")
        counted(books, contract, 0, "2026-12", total=0)
        counted(books, contract, 0, "2027-01", status="reversed")

        found = [
            figures(books, contract, month).get("service_levels_met")
            for month in ("2026-10", "2026-11", "2026-12", "2027-01")
        ]

        assert [one and one.exact for one in found] == [1, 0, None, None]
