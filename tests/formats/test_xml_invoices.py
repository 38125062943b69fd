import re
from contextlib import suppress

import facturx
import pytest
from hypothesis import given, settings

from tests.formats.papers import line, paper, papers
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.formats import NotAnInvoice, TotalsDisagree, cii, ubl
from vendorops.formats._xml import BadField, FieldMissing, FieldRepeated
from vendorops.guarded_xml import NotXml, UnsafeXml

BOTH = pytest.mark.parametrize("known", [ubl, cii], ids=["ubl", "cii"])
PAYABLE = {ubl: "cbc:PayableAmount", cii: "ram:DuePayableAmount"}
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY e "&c;&c;&c;&c;&c;&c;&c;">]>'
)
PLAIN_PAPER = paper(lines=(line("1", quantity_e4=20_000, price_e6=50_000_000),))
"""Two hours at 50.00 and 19 % tax: 100.00, 19.00, 119.00 EUR."""


def changed(known, pattern, replacement, count=1):
    """Return the plain invoice with an edit that must have happened."""
    text = known.write(PLAIN_PAPER).decode()
    edited, happened = re.subn(pattern, replacement, text, count=count, flags=re.DOTALL)
    assert happened
    return edited.encode()


def with_prolog(known, prolog, number="INV"):
    body = known.write(PLAIN_PAPER).decode().partition("?>")[2].replace("INV-2026-000123", number)
    return f'<?xml version="1.0"?>{prolog}{body}'.encode()


@BOTH
@settings(deadline=None, max_examples=25)
@given(given_paper=papers())
def test_what_we_write_is_valid_by_the_schema_of_its_standard(known, given_paper):
    assert facturx.xml_check_xsd(known.write(given_paper))


@BOTH
@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE Invoice>",
        '<!DOCTYPE a [<!ENTITY e "x">]>',
        '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
        '<!-- <x> --><!DOCTYPE a [<!ENTITY e "x">]>',
        LAUGHS,
    ],
)
def test_a_document_type_is_refused_whatever_it_says_and_wherever_it_hides(known, prolog):
    number = "&e;" if "ENTITY e" in prolog else "INV"

    with pytest.raises(UnsafeXml, match="DOCTYPE"):
        known.read(with_prolog(known, prolog, number))


@BOTH
def test_a_document_type_in_utf_16_is_refused_as_well(known):
    body = known.write(PLAIN_PAPER).decode().partition("?>")[2]
    data = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a>{body}'.encode("utf-16")

    assert known.recognises(data, "a.xml")
    with pytest.raises(UnsafeXml, match="DOCTYPE"):
        known.read(data)


@BOTH
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty; send it again"),
        (b"<a>\n<b></a>", "line 2, column 8"),
        (b"<a>&e;</a>", "line 1"),
        (b"number;amount", "line 1, column 1"),
    ],
)
def test_what_is_not_xml_is_refused_with_the_place_where_it_breaks(known, data, sentence):
    with pytest.raises(NotXml, match=sentence):
        known.read(data)


@BOTH
@pytest.mark.parametrize(
    "data", [b"<a>" * 70 + b"</a>" * 70, b"<a>" + b"<b/>" * 600_001 + b"</a>", b" " * 10_485_761]
)
def test_a_file_too_deep_too_full_or_too_long_is_refused(known, data):
    with pytest.raises((UnsafeXml, NotXml)):
        known.read(data + b"<x/>" if data.isspace() else data)


@BOTH
def test_another_root_element_is_refused_by_its_name(known):
    with pytest.raises(NotAnInvoice, match="the file is a Order; send a"):
        known.read(b'<Order xmlns="urn:x"/>')


@BOTH
def test_a_wrong_total_is_refused_with_both_figures(known):
    data = changed(known, rf"(<{PAYABLE[known]}[^>]*>)119\.00", r"\g<1>120.00")

    with pytest.raises(TotalsDisagree, match=r"119\.00 EUR, but payable \(BT-115\) is 120\.00"):
        known.read(data)


@BOTH
def test_lines_that_do_not_add_up_to_the_net_are_refused_with_both_figures(known):
    data = changed(known, r"(Line(?:ExtensionAmount|TotalAmount)[^>]*>)100\.00", r"\g<1>90.00", 1)

    with pytest.raises(TotalsDisagree, match=r"(100|90)\.00 EUR, but .* is (100|90)\.00 EUR"):
        known.read(data)


@BOTH
def test_net_and_tax_that_do_not_make_the_gross_are_refused(known):
    data = changed(known, r"(<(?:cbc:TaxAmount|ram:TaxTotalAmount)[^>]*>)19\.00", r"\g<1>18.00")

    with pytest.raises(TotalsDisagree, match=r"118\.00 EUR, but gross \(BT-112\) is 119\.00 EUR"):
        known.read(data)


@BOTH
def test_two_payable_amounts_are_refused_since_nobody_can_say_which_counts(known):
    tag = PAYABLE[known]
    data = changed(known, rf"(<{tag}.*?</{tag}>)", r"\1\1")

    with pytest.raises(FieldRepeated, match="PayableAmount is given 2 times"):
        known.read(data)


@BOTH
@pytest.mark.parametrize("figure", ["1e2", "NaN", "INF", "1,190.00", "-0.00", "", "0x77", "١١٩"])
def test_a_payable_that_is_no_plain_number_is_refused_with_its_place(known, figure):
    data = changed(known, rf"(<{PAYABLE[known]}[^>]*>)119\.00", rf"\g<1>{figure}")

    with pytest.raises(BadField, match=r"line \d+ of the file, (Due)?PayableAmount: "):
        known.read(data)


@BOTH
def test_an_amount_in_another_currency_than_the_invoice_is_refused(known):
    tag = PAYABLE[known]
    data = changed(known, rf"<{tag}[^>]*>119", rf'<{tag} currencyID="USD">119')

    with pytest.raises(BadField, match="is in USD, but the invoice is in EUR"):
        known.read(data)


@BOTH
def test_a_date_that_the_calendar_lacks_is_refused(known):
    data = changed(known, r"2026(-?)10(-?)31", r"2026\g<1>02\g<2>30")

    with pytest.raises(BadField, match="is not a date"):
        known.read(data)


@BOTH
@pytest.mark.parametrize("interrupted", ["INV-<!-- x -->7", "INV-<?x?>7", "INV-<![CDATA[7]]>"])
def test_a_number_interrupted_by_markup_is_still_read_whole(known, interrupted):
    assert known.read(with_prolog(known, "", interrupted)).number == "INV-7"


@BOTH
def test_an_element_inside_a_plain_value_is_refused(known):
    with pytest.raises(BadField, match="holds elements where a plain value belongs"):
        known.read(with_prolog(known, "", "INV-<b>8</b>"))


@BOTH
def test_an_invoice_without_its_number_is_refused(known):
    with pytest.raises(FieldMissing, match="is empty; fill it in"):
        known.read(with_prolog(known, "", ""))


@BOTH
def test_each_field_taken_away_is_refused_or_read_and_never_a_crash(known):
    text = known.write(paper()).decode()

    for leaf in re.findall(r"<(?:cbc|ram|udt):\w+[^>]*>[^<]*</[^>]+>", text):
        with suppress(Refused):
            known.read(text.replace(leaf, "", 1).encode())


def test_the_price_of_a_hundred_pieces_becomes_the_price_of_one():
    base = r'\1<cbc:BaseQuantity unitCode="HUR">3</cbc:BaseQuantity>'

    claim = ubl.read(changed(ubl, r"(<cbc:PriceAmount.*?</cbc:PriceAmount>)", base))

    assert claim.lines[0].price_e6 == 16_666_667
    assert claim.lines[0].net == Money.parse("100.00", "EUR")


def test_a_document_allowance_stays_in_the_net_and_must_match_its_stated_sum():
    allowance = (
        "<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>"
        '<cbc:Amount currencyID="EUR">10.00</cbc:Amount></cac:AllowanceCharge><cac:TaxTotal>'
    )
    text = changed(ubl, "<cac:TaxTotal>", allowance).decode()
    stated = '<cbc:AllowanceTotalAmount currencyID="EUR">10.00</cbc:AllowanceTotalAmount>'
    lower = text.replace('TaxExclusiveAmount currencyID="EUR">100', "X").replace(
        "<cbc:PayableAmount", f"{stated}<cbc:PayableAmount"
    )
    whole = lower.replace("X", 'TaxExclusiveAmount currencyID="EUR">90').replace(">119", ">109")

    claim = ubl.read(whole.encode())

    assert (claim.net.text, claim.gross.text) == ("90.00", "109.00")
    with pytest.raises(TotalsDisagree, match=r"allowances come to 10\.00 EUR"):
        ubl.read(whole.replace(stated, "").encode())


def test_the_work_reference_prefers_the_object_then_the_order_line_then_the_note():
    note = changed(ubl, r"<cac:DocumentReference>.*?</cac:DocumentReference>", "").decode()
    note = note.replace("<cbc:InvoicedQuantity", "<cbc:Note>W-3</cbc:Note><cbc:InvoicedQuantity")
    order = note.replace(
        "<cac:Item>",
        "<cac:OrderLineReference><cbc:LineID>W-2</cbc:LineID></cac:OrderLineReference><cac:Item>",
    )

    found = [ubl.read(data).lines[0].work_reference for data in (note.encode(), order.encode())]

    assert found == ["W-3", "W-2"]
    assert ubl.read(ubl.write(PLAIN_PAPER)).lines[0].work_reference == "WRK-1"


def test_the_tax_in_the_accounting_currency_is_not_taken_for_the_tax():
    extra = r'\1<ram:TaxTotalAmount currencyID="CNY">150.00</ram:TaxTotalAmount>'

    claim = cii.read(changed(cii, r"(<ram:TaxTotalAmount.*?</ram:TaxTotalAmount>)", extra))

    assert claim.tax == Money.parse("19.00", "EUR")


def test_lines_that_only_group_others_are_refused_because_they_would_count_twice():
    group = r"\1<ram:LineStatusReasonCode>GROUP</ram:LineStatusReasonCode>"

    with pytest.raises(BadField, match="send an invoice without sub-lines"):
        cii.read(changed(cii, r"(<ram:LineID>1</ram:LineID>)", group))
