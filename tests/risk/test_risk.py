import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from tests import make
from tests.make.work import agreed
from tests.stages.onboarding.applying import changed, hand_in, load, run, sample
from vendorops.books import waiting
from vendorops.books.reviewing import Doubt, doubt
from vendorops.documents import facts_json
from vendorops.risk import RULES, TIERS, assess, months_after, risk_tier, tier_of
from vendorops.tables import CheckFinding, Qualification, RiskAssessment

RULES_OF_DAY = RULES.on(make.AS_OF)


def case(books, party=None, *, cap=10_000_000, currency="CNY", **columns) -> Qualification:
    supplier = make.supplier(books, party or make.party(books))
    columns = {"status": "submitted", "program": "rpo", **columns}
    facts = {
        "currency": currency,
        "starts_on": make.STARTS_ON,
        "ends_on": make.ENDS_ON,
        "cap_minor": cap,
        "place": "cn",
        "program": columns["program"],
    }
    proposal = facts_json(agreed((), facts))
    return make.qualification(books, supplier, proposal=proposal, **columns)


def finding(books, of: Qualification, number: int) -> None:
    books.enter(
        CheckFinding(
            id=books.key(),
            subject_table="qualification",
            subject_id=of.id,
            code=f"noted-{number}",
            level="warning",
            place_in_source="",
            message="noted",
            found_on=books.as_of,
        )
    )


def settled(books, of: Qualification, number: int) -> None:
    party_id = books.get(make.supplier(books).__class__, of.supplier_id).party_id
    raised = Doubt("lookalike", of, party_id, "Harmless?", {"number": number})
    make.reach(books, doubt(books, raised), "cleared")


def facts(made: RiskAssessment) -> dict[str, int]:
    return {one["fact"]: one["points"] for one in json.loads(made.inputs)}


def test_every_point_has_its_source_and_the_score_is_their_sum(opener):
    with opener()() as books:
        made = assess(books, case(books, cap=60_000_000))

        assert facts(made) == {"program": 10, "cap": 10, "screening": 10}
        assert made.score == 30
        assert made.tier == "low"
        assert all(len(one["cite"]) > 3 for one in json.loads(made.inputs))


@pytest.mark.parametrize(
    ("cap", "points"),
    [(49_999_999, 0), (50_000_000, 10), (199_999_999, 10), (200_000_000, 25), (10**10, 40)],
)
def test_spend_counts_by_the_steps_of_its_own_currency(opener, cap, points):
    with opener()() as books:
        assert facts(assess(books, case(books, cap=cap))).get("cap", 0) == points


def test_a_currency_without_steps_is_medium_at_least(opener):
    with opener()() as books:
        made = assess(books, case(books, cap=1, currency="JPY"))

        assert made.tier == "medium"
        assert facts(made)["cap"] == RULES_OF_DAY.unknown_currency.points


def test_findings_and_doubts_that_were_settled_count_but_not_without_end(opener):
    with opener()() as books:
        some = case(books)
        finding(books, some, 1)
        settled(books, some, 1)
        assert facts(assess(books, some)) | {"findings": 10, "doubts settled": 15} == facts(
            assess(books, some)
        )
        for number in range(2, 9):
            finding(books, some, number)
            settled(books, some, number)
        found = facts(assess(books, some))
        assert (found["findings"], found["doubts settled"]) == (30, 30)


def test_a_party_of_a_place_under_a_call_for_action_is_of_high_risk(opener):
    with opener()() as books:
        made = assess(books, case(books, make.party(books, place="kp")))

        assert made.tier == "high"
        assert facts(made)["abroad"] == 15


def test_what_came_out_before_is_not_written_again(opener):
    with opener()() as books:
        some = case(books)
        first = assess(books, some)
        assert assess(books, some).id == first.id
        finding(books, some, 1)
        assert assess(books, some).id != first.id
        assert len(books.session.exec(select(RiskAssessment)).all()) == 2


def test_the_tier_of_a_supplier_is_that_of_its_riskiest_case_on_the_day(opener):
    with opener()() as books:
        low = case(books)
        assess(books, low)
        assert risk_tier(books, low.supplier_id, make.AS_OF) == "low"
        other = make.qualification(
            books,
            books.get(make.supplier(books).__class__, low.supplier_id),
            program="staffing",
            proposal=low.proposal.replace("10000000", "2000000000"),
            status="submitted",
        )
        assess(books, other)
        assert risk_tier(books, low.supplier_id, make.AS_OF) == "high"
        assert risk_tier(books, low.supplier_id, date(2026, 1, 1)) == "medium"


def test_a_supplier_that_was_never_assessed_is_of_medium_risk(opener):
    with opener()() as books:
        assert risk_tier(books, 1, make.AS_OF) == "medium"


@given(score=st.integers(0, 500), more=st.integers(0, 500), least=st.sampled_from(TIERS))
def test_more_points_are_never_a_lower_tier(score, more, least):
    one = tier_of(RULES_OF_DAY, score, at_least=least)
    other = tier_of(RULES_OF_DAY, score + more, at_least=least)

    assert TIERS.index(least) <= TIERS.index(one) <= TIERS.index(other)


@given(day=st.dates(date(2020, 1, 1), date(2040, 1, 1)), months=st.integers(0, 60))
def test_months_later_is_in_the_month_that_many_later(day, months):
    later = months_after(day, months)

    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and months_after(later, 0) == later)


def approved(opener, data: bytes) -> Qualification:
    load(opener)
    hand_in(opener, data)
    run(opener, "onboarding")
    make.reply(opener, "qualification", "lin.buyer")
    run(opener, "onboarding")
    with opener()() as books:
        return make.only(books, Qualification)


def test_the_buyer_is_told_of_a_high_risk_and_renewal_comes_within_a_year(opener):
    data = changed("staffing", "cap: ", "cap: 9").replace(b"cap: 9", b"cap: 99")
    load(opener)
    hand_in(opener, data)
    with opener()() as books:
        some = make.only(books, Qualification)
        for number in (1, 2, 3):
            settled(books, some, number)
    run(opener, "onboarding")
    with opener()() as books:
        (asked,) = waiting(books)
        assert "its risk is high" in asked.question
    make.reply(opener, "qualification", "lin.buyer")
    run(opener, "onboarding")

    with opener()() as books:
        ends = make.only(books, Qualification).valid_to
        assert ends is not None
        assert ends <= months_after(make.AS_OF, 12)


def test_the_renewal_is_the_earlier_of_documents_and_rhythm(opener):
    low = approved(opener, sample("rpo"))

    with opener()() as books:
        made = make.only(books, RiskAssessment)
    rhythm = months_after(make.AS_OF, RULES_OF_DAY.months[made.tier])
    assert low.valid_to is not None
    assert low.valid_to <= rhythm
