"""What means harm or contradicts itself is named, with its place; the next file is judged."""

import time

import pytest

from tests.formats.papers import line, paper
from tests.rulesets.collected import CORPORA, EXPECTED
from vendorops.domain.finding import Level
from vendorops.formats import ubl
from vendorops.gateways.claim_judging import judge_claims
from vendorops.gateways.claim_reading import GivenFile

SECONDS = 20
"""For any one file, on a machine that others use too."""
GOOD = ubl.write(paper(lines=(line("1"),))).decode()
BODY = GOOD.partition("?>")[2]
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
EXT = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
LAUGHS = "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True)
)
PAYABLE = '<cbc:PayableAmount currencyID="EUR">'


def start() -> int:
    return BODY.index(">", BODY.index("<Invoice")) + 1


def hidden() -> str:
    wrapped = (
        f'<x:UBLExtensions xmlns:x="{EXT}"><x:UBLExtension><x:ExtensionContent>{BODY.strip()}'
        "</x:ExtensionContent></x:UBLExtension></x:UBLExtensions>"
    )
    return BODY[: start()] + wrapped + BODY[start() :]


HOSTILE = {
    "unsafe-xml": [
        f'<!DOCTYPE Invoice [<!ENTITY a "ha">{LAUGHS}]>' + BODY.replace("INV-2026", "&h;"),
        '<!DOCTYPE Invoice [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
        + BODY.replace("INV-2026", "&a;"),
        '<!DOCTYPE Invoice SYSTEM "http://127.0.0.1:9/evil.dtd">' + BODY,
        BODY.replace("Payroll run", "x" * 12_000_000),
        BODY.replace("Payroll run", "<a/>" * 700_000),
        BODY.replace("Payroll run", "<a>" * 200 + "</a>" * 200),
    ],
    "not-xml": [
        BODY.replace("Payroll run", "<a>" * 100_000),
        GOOD + GOOD,
        BODY[:-40],
    ],
    "schema": [
        BODY.replace(
            "<cac:LegalMonetaryTotal>",
            f"<cac:LegalMonetaryTotal>{PAYABLE}1.00</cbc:PayableAmount>",
        ),
        BODY.replace(
            "</cac:LegalMonetaryTotal>",
            f"{PAYABLE}1.00</cbc:PayableAmount></cac:LegalMonetaryTotal>",
        ),
        BODY.replace(CBC, CBC.replace("-2", "-3")),
        BODY.replace("<cbc:ID>", '<cbc:ID xmlns:cbc="urn:evil">', 1),
    ],
    "second-invoice": [hidden()],
}
CASES = [(rule, number) for rule, texts in HOSTILE.items() for number in range(len(texts))]


@pytest.fixture(scope="module")
def judged():
    """Every hostile file with a good one behind it, judged in one series."""
    files = [text for rule, number in CASES for text in (HOSTILE[rule][number], GOOD)]
    begun = time.monotonic()
    judgements = list(judge_claims(GivenFile(text.encode(), "a.xml") for text in files))
    assert time.monotonic() - begun < SECONDS * len(CASES)
    return dict(zip(CASES, zip(judgements[::2], judgements[1::2], strict=True), strict=True))


@pytest.mark.parametrize(("rule", "number"), CASES)
def test_harm_and_contradiction_are_named_with_a_place_and_the_next_file_is_judged(
    judged, rule, number
):
    hostile, good = judged[rule, number]

    found = {one.code: one for one in hostile.findings if one.level is Level.FATAL}
    assert rule in found, hostile.findings
    assert found[rule].where
    assert not hostile.accepted
    assert good.accepted


@pytest.mark.soak
@pytest.mark.skipif(not EXPECTED.exists(), reason="the collection is not beside this checkout")
def test_every_file_of_the_whole_collection_is_judged_in_time_and_with_a_reason():
    files = sorted(path for path in CORPORA.rglob("*") if path.is_file())
    judged = judge_claims((GivenFile(path.read_bytes(), path.name) for path in files), lanes=1)
    begun = time.monotonic()

    for path, judgement in zip(files, judged, strict=True):
        assert judgement.accepted or all(one.where and one.message for one in judgement.findings)
        assert judgement.accepted or judgement.findings, path
    assert time.monotonic() - begun < SECONDS * len(files)
