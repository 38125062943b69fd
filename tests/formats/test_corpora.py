"""The shelf against invoices of other makers, where that collection lies beside the checkout."""

import json
from pathlib import Path

import pytest

from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.formats import format_of

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
EXPECTED = CORPORA / "expected_einvoice.json"
KINDS = {"ubl": 8, "cii": 8, "fatturapa": 7}
"""Formats, and how many of their files may be refused; docs/invoice_formats.md says why."""
FOREIGN = {"dummy", "not-wellformed", "SCRDMCCBDACIOMessageStructure"}

pytestmark = pytest.mark.skipif(
    not EXPECTED.exists(), reason="the collection of invoices is not beside this checkout"
)


def expected(*kinds):
    known = json.loads(EXPECTED.read_text("utf-8")) if EXPECTED.exists() else {}
    return {key: facts for key, facts in known.items() if facts["kind"] in kinds}


def read(key):
    data = (CORPORA / key).read_bytes()
    return format_of(data, Path(key).name).read(data)


def is_valid(facts):
    """MINIMUM and BASIC WL are judged by their own rules, all else by those of EN 16931."""
    if facts.get("facturx_level") in {"minimum", "basicwl"}:
        return not facts["facturx_fails"]
    return not facts.get("cen")


def money(text, currency):
    return Money.parse(text.removeprefix("+"), currency)


def assert_same(claim, fields):
    currency = fields["currency"]
    assert (claim.number, str(claim.issue_date)) == (fields["number"], fields["issue_date"])
    assert claim.currency == currency
    for name in ("net", "gross", "payable"):
        if fields.get(name):  # FatturaPA states one total, or none.
            assert getattr(claim, name) == money(fields[name], currency)
    assert len(claim.lines) == fields["lines"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_invoice_is_read_as_its_xml_says_or_refused_with_a_sentence(kind):
    refused = {}
    for key, facts in expected(kind).items():
        try:
            claim = read(key)
        except Refused as refusal:
            refused[key] = str(refusal)
            assert kind == "fatturapa" or not is_valid(facts), key  # No rules judge FatturaPA.
            continue
        assert claim.format == kind
        assert_same(claim, facts["fields"])

    assert len(refused) <= KINDS[kind], refused
    assert all(";" in said or "finer than" in said for said in refused.values()), refused


def test_every_hybrid_pdf_is_read_as_the_invoice_inside_says():
    for key, facts in expected("pdf").items():
        inside = [one for one in facts.get("embedded", {}).values() if "fields" in one]
        try:
            claim = read(key)
        except Refused:
            assert not any(is_valid(one) for one in inside), key
            continue
        assert claim.format == "hybrid_pdf"
        if inside:  # Of one file the collection tells nothing but that it is a PDF.
            assert_same(claim, inside[0]["fields"])


def test_zugferd_1_is_read_or_refused_with_a_sentence():
    read_as, refused = {}, {}
    for key in expected("zf1", "CrossIndustryDocument"):
        try:
            claim = read(key)
        except Refused as refusal:
            refused[key] = str(refusal)
            continue
        read_as[key] = (claim.format, claim.number, claim.gross.text, len(claim.lines))

    assert read_as["factur-x/zugferd-basic.xml"] == ("zugferd1", "471102", "235.62", 1)
    assert read_as["mustang/validator/validV1.xml"] == ("zugferd1", "RE-20171118/506", "571.04", 3)
    assert len(read_as) >= 4
    assert all(";" in sentence for sentence in refused.values())


def test_files_that_are_no_invoice_we_read_are_refused_with_a_sentence():
    foreign = expected(*FOREIGN)

    for key in foreign:
        with pytest.raises(Refused, match=";"):
            read(key)
    assert len(foreign) >= 4


def test_every_chinese_invoice_is_read_as_its_container_says_or_refused():
    folder = CORPORA / "ofdrw-cn-invoices"
    said = json.loads((folder / "expected_ofd.json").read_text("utf-8"))
    read_as, refused = {}, {}
    for path in sorted(folder.glob("*/*.ofd")):
        try:
            read_as[path.name] = format_of(data := path.read_bytes(), path.name).read(data)
        except Refused as refusal:
            refused[path.name] = str(refusal)

    for name, claim in read_as.items():
        inside = said[name]["original_invoice"]
        if inside["InvoiceNo"]:  # Of an attachment in XBRL the collection tells nothing.
            assert claim.number == f"{inside['InvoiceCode']}-{inside['InvoiceNo']}"
            assert claim.gross.text == inside["TaxInclusiveTotalAmount"]
            assert claim.seller_identifiers == (inside["SellerTaxID"],)
    assert set(said) - set(read_as) == {"999.ofd", "fptpl.ofd"}  # Of no real seller.
    assert all(";" in sentence for sentence in refused.values())


def test_a_specimen_whose_seller_has_no_real_number_is_refused_for_that():
    data = (CORPORA / "cn-einvoice-xml" / "official-gd-special.xml").read_bytes()

    with pytest.raises(Refused, match="check digit"):
        format_of(data, "a.xml").read(data)
    real = data.replace(b"91440000000000000X", b"91310000000000000U")
    assert format_of(real, "a.xml").read(real).gross.text == "2.12"
