"""Placements as figures: who started, and who stayed."""

from datetime import date
from fractions import Fraction

from tests.make.placements import placement, recruiting
from vendorops.domain.periods import Period
from vendorops.tables import Supplier
from vendorops.working.measuring import figures_of

LATER = date(2027, 6, 1)
START = date(2026, 10, 5)


def figures(books, contract):
    supplier = books.get(Supplier, contract.supplier_id)
    return figures_of(books, supplier, Period.month("2026-10"))["calendar"]


def left(day, because):
    return {"started_on": START, "left_on": day, "left_because": because}


def test_placements_tell_who_started_and_who_stayed(opener):
    with opener(as_of=LATER)() as books:
        contract = recruiting(books)
        placement(books, contract, started_on=START, status="started")
        placement(books, contract, **left(date(2026, 12, 1), "resigned"))
        placement(books, contract, **left(date(2026, 10, 20), "layoff"))
        placement(books, contract, status="cancelled")

        found = figures(books, contract)

        assert found["offer_to_start"].exact == Fraction(3, 4)
        assert found["retention_30"].exact == 1
        assert found["retention_90"].exact == Fraction(1, 2)
        books.session.rollback()


def test_an_offer_whose_first_day_has_not_come_tells_nothing(opener):
    with opener(as_of=date(2026, 10, 4))() as books:
        contract = recruiting(books)
        placement(books, contract)

        assert "offer_to_start" not in figures(books, contract)
