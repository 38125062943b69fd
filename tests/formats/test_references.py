"""What an invoice says besides its figures: what it was ordered by, corrects, is paid to."""

import pytest

from tests.formats.test_xml_invoices import BOTH, changed
from vendorops.formats import NotAnInvoice, cii, ubl

ORDER = {
    ubl: ("<cac:Acc", "<cac:OrderReference><cbc:ID>{}</cbc:ID></cac:OrderReference>"),
    cii: (
        "</ram:ApplicableHeaderTradeAgreement>",
        (
            "<ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>{}</ram:IssuerAssignedID>"
            "</ram:BuyerOrderReferencedDocument>"
        ),
    ),
}
PRECEDING = {
    ubl: (
        "<cac:Acc",
        (
            "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{}</cbc:ID>"
            "</cac:InvoiceDocumentReference></cac:BillingReference>"
        ),
    ),
    cii: (
        "</ram:ApplicableHeaderTradeSettlement>",
        (
            "<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>{}</ram:IssuerAssignedID>"
            "</ram:InvoiceReferencedDocument>"
        ),
    ),
}
ACCOUNT = {
    ubl: (
        "<cac:TaxTotal>",
        (
            "<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode>"
            "<cac:PayeeFinancialAccount><cbc:ID>{}</cbc:ID></cac:PayeeFinancialAccount>"
            "</cac:PaymentMeans>"
        ),
    ),
    cii: (
        "</ram:ApplicableHeaderTradeSettlement>",
        (
            "<ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount>"
            "<ram:IBANID>{}</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>"
            "</ram:SpecifiedTradeSettlementPaymentMeans>"
        ),
    ),
}
TYPE_CODE = {ubl: "cbc:InvoiceTypeCode", cii: "ram:TypeCode"}


def said(known, where, *texts):
    """Return how the plain invoice is read with something put in once for each text."""
    before, made = where[known]
    put = "".join(made.format(text) for text in texts)
    return known.read(changed(known, before, put + before))


@BOTH
def test_the_order_that_it_names_is_read(known):
    assert said(known, ORDER, "WO-2026-000001").order_references == ("WO-2026-000001",)


def test_no_order_as_peppol_writes_it_is_none():
    assert said(ubl, ORDER, "NA").order_references == ()


@BOTH
def test_each_invoice_that_it_corrects_is_read_once(known):
    assert said(known, PRECEDING, "A-1", "A-2", "A-1").preceding_numbers == ("A-1", "A-2")


@BOTH
def test_each_account_that_it_asks_to_be_paid_to_is_read_once(known):
    accounts = ("DE89 3704 0044 0532 0130 00", "other", "other")

    assert said(known, ACCOUNT, *accounts).payee_accounts == accounts[:2]


@BOTH
@pytest.mark.parametrize("code", ["380", "384", "386", "389", "326", "575"])
def test_every_code_of_an_invoice_is_kept_and_is_an_invoice(known, code):
    claim = known.read(changed(known, f"<{TYPE_CODE[known]}>380", f"<{TYPE_CODE[known]}>{code}"))

    assert (claim.kind, claim.type_code) == ("invoice", code)


@BOTH
@pytest.mark.parametrize("code", ["381", "261", "396"])
def test_every_code_of_a_credit_note_makes_one(known, code):
    claim = known.read(changed(known, f"<{TYPE_CODE[known]}>380", f"<{TYPE_CODE[known]}>{code}"))

    assert (claim.kind, claim.type_code) == ("credit_note", code)


@BOTH
def test_a_pro_forma_invoice_is_refused_because_it_asks_for_nothing(known):
    with pytest.raises(NotAnInvoice, match="pro forma"):
        known.read(changed(known, f"<{TYPE_CODE[known]}>380", f"<{TYPE_CODE[known]}>325"))
