"""The shelf against invoices of other makers, where that collection lies beside the checkout."""

import json
from pathlib import Path

import pytest

from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.formats import format_of

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
EXPECTED = CORPORA / "expected_einvoice.json"
KINDS = {"ubl": "ubl", "cii": "cii"}
FOREIGN = {"fatturapa", "dummy", "not-wellformed", "SCRDMCCBDACIOMessageStructure"}

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
    assert claim.net == money(fields["net"], currency)
    assert claim.gross == money(fields["gross"], currency)
    assert claim.payable == money(fields["payable"], currency)
    assert len(claim.lines) == fields["lines"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_invoice_is_read_as_its_xml_says_and_only_invalid_ones_refused(kind):
    refused = []
    for key, facts in expected(kind).items():
        try:
            claim = read(key)
        except Refused:
            refused.append(key)
            assert not is_valid(facts), key
            continue
        assert claim.format == kind
        assert_same(claim, facts["fields"])

    assert len(refused) <= 8, refused


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
    assert len(foreign) > 25
