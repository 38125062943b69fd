"""Every formula on the shelf, and files that are not one."""

from datetime import date

import pytest

from vendorops.domain.scorecard import WHOLE_E6
from vendorops.registry import Unknown
from vendorops.scorecards import BadScorecard, codes, scorecard, scorecard_from

GOOD = """
- since: 2026-01-01
  title: Example
  cite: Example policy 1
  hours: working
  contest_days: 10
  least_measured: 0.30
  metrics:
    - {code: fill_rate, weight: 0.3333, none_at: 0, full_at: 0.50}
    - {code: offer_to_start, weight: 0.6667, none_at: 0.60, full_at: 0.95}
  bands: [{name: gold, tier: 1, from: 85}, {name: rest, tier: 2, from: 0}]
"""


@pytest.mark.parametrize("code", codes())
def test_every_version_of_every_scorecard_weighs_exactly_the_whole(code):
    for since, formula in scorecard(code).versions.items():
        assert sum(metric.weight_e6 for metric in formula.metrics) == WHOLE_E6
        assert formula.bands[-1].from_e4 == 0
        assert formula.since == since


def test_a_version_holds_from_its_day_until_the_next_ones():
    later = GOOD.replace("2026-01-01", "2026-07-01").replace("Example\n", "Later\n")

    versions = scorecard_from(GOOD + later, "example")

    assert versions.on(date(2026, 6, 30)).title == "Example"
    assert versions.on(date(2026, 7, 1)).title == "Later"


BAD = {
    "the weights come to 0.9999; make them 1": ("0.6667", "0.6666"),
    "nothing measures 'charm'": ("code: fill_rate", "code: charm"),
    "a metric is there twice": ("offer_to_start", "fill_rate"),
    "none_at and full_at must differ": ("none_at: 0,", "none_at: 0.50,"),
    "bands go from the best down to one from 0": ("from: 0}", "from: 1}"),
    "cite": ("  cite: Example policy 1\n", ""),
    "hours": ("hours: working", "hours: some"),
    "metrics → 0 → weight": ("weight: 0.3333", "weight: 0"),
}


@pytest.mark.parametrize("sentence", BAD)
def test_a_file_that_is_no_formula_is_refused_with_its_place(sentence):
    text = GOOD.replace(*BAD[sentence])

    with pytest.raises(BadScorecard, match=r"^example\.yaml: ") as refused:
        scorecard_from(text, "example")

    assert sentence in str(refused.value)


def test_two_versions_of_one_day_are_refused():
    with pytest.raises(BadScorecard, match="two versions begin on one day"):
        scorecard_from(GOOD + GOOD, "example")


def test_an_unknown_scorecard_is_named_with_those_there_are():
    with pytest.raises(Unknown, match="it knows suppliers"):
        scorecard("charm")
