"""What is taken back after issue: a credit note under the next number, tied to its source."""

from datetime import date
from typing import Any

import pytest

from tests import make
from tests.formats.official_rules import faults
from tests.make import staffing
from tests.stages.self_billing import billing
from tests.stages.timesheets.month import REGULAR, accepted, corrected, credited, handed_in
from vendorops.books import Books
from vendorops.documents import kept
from vendorops.documents.self_billed import self_billed_file_again
from vendorops.domain.money import Money
from vendorops.formats import ubl
from vendorops.tables import Contract, CreditMemo, SelfBilledInvoice, Settlement, Supplier
from vendorops.working.crediting import Credit, raise_credit

DAY = "2026-10-12"


@pytest.fixture
def contract(opener):
    with opener()() as books:
        found = billing.contract(books)
        make.licensed(books, books.get(Supplier, found.supplier_id), "staffing", "xa")
        return found


def memo(books: Books, of: Contract, kind: str = "service_level", **changed) -> CreditMemo:
    """An issued memo of 100.00 euro and the tax of what was claimed."""
    said: dict[str, Any] = {
        "kind": kind,
        "month": "2026-10",
        "source": of,
        "net": Money(10_000, "EUR"),
        "sentence": "availability 98.2 of 99.0 per cent",
        "basis": {"measured": "98.2"},
        "raised_by": "lin.buyer",
    }
    raised = raise_credit(books, of, Credit(**(said | changed)))
    return make.reach(books, raised, "issued")


def credits_issued(opener, as_of=billing.LATE):
    billing.run("self_billed_credits", opener, as_of)
    billing.run("pro_formas", opener, as_of)
    make.reply(opener, "pro_forma", billing.SIGNER, as_of=as_of)
    billing.run("pro_formas", opener, as_of)
    return [row for row in billing.invoices(opener).values() if row.type_code == "261"]


def test_time_that_is_corrected_after_issue_becomes_a_credit_note_of_its_invoice(opener, contract):
    with opener()() as books:
        order = staffing.assignment(books, contract, price="46.50", currency="EUR")
    handed_in(opener, staffing.time_form(order, (DAY, REGULAR, "8.5")), billing.SIGNER)
    accepted(opener)
    billing.agreed(opener, contract)
    [invoice] = billing.issued(opener, make.AS_OF).values()
    corrected(
        opener, staffing.correction_form("TS-2026-000001", (DAY, REGULAR, "8")), billing.SIGNER
    )
    credited(opener)

    [row] = credits_issued(opener)

    # Half an hour at 46.50 is 23.25, and 11 per cent of it 2.56.
    assert (row.number, row.net_minor, row.tax_minor) == ("SB-HX-2026-000002", 2_325, 256)
    with opener()() as books:
        data = kept(books, str(row.file_sha256))
    assert b">261<" in data
    assert f">{invoice.number}<".encode() in data
    assert ubl.read(data).kind == "credit_note"
    assert len(billing.claims(opener)) == 1


def test_the_credit_note_waits_until_what_it_takes_back_from_is_issued(opener, contract):
    with opener()() as books:
        billing.worked(books, contract, 2)
    billing.agreed(opener, contract)
    billing.shown(opener)
    with opener(as_of=billing.OVER)() as books:
        memo(books, contract)

    outcome = billing.run("self_billed_credits", opener)

    assert (len(outcome.waiting), len(billing.invoices(opener))) == (1, 1)


def test_a_service_level_credit_is_tied_to_the_invoices_of_its_month_and_taken_off_once(
    opener, contract
):
    with opener()() as books:
        billing.worked(books, contract, 2)
        billing.worked(books, contract, 9)
    billing.agreed(opener, contract, grouping="sheet")
    numbers = [row.number for row in billing.issued(opener).values()]
    with opener(as_of=billing.OVER)() as books:
        memo(books, contract)

    [row] = credits_issued(opener)
    billing.run("reconciliation", opener, month="2026-10")
    billing.run("settlement", opener, month="2026-10")

    with opener()() as books:
        data = kept(books, str(row.file_sha256)).decode()
        [settlement] = make.rows_of(books, Settlement)
    assert all(f">{number}<" in data for number in numbers)
    assert (settlement.net_minor, settlement.tax_minor) == (372_000 - 10_000, 40_920 - 1_100)
    assert row.invoice_id is None


def test_a_memo_of_a_supplier_that_writes_its_own_invoices_has_no_paper_of_ours(opener, contract):
    billing.agreed(opener, contract, writes="pro_forma", tax_treatment="")
    with opener(as_of=billing.OVER)() as books:
        memo(books, contract)

    billing.run("self_billed_credits", opener)

    assert billing.invoices(opener) == {}


def test_a_memo_raised_before_the_agreement_has_no_paper_of_ours(opener, contract):
    with opener(as_of=date(2026, 10, 2))() as books:
        memo(books, contract)
    billing.agreed(opener, contract)

    billing.run("self_billed_credits", opener)

    assert billing.invoices(opener) == {}


def test_a_credit_note_meets_every_published_rule_where_tax_was_claimed_and_where_not(opener):
    with opener()() as books:
        contract = billing.contract(books, "de")
        billing.worked(books, contract, 2)
    billing.agreed(opener, contract)
    with opener(as_of=billing.OVER)() as books:
        memo(books, contract, "late_delivery", month="2026-09")
    first = credits_issued(opener)
    billing.issued(opener)
    with opener(as_of=billing.OVER)() as books:
        memo(books, contract)

    rows = credits_issued(opener)

    assert (len(first), len(rows)) == (1, 2)
    with opener()() as books:
        found = [books.named(SelfBilledInvoice, row.reference) for row in rows]
        files = {
            name: [self_billed_file_again(books, row, name) for row in found]
            for name in ("ubl", "cii")
        }
    assert {name: faults(name, datas) for name, datas in files.items()} == {"ubl": [], "cii": []}
