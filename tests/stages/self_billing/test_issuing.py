"""From accepted work to a numbered invoice that is matched and owed like any other."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests import make
from tests.make.work import TERM
from tests.make.work import agreed as agreed_facts
from tests.stages.self_billing import billing
from vendorops.documents import facts_json, kept
from vendorops.documents.self_billed import masked_paper
from vendorops.domain.contract_facts import PaymentTerm
from vendorops.domain.money import Money, total
from vendorops.domain.tax_share import TaxedAmount, tax_shares
from vendorops.formats import ubl
from vendorops.stages.intake import receive
from vendorops.tables import (
    Difference,
    InvoiceLine,
    PossibleDuplicate,
    ReceivedFile,
    Reconciliation,
    SelfBilledInvoice,
    Settlement,
    WorkItem,
)


@pytest.fixture
def contract(opener):
    with opener()() as books:
        found = billing.contract(books)
        billing.worked(books, found, 2, 9)
        billing.worked(books, found, 16)
        return found


def test_accepted_work_is_shown_without_a_number_and_issued_with_the_next(opener, contract):
    billing.agreed(opener, contract)

    [row] = billing.shown(opener).values()
    assert (row.status, row.number, row.type_code) == ("pro_forma", None, "389")
    make.reply(opener, "pro_forma", billing.SIGNER, as_of=billing.OVER)
    billing.run("pro_formas", opener)

    [row] = billing.invoices(opener).values()
    assert (row.status, row.number) == ("issued", "SB-HX-2026-000001")
    assert (row.issued_on, row.due_on) == (billing.OVER, billing.OVER)


def test_the_figures_are_quantity_times_price_and_the_rate_of_the_day(opener, contract):
    billing.agreed(opener, contract)

    [row] = billing.shown(opener).values()

    # Three times 40 hours at 46.50, and 11 per cent of sales tax since July 2026.
    net = 3 * Decimal(40) * Decimal("46.50")
    assert Decimal(row.net_minor) == net * 100
    assert Decimal(row.tax_minor) == net * 11
    lines = json.loads(row.content)["lines"]
    parts = [
        TaxedAmount(Money(186_000, "EUR"), each["category"], each["rate_e4"]) for each in lines
    ]
    assert total(tax_shares(parts), "EUR").minor == row.tax_minor


def test_what_was_issued_is_a_claim_whose_lines_know_their_work(opener, contract):
    billing.agreed(opener, contract)

    [row] = billing.issued(opener).values()

    [claim] = billing.claims(opener)
    assert (claim.id, claim.kind, claim.format) == (row.invoice_id, "invoice", "ubl")
    assert (claim.number, claim.month, claim.status) == (row.number, "2026-10", "in_process")
    with opener()() as books:
        lines = make.lines_of(books, claim)
        file = books.get(ReceivedFile, claim.received_file_id)
        assert (file.status, file.sha256) == ("booked", row.file_sha256)
        assert len({line.work_item_id for line in lines}) == 3
        assert sum(line.net_minor for line in lines) == claim.net_minor


def test_it_is_matched_and_settled_without_any_difference(opener, contract):
    billing.agreed(opener, contract)
    billing.issued(opener)

    billing.run("reconciliation", opener, month="2026-10")
    billing.run("settlement", opener, month="2026-10")

    with opener()() as books:
        assert make.only(books, Reconciliation).status == "sealed"
        [settlement] = make.rows_of(books, Settlement)
        assert (settlement.net_minor, settlement.tax_minor) == (558_000, 61_380)


def test_our_own_file_handed_in_by_the_supplier_is_the_one_we_have(opener, contract):
    billing.agreed(opener, contract)
    [row] = billing.issued(opener).values()

    with opener(actor="he.hengxin")() as books:
        again = receive(books, kept(books, str(row.file_sha256)), "their copy.xml")
        assert again.status == "booked"
    billing.run("intake", opener)

    assert len(billing.claims(opener)) == 1


def test_what_the_supplier_claims_for_the_same_work_is_a_duplicate(opener, contract):
    billing.agreed(opener, contract)
    billing.issued(opener)
    with opener(as_of=billing.OVER)() as books:
        [work, *_] = make.rows_of(books, WorkItem)
        line = make.claimed(work, currency="EUR", tax_rate_e4=1100)
        make.invoice(books, contract, [line], issue_date=billing.OVER + timedelta(days=1))

    billing.run("reconciliation", opener, month="2026-10")

    with opener()() as books:
        [wrong] = make.rows_of(books, Difference)
        line = books.get(InvoiceLine, wrong.invoice_line_id)
        assert (wrong.reason, wrong.treatment) == ("duplicate_line", "disputed")
        assert line.work_reference == work.reference


def test_the_suppliers_own_invoice_for_the_same_work_is_held_at_intake(opener, contract):
    billing.agreed(opener, contract)
    [row] = billing.issued(opener).values()
    with opener(as_of=billing.LATE, actor="he.hengxin")() as books:
        ours = masked_paper(books, books.named(SelfBilledInvoice, row.reference))
        # Official rules know no country XA, which we invented.
        seller = replace(ours.seller, tax_number=billing.THEIRS["xa"], country="DE")
        buyer = replace(ours.buyer, country="DE")
        theirs = replace(ours, number="HX-77", type_code="380", notes=())
        theirs = replace(theirs, seller=seller, buyer=buyer)
        receive(books, ubl.write(theirs), "HX-77.xml")

    billing.run("intake", opener, billing.LATE)

    [_, claim] = billing.claims(opener)
    assert (claim.number, claim.status) == ("HX-77", "acknowledged")
    with opener()() as books:
        [suspicion] = make.rows_of(books, PossibleDuplicate)
        assert (suspicion.earlier_id, suspicion.invoice_id) == (row.invoice_id, claim.id)


def test_the_days_to_pay_are_those_of_the_contract(opener):
    with opener()() as books:
        columns = {"currency": "EUR", "starts_on": make.STARTS_ON, "ends_on": make.ENDS_ON}
        columns |= {"cap_minor": 10**8, "place": "xa", "program": "staffing"}
        facts = replace(agreed_facts([TERM], columns), payment=PaymentTerm(days=30))
        contract = billing.contract(books, facts=facts_json(facts))
        billing.worked(books, contract, 2)
    billing.agreed(opener, contract)

    [row] = billing.issued(opener).values()

    assert row.due_on == date(2026, 12, 2)
