"""Credit notes from their file to what is paid: they take off what they say, once."""

from datetime import date

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.intake.claims import known, line, paper, written
from tests.stages.settlement.month import OpenerMaker, balances, company, rows, run, settled
from vendorops.domain.measure import quantity_e4
from vendorops.formats import formats
from vendorops.stages.intake import receive
from vendorops.tables import Difference, Invoice, Settlement, SettlementLine

CREDITING = [name for name, module in formats().items() if hasattr(module, "write")]


def received(opener: OpenerMaker, name: str, back: str, *, names_work: bool = True) -> None:
    """Let an invoice over 1860.00 arrive, and a credit note for so many hours of it."""
    with opener()() as books:
        company(books)
        of = known(books)
        item = of.items[0]
        hours = line(item if names_work else None, quantity_e4=quantity_e4(back))
        credit = {"type_code": "381", "issue_date": date(2026, 11, 2), "lines": (hours,)}
        claims = [
            paper(of, number="HX-1", lines=(line(item),)),
            paper(of, number="HX-1-C", **credit),
        ]
        for claim in claims:
            receive(books, written(name, claim), claim.number)
    for stage in ("intake", "reconciliation"):
        assert run(stage, opener).refused == []


@pytest.mark.parametrize("name", CREDITING)
def test_a_credit_note_from_its_file_is_taken_off_what_is_paid(opener, name):
    received(opener, name, "10")

    settled(opener)

    with opener()() as books:
        explained = make.only(books, Difference)
        assert (explained.amount_minor, explained.treatment) == (-46_500, "tolerated")
        assert [row.status for row in rows(books, Invoice)] == ["accepted", "accepted"]
        settlement = make.only(books, Settlement)
        assert (settlement.net_minor, settlement.tax_minor) == (139_500, 8_370)
        shares = [(row.net_minor, row.tax_minor) for row in rows(books, SettlementLine)]
        assert shares == [(186_000, 11_160), (-46_500, -2_790)]
        assert balances(books)["payable"] == settlement.payable_minor == 147_870
        assert broken(books) == []


def test_a_credit_note_that_names_no_work_is_taken_off_all_the_same(opener):
    received(opener, "ubl", "10", names_work=False)

    settled(opener)

    with opener()() as books:
        assert make.only(books, Settlement).net_minor == 139_500


def test_credit_notes_that_outweigh_their_invoice_pay_nothing(opener):
    received(opener, "ubl", "50")

    refused = run("settlement", opener).refused

    assert "carried until later claims outweigh the credit notes" in refused[0][1]
    with opener()() as books:
        assert rows(books, Settlement) == []
