"""Every place on the shelf says what it must, dated and cited."""

from datetime import date

import pytest

from vendorops.billing_law import BadBillingLaw, NoBillingLaw, billing_law, billing_law_from, codes
from vendorops.domain.paper import UNTAXED

TODAY = date(2026, 11, 4)
SOUND = """
permitted:
  - {since: 2024-01-01, is: true, cite: "Invoice Act, s. 7"}
treatments:
  standard:
    category: S
    rate:
      - {since: 2024-01-01, is: 0.10, cite: "Sales Tax Act, s. 4"}
"""


@pytest.mark.parametrize("place", codes())
def test_every_place_says_whether_the_buyer_may_bill_and_how_it_is_taxed(place):
    law = billing_law(place)

    permitted = law.permitted.on(TODAY)
    assert permitted.cite
    assert permitted.value == bool(law.treatments)
    for treatment in law.treatments.values():
        rate = treatment.rate_e4.on(TODAY)
        assert rate.cite
        assert (treatment.category in UNTAXED) == bool(treatment.reason)
        assert (rate.value > 0) == (treatment.category == "S")


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2020, 6, 30), 1900),
        (date(2020, 7, 1), 1600),
        (date(2020, 12, 31), 1600),
        (date(2021, 1, 1), 1900),
    ],
)
def test_a_change_of_rate_holds_from_its_first_day_on(day, rate):
    assert billing_law("de").treatments["standard"].rate_e4.on(day).value == rate


def test_the_german_label_is_asked_for_since_the_thirtieth_of_june_2013():
    label = billing_law("de").label

    assert label
    assert label.on(date(2013, 6, 30)).value == "Gutschrift"


def test_what_nobody_could_read_at_its_source_is_marked():
    assert billing_law("cn").permitted.on(TODAY).source.endswith("; unconfirmed")


@pytest.mark.parametrize(
    ("said", "instead", "why"),
    [
        (', cite: "Invoice Act, s. 7"', "", "cite"),
        ("category: S", "category: Q", "category"),
        ("category: S", "category: E", "only category S has a rate"),
        ("is: 0.10", "is: 0.10005", "four decimals"),
        ("is: 0.10", "is: 10", "rate"),
        ("category: S", "category: S\n    reason: because", "only there"),
        ("permitted:", "allowed:", "permitted"),
    ],
)
def test_a_file_that_does_not_say_what_it_must_is_refused(said, instead, why):
    assert said in SOUND

    with pytest.raises(BadBillingLaw, match=why):
        billing_law_from(SOUND.replace(said, instead, 1), "xb")


def test_two_entries_of_one_day_are_refused():
    line = '  - {since: 2024-01-01, is: false, cite: "Another Act"}\n'

    with pytest.raises(BadBillingLaw, match="two entries begin on one day"):
        billing_law_from(SOUND.replace("treatments:", line + "treatments:"), "xb")


def test_an_unknown_place_is_refused_with_what_is_known():
    with pytest.raises(NoBillingLaw, match="only cn, de, us, xa"):
        billing_law("fr")
