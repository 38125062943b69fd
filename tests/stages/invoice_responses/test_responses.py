"""Suppliers are told what became of each invoice, once for each state, in Peppol's words."""

import pytest
from lxml import etree

from tests import make
from tests.stages.disputes.disputing import opened, proposed
from tests.stages.invoice_responses import addressed
from tests.stages.invoice_responses.schema import PLACES, schema
from tests.stages.settlement import month
from vendorops.documents import kept
from vendorops.documents.invoice_responses import codes, endpoint_scheme
from vendorops.domain.disputing import BESIDES
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.domain.matching import Reason
from vendorops.stages import invoice_responses, sweep
from vendorops.tables import Effect, Invoice, InvoiceResponse


@pytest.fixture
def contract(opener):
    """A contract whose parties are known by numbers that are electronic addresses."""
    with opener()() as books:
        return addressed.contract(books)


def entered(opener, contract, make_it):
    with opener()() as books:
        return make_it(books, books.get(type(contract), contract.id))


def answered(opener, claim):
    """Return the newest answer to a claim as its file says it, valid by the schema."""
    assert sweep("invoice_responses", opener()).refused == []
    with opener()() as books:
        mine = [row for row in make.rows_of(books, InvoiceResponse) if row.invoice_id == claim.id]
        found = etree.fromstring(kept(books, mine[-1].file_sha256))
    schema().assertValid(found)
    _keeps_the_rules_of_t111(found)
    return found


def _keeps_the_rules_of_t111(answer):
    """R001: CA, UQ and RE say why. R002: who says OTH says what in words. No element is empty."""
    found = answer.findall(".//cac:Status", PLACES)
    assert found or said(answer, "cbc:ResponseCode")[0] not in {"CA", "UQ", "RE"}
    for each in found:
        if said(each, "cbc:StatusReasonCode") == ["OTH"]:
            assert said(each, "cbc:StatusReason")
    assert all(len(each) or (each.text or "").strip() for each in answer.iter())


def said(answer, path):
    return [each.text for each in answer.iterfind(f".//{path}", PLACES)]


def clarified(answer):
    return [
        (
            each.find("cbc:StatusReasonCode", PLACES).get("listID"),
            *said(each, "cbc:StatusReasonCode"),
        )
        for each in answer.iterfind(".//cac:Status", PLACES)
    ]


def test_a_claim_that_is_paid_in_part_says_why_and_what_is_asked(opener, contract):
    claim = entered(opener, contract, month.partly_explained)

    answer = answered(opener, claim)

    assert said(answer, "cbc:ResponseCode") == ["CA"]
    assert clarified(answer) == [("OPStatusReason", "QTY"), ("OPStatusAction", "CNP")]
    assert said(answer, "cbc:StatusReason") == [
        "Line 1, 39.00 EUR without tax: More is claimed than was accepted."
    ]
    document = answer.find(".//cac:DocumentReference", PLACES)
    assert said(document, "cbc:ID") == [claim.number]
    assert said(document, "cbc:DocumentTypeCode") == ["380"]


def test_sender_and_receiver_are_named_with_their_electronic_addresses(opener, contract):
    answer = answered(opener, entered(opener, contract, month.partly_explained))

    addresses = answer.findall(".//cbc:EndpointID", PLACES)
    assert [(each.get("schemeID"), each.text) for each in addresses] == [
        ("9930", addressed.OURS),
        ("9930", addressed.THEIRS),
    ]


def test_an_accepted_claim_needs_no_reason_and_a_rejected_one_asks_for_another(opener, contract):
    clear = entered(opener, contract, lambda books, of: month.claim(books, of, ("40", "46.50")))
    wrong = entered(opener, contract, lambda books, of: make.invoice(books, of, status="rejected"))

    assert (said(answered(opener, clear), "cbc:ResponseCode")) == ["AP"]
    assert clarified(answered(opener, clear)) == []
    assert said(answered(opener, wrong), "cbc:ResponseCode") == ["RE"]
    assert clarified(answered(opener, wrong)) == [
        ("OPStatusReason", "OTH"),
        ("OPStatusAction", "NIN"),
    ]


def test_each_state_is_told_once_and_the_next_one_gets_the_next_number(opener, contract):
    claim = entered(opener, contract, make.invoice)
    for _ in range(2):
        assert said(answered(opener, claim), "cbc:ResponseCode") == ["IP"]
    with opener()() as books:
        make.reach(books, books.get(Invoice, claim.id), InvoiceStatus.REJECTED)

    answer = answered(opener, claim)

    assert said(answer, "cbc:ResponseCode") == ["RE"]
    with opener()() as books:
        rows = make.rows_of(books, InvoiceResponse)
        assert [(row.number, row.code) for row in rows] == [(1, "IP"), (2, "RE")]
        assert {effect.sha256 for effect in make.rows_of(books, Effect)} == {
            row.file_sha256 for row in rows
        }


def test_what_a_dispute_came_to_pay_is_no_reason_any_more(opener, contract):
    claim = entered(opener, contract, month.partly_explained)
    with opener()() as books:
        make.person(books, "second.finance")
        make.grant(books, "second.finance", "finance")
    ident = opened(opener, claim)
    proposed(opener, ident, credit="0")
    sweep("disputes", opener())
    make.reply(opener, "dispute", "zhao.finance")
    sweep("disputes", opener())

    answer = answered(opener, claim)

    assert said(answer, "cbc:ResponseCode") == ["AP"]
    assert clarified(answer) == []


def test_a_party_without_an_electronic_address_is_named_in_the_refusal(opener):
    with opener()() as books:
        month.company(books)
        make.invoice(books, make.contract(books, make.supplier(books, _known(books))))

    [(_, why)] = sweep("invoice_responses", opener()).refused

    assert why.startswith("E_RESPONSE_ADDRESS: ")
    assert "is known by its cn_uscc" in why
    with opener()() as books:
        assert make.rows_of(books, InvoiceResponse) == []


def _known(books):
    return make.party(books, "91320583MA1MX2XM42")


def test_a_statement_is_no_invoice_and_is_not_answered(opener, contract):
    entered(opener, contract, lambda books, of: make.invoice(books, of, kind="statement"))

    with opener()() as books:
        assert invoice_responses.ready(books) == []


def test_every_state_and_every_reason_has_its_code_with_a_citation():
    told = codes()

    assert set(told.states) == {state.value for state in InvoiceStatus}
    assert set(told.reasons) == {*(reason.value for reason in Reason), *BESIDES}
    assert {"AB", "IP", "UQ", "CA", "RE", "AP", "PD"} == set(told.states.values())
    assert "T111" in told.cite


@pytest.mark.parametrize(
    ("scheme", "number", "known"),
    [
        ("eu_vat", "DE811907980", "9930"),
        ("eu_vat", "FR40303265045", "9957"),
        ("lei", "529900T8BM49AURSDO55", "0199"),
        ("eu_vat", "XX1", ""),
        ("cn_ric", "11010519491231002X", ""),
    ],
)
def test_a_number_is_an_address_only_where_its_scheme_is_one(scheme, number, known):
    assert endpoint_scheme(scheme, number) == known
