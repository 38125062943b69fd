import pytest

from tests.formats.papers import paper
from vendorops.formats.ubl import write
from vendorops.gateways import claim_judging
from vendorops.gateways.claim_judging import judge_claims
from vendorops.gateways.claim_reading import GivenFile


@pytest.mark.parametrize("known", [True, False], ids=["counted", "not counted"])
@pytest.mark.parametrize("most", [1, 2**20], ids=["large files", "small files"])
def test_files_come_back_in_their_order_however_they_are_shared(monkeypatch, most, known):
    monkeypatch.setattr(claim_judging, "FEW", 2)
    monkeypatch.setattr(claim_judging, "MANY_BYTES", most)
    numbers = [f"INV-{at}" for at in range(5)]
    files = [GivenFile(write(paper(number=number)), "a.xml") for number in numbers]

    judged = list(judge_claims(iter(files), lanes=2, count=len(files) if known else 0))

    assert [each.said().claimed().number for each in judged] == numbers
    assert all(each.accepted and each.verdicts for each in judged)
