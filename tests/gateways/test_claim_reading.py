import json

import pytest

from tests.formats.papers import claimed, paper
from vendorops.domain.refusal import Refused
from vendorops.formats.ubl import write
from vendorops.gateways.child import Quarantined
from vendorops.gateways.claim_reading import GivenFile, answer, framed, from_answer, read_claim


def test_a_claim_comes_back_from_the_child_as_the_format_read_it():
    printed = paper()

    assert read_claim(write(printed), "a.xml") == claimed(printed, "ubl")


def test_the_answer_of_the_child_is_plain_json_and_loses_nothing():
    printed = paper()

    said = json.loads(json.dumps(answer(framed(GivenFile(write(printed), "名 \n.xml")))))

    assert from_answer(said).claimed() == claimed(printed, "ubl")


def test_a_refusal_of_the_format_keeps_its_own_sentence():
    with pytest.raises(Refused, match="the file is in no format that we read"):
        read_claim(b"Dear Sirs", "letter.txt")


@pytest.mark.parametrize(
    "forged",
    [
        *({"claim": None}, {"container": "mail"}, {"layout": 7}),
        *({"claim": {"lines": "all"}}, {"claim": {"number": 7}}),
        *({"claim": {"issue_date": "soon"}}, {"claim": {"net": {"minor": 1.5}}}),
    ],
)
def test_an_answer_that_is_no_claim_quarantines_the_file(forged):
    said = answer(framed(GivenFile(write(paper()), "a.xml")))

    with pytest.raises(Quarantined, match="set aside"):
        from_answer({**said, **forged, "claim": _forged(said["claim"], forged.get("claim", {}))})


def _forged(claim, forged):
    """The claim with parts replaced, or none."""
    return None if forged is None else claim | forged
