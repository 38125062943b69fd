"""Without the supplier's own yes, and the law's, we write no invoice for it."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import make
from tests.stages.self_billing import billing
from vendorops.billing_law import NoBillingLaw
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, SelfBilledInvoice, SelfBillingAgreement
from vendorops.working.self_billing import NotAgreeable, end_agreement, propose


@pytest.fixture
def contract(opener):
    with opener()() as books:
        found = billing.contract(books)
        billing.worked(books, found, 2)
        return found


def status(opener):
    with opener()() as books:
        return billing.agreement_of(books).status


def test_nothing_is_drafted_before_the_supplier_agreed(opener, contract):
    billing.proposed(opener, contract)

    assert billing.shown(opener) == {}
    assert status(opener) == "proposed"


def test_a_supplier_that_says_no_is_not_billed_for(opener, contract):
    billing.proposed(opener, contract)
    billing.run("self_billing", opener, billing.PROPOSED)
    make.reply(opener, "self_billing_agreement", billing.SIGNER, "reject", as_of=billing.PROPOSED)

    assert billing.shown(opener) == {}
    assert status(opener) == "rejected"


def test_only_the_supplier_itself_can_agree(opener, contract):
    billing.proposed(opener, contract)
    billing.run("self_billing", opener, billing.PROPOSED)

    with pytest.raises(Refused):
        make.reply(opener, "self_billing_agreement", "wang.approver", as_of=billing.PROPOSED)


def test_the_same_proposal_again_is_the_same_one(opener, contract):
    once, again = (billing.proposed(opener, contract) for _ in range(2))

    assert once == again == "SBA-2026-000001"


REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"tax_treatment": "guessed"}, "choose one of standard, outside"),
    ({"writes": "pro_forma"}, "states no tax"),
    ({"valid_from": "2026-09-01"}, "agreed before"),
    ({"valid_until": "2027-10-01"}, "stay in it"),
    ({"valid_until": "2026-09-30"}, "not before valid_from"),
    ({"series": "INV"}, "two short words"),
    ({"series": "sb-hx"}, "two short words"),
    ({"format": "statement_csv"}, "choose one of cii, hybrid_pdf, ubl"),
    ({"objection_days": "0"}, "whole number of days from 1 to 90"),
    ({"schedule": "daily"}, "choose one"),
    ({"number": "1"}, "is not known here"),
)


def test_what_cannot_be_agreed_is_refused_with_the_reason(opener, contract):
    for changed, why in REFUSED:
        with pytest.raises(Refused, match=why):
            billing.proposed(opener, contract, **changed)
    with opener()() as books:
        assert make.rows_of(books, SelfBillingAgreement) == []


def test_a_series_belongs_to_one_supplier(opener, contract):
    billing.proposed(opener, contract)
    with opener()() as books:
        theirs = make.party(books, name="Other Ltd.", place="xa")
        other = make.contract(books, make.supplier(books, theirs), place="xa", currency="EUR")

    with pytest.raises(NotAgreeable, match="series SB-HX is that of SUP-2026-000001"):
        billing.proposed(opener, other)


def test_two_agreements_never_cover_the_same_days(opener, contract):
    billing.agreed(opener, contract)

    with pytest.raises(NotAgreeable, match="SBA-2026-000001 covers some of these days"):
        billing.proposed(opener, contract, valid_from="2026-12-01")


def test_where_the_law_forbids_it_only_pro_formas_are_written(opener):
    with opener()() as books:
        contract = billing.contract(books, "cn")
        billing.worked(books, contract, 2)
    with pytest.raises(NotAgreeable, match=r"发票管理办法.*agree on writes: pro_forma"):
        billing.proposed(opener, contract)
    billing.agreed(opener, contract, writes="pro_forma", tax_treatment="")

    [row] = billing.issued(opener).values()

    assert (row.status, row.number, row.tax_minor) == ("aligned", None, 0)
    assert billing.claims(opener) == []


def test_a_place_whose_law_nobody_wrote_down_is_refused_with_what_to_add(opener):
    with opener()() as books:
        contract = billing.contract(books)
        contract.place = "fr"

    with pytest.raises(NoBillingLaw, match=r"add billing_law/fr\.yaml"):
        billing.proposed(opener, contract)
    with opener()() as books:
        books.get(Contract, contract.id).place = "xa"


def test_reverse_charge_needs_the_vat_numbers_of_both(opener):
    with opener()() as books:
        contract = billing.contract(books, "de")
        ours = billing.party_named(books, "Xinghe Europe")
        ours.identifier_scheme = "de_handelsregisternummer"

    with pytest.raises(NotAgreeable, match=r"Xinghe Europe AG .* needs a VAT number"):
        billing.proposed(opener, contract, tax_treatment="reverse_charge")
    with opener()() as books:
        billing.party_named(books, "Xinghe Europe").identifier_scheme = "eu_vat"


def test_work_after_an_agreement_was_ended_is_left_to_the_supplier(opener, contract):
    billing.agreed(opener, contract)
    with opener()() as books:
        billing.worked(books, contract, 20)
    with opener(as_of=date(2026, 10, 12), actor="lin.buyer")() as books:
        end_agreement(books, billing.agreement_of(books), date(2026, 10, 15))

    [row] = billing.shown(opener).values()

    assert row.net_minor == 186_000


def test_an_agreement_does_not_end_in_the_past(opener, contract):
    billing.agreed(opener, contract)

    with opener(as_of=billing.OVER)() as books, pytest.raises(NotAgreeable, match="not past"):
        end_agreement(books, billing.agreement_of(books), billing.OVER - timedelta(days=1))


def test_a_series_is_made_of_the_supplier_where_none_is_given(opener, contract):
    with opener(as_of=billing.PROPOSED, actor="lin.buyer")() as books:
        assert propose(books, billing.form(contract, series="")).series == "SB26-000001"
        assert make.rows_of(books, SelfBilledInvoice) == []
        assert len(make.rows_of(books, SelfBillingAgreement)) == 1
