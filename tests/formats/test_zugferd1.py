import re

import pytest
from hypothesis import given, settings

from tests.formats.papers import claimed, line, paper, papers
from tests.formats.test_hybrid_pdf import pdf_with
from vendorops.domain.money import Money
from vendorops.formats import NotAnInvoice, cii, format_of, zugferd1
from vendorops.formats import hybrid_pdf as hybrid
from vendorops.formats._cii.names import D16B, ZUGFERD_1

TAGS = {
    "CrossIndustryInvoice": "CrossIndustryDocument",
    "ExchangedDocumentContext": "SpecifiedExchangedDocumentContext",
    "ExchangedDocument": "HeaderExchangedDocument",
    "SupplyChainTradeTransaction": "SpecifiedSupplyChainTradeTransaction",
    "ApplicableHeaderTradeAgreement": "ApplicableSupplyChainTradeAgreement",
    "ApplicableHeaderTradeDelivery": "ApplicableSupplyChainTradeDelivery",
    "ApplicableHeaderTradeSettlement": "ApplicableSupplyChainTradeSettlement",
    "SpecifiedLineTradeAgreement": "SpecifiedSupplyChainTradeAgreement",
    "SpecifiedLineTradeDelivery": "SpecifiedSupplyChainTradeDelivery",
    "SpecifiedLineTradeSettlement": "SpecifiedSupplyChainTradeSettlement",
    "SpecifiedTradeSettlementHeaderMonetarySummation": "SpecifiedTradeSettlementMonetarySummation",
    "SpecifiedTradeSettlementLineMonetarySummation": "SpecifiedTradeSettlementMonetarySummation",
    "IssuerAssignedID": "ID",
    "RateApplicablePercent": "ApplicablePercent",
}


def old(given_paper) -> bytes:
    """What we write as D16B, in the words of ZUGFeRD 1."""
    text = cii.write(given_paper).decode()
    for prefix, uri in ZUGFERD_1.names.items():
        text = text.replace(D16B.names[prefix], uri)
    renamed = re.sub(
        r"(</?\w+:)(\w+)", lambda found: found[1] + TAGS.get(found[2], found[2]), text
    )
    return renamed.encode()


def edited(data: bytes, pattern: str, replacement: str) -> bytes:
    text, happened = re.subn(pattern, replacement, data.decode(), flags=re.DOTALL)
    assert happened
    return text.encode()


@settings(deadline=None, max_examples=25)
@given(given_paper=papers())
def test_the_old_words_say_what_the_new_ones_say(given_paper):
    written = old(given_paper)

    assert format_of(written, "a.xml") is zugferd1
    assert zugferd1.read(written) == claimed(given_paper, "zugferd1")


def test_a_line_without_number_and_price_is_counted_and_priced_by_its_quantity():
    of_three = paper(lines=(line("9", quantity_e4=30_000, price_e6=50_000_000),))
    bare = edited(old(of_three), "<ram:LineID>9</ram:LineID>", "")
    bare = edited(bare, "<ram:NetPriceProductTradePrice>.*</ram:NetPriceProductTradePrice>", "")

    (read,) = zugferd1.read(bare).lines

    assert (read.number, read.price_e6, read.net) == ("1", 50_000_000, Money(15_000, "EUR"))


def test_a_line_that_is_only_a_note_is_not_counted():
    note = (
        "<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument>"
        "<ram:IncludedNote><ram:Content>see above</ram:Content></ram:IncludedNote>"
        "</ram:AssociatedDocumentLineDocument><ram:SpecifiedSupplyChainTradeSettlement/>"
        "</ram:IncludedSupplyChainTradeLineItem>"
    )
    first = "<ram:IncludedSupplyChainTradeLineItem>"

    assert len(zugferd1.read(edited(old(paper()), first, note + first)).lines) == len(
        paper().lines
    )


def test_what_is_due_without_being_said_is_the_gross_less_what_was_paid():
    silent = edited(old(paper()), "<ram:DuePayableAmount.*?</ram:DuePayableAmount>", "")

    assert zugferd1.read(silent).payable == paper().gross


def test_a_pdf_with_the_same_invoice_in_both_words_is_read_once_as_the_newer():
    both = pdf_with(("ZUGFeRD-invoice.xml", old(paper())), ("factur-x.xml", cii.write(paper())))

    assert hybrid.read(both) == claimed(paper(), "hybrid_pdf")


def test_a_pdf_whose_older_invoice_says_something_else_is_refused():
    other = old(paper(number="INV-2026-000124"))

    with pytest.raises(NotAnInvoice, match="2 e-invoices inside"):
        hybrid.read(pdf_with(("ZUGFeRD-invoice.xml", other), ("factur-x.xml", cii.write(paper()))))


def test_a_pdf_of_zugferd_1_alone_is_read():
    assert hybrid.read(pdf_with(("ZUGFeRD-invoice.xml", old(paper())))).gross == paper().gross
