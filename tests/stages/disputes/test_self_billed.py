"""Where we write the supplier's invoices, an agreed credit comes back as a credit note of ours."""

import json

from tests import make
from tests.stages.disputes.disputing import agreed, carried_on, opened, state
from tests.stages.self_billing import billing
from vendorops.domain.lifecycle import DisputeStatus
from vendorops.tables import SelfBilledInvoice


def issued_claim(opener):
    """An invoice that we wrote in the supplier's name, matched whole."""
    with opener()() as books:
        contract = billing.contract(books)
        billing.worked(books, contract, 2)
        make.person(books, "second.buyer")
        make.grant(books, "second.buyer", "buyer")
    billing.agreed(opener, contract)
    billing.issued(opener)
    billing.run("reconciliation", opener, month="2026-10")
    [claim] = billing.claims(opener)
    return claim


def test_a_credit_agreed_of_our_own_invoice_is_a_credit_note_that_names_it(opener):
    claim = issued_claim(opener)
    ident = opened(opener, claim, reason="quality", amount="100.00", as_of=billing.OVER)
    agreed(opener, ident, by="memo", as_of=billing.OVER)
    billing.run("crediting", opener)
    make.reply(opener, "credit_memo", "second.buyer", as_of=billing.OVER)
    for stage in ("crediting", "self_billed_credits", "pro_formas"):
        billing.run(stage, opener)
    make.reply(opener, "pro_forma", billing.SIGNER, as_of=billing.OVER)
    billing.run("pro_formas", opener)
    carried_on(opener, as_of=billing.OVER)

    with opener()() as books:
        note = make.only(books, SelfBilledInvoice, type_code="261")
        assert (note.status, note.net_minor) == ("issued", 10_000)
        assert json.loads(note.content)["preceding"][0][0] == claim.number
    assert state(opener, ident) == DisputeStatus.CLOSED
