"""The match of one line: exact, never paying more than was claimed."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from vendorops.domain.matching import (
    ClaimFacts,
    Explained,
    Reason,
    ToleranceFacts,
    Verdict,
    WorkFacts,
    flaw_of_claim,
    judge,
)
from vendorops.domain.measure import LIMIT, extended

CLAIM = ClaimFacts("EUR", quantity_e4=80_000, price_e6=10_000_000, net_minor=8000)
WORK = WorkFacts("EUR", in_month=True, accepted_e4=80_000, claimed_e4=0, price_e6=10_000_000)
ONE_PER_CENT = ToleranceFacts(share_e6=10_000, amount_minor=100)
STRICT = ToleranceFacts()


def only(verdict: Verdict) -> Explained:
    """Return the one difference of a line of which nothing is allocated."""
    assert (verdict.allocated_quantity_e4, verdict.allocated_minor) == (0, 0)
    [difference] = verdict.differences
    assert (difference.amount_minor, difference.tolerated) != (0, True)
    return difference


def test_accepted_work_at_the_agreed_price_explains_everything():
    assert judge(CLAIM, WORK, STRICT) == Verdict(80_000, 8000, ())


def test_a_price_within_both_limits_is_tolerated_and_paid_as_claimed():
    claim = replace(CLAIM, price_e6=10_100_000, net_minor=8080)

    verdict = judge(claim, WORK, ONE_PER_CENT)

    assert verdict.differences == (Explained(Reason.PRICE_ABOVE_TERM, 80, tolerated=True),)


def test_a_price_beyond_the_amount_is_disputed_though_within_the_share():
    claim = replace(CLAIM, price_e6=10_100_000, net_minor=8080)

    verdict = judge(claim, WORK, replace(ONE_PER_CENT, amount_minor=79))

    assert verdict.allocated_minor == 8000
    assert verdict.differences == (Explained(Reason.PRICE_ABOVE_TERM, 80, tolerated=False),)


def test_a_price_beyond_the_share_is_disputed_though_within_the_amount():
    claim = replace(CLAIM, price_e6=10_100_001, net_minor=8080)

    verdict = judge(claim, WORK, ONE_PER_CENT)

    assert verdict.differences == (Explained(Reason.PRICE_ABOVE_TERM, 80, tolerated=False),)


def test_a_price_slightly_below_the_term_is_paid_as_claimed():
    claim = replace(CLAIM, price_e6=9_900_000, net_minor=7920)

    verdict = judge(claim, WORK, ONE_PER_CENT)

    assert verdict.differences == (Explained(Reason.PRICE_BELOW_TERM, -80, tolerated=True),)


def test_a_price_far_below_the_term_is_not_allocated_at_all():
    claim = replace(CLAIM, price_e6=5_000_000, net_minor=4000)

    verdict = judge(claim, WORK, ONE_PER_CENT)

    assert only(verdict) == Explained(Reason.PRICE_BELOW_TERM, 4000, tolerated=False)


def test_what_is_beyond_the_accepted_quantity_is_disputed():
    verdict = judge(CLAIM, replace(WORK, accepted_e4=75_000), STRICT)

    assert verdict.allocated_minor == 7500
    excess = Explained(Reason.QUANTITY_ABOVE_ACCEPTED, 500, tolerated=False)
    assert verdict.differences == (excess,)


def test_only_what_earlier_lines_left_over_is_allocated():
    verdict = judge(CLAIM, replace(WORK, claimed_e4=70_000), STRICT)

    assert (verdict.allocated_quantity_e4, verdict.allocated_minor) == (10_000, 1000)


def test_a_line_rounded_another_way_is_tolerated_by_one_unit():
    verdict = judge(replace(CLAIM, net_minor=7999), WORK, STRICT)

    assert verdict.differences == (Explained(Reason.ROUNDING, -1, tolerated=True),)


def test_every_flaw_of_a_line_disputes_the_whole_line():
    flawed = {
        Reason.NO_SUCH_WORK: (CLAIM, None),
        Reason.WRONG_CURRENCY: (CLAIM, replace(WORK, currency="CNY")),
        Reason.WRONG_PERIOD: (CLAIM, replace(WORK, in_month=False)),
        Reason.CREDIT: (replace(CLAIM, quantity_e4=-80_000, net_minor=-8000), WORK),
        Reason.LINE_ARITHMETIC: (replace(CLAIM, net_minor=8002), WORK),
        Reason.NOT_ACCEPTED_YET: (CLAIM, replace(WORK, accepted_e4=0)),
        Reason.DUPLICATE_LINE: (CLAIM, replace(WORK, claimed_e4=80_000)),
        Reason.DOCUMENT_TOTAL: (replace(CLAIM, flaw=Reason.DOCUMENT_TOTAL), WORK),
    }

    for reason, (claim, work) in flawed.items():
        expected = Explained(reason, claim.net_minor, tolerated=False)
        assert only(judge(claim, work, ONE_PER_CENT)) == expected


def test_claims_that_do_not_add_up_are_flawed_as_a_whole():
    assert flaw_of_claim(90, 100) is Reason.DOCUMENT_TOTAL
    assert flaw_of_claim(-90, -100) is Reason.DOCUMENT_TOTAL
    assert flaw_of_claim(100, 100) is None


CREDIT = replace(CLAIM, quantity_e4=-20_000, net_minor=-2000, credit_note=True)


def test_a_line_of_a_credit_note_is_taken_off_whatever_work_it_names():
    takes_back = (Explained(Reason.CREDIT, -2000, tolerated=True),)

    for work in (WORK, None, replace(WORK, in_month=False), replace(WORK, accepted_e4=0)):
        assert judge(CREDIT, work, STRICT) == Verdict(0, 0, takes_back)


def test_a_credit_note_never_adds_to_what_is_paid():
    for wrong in (replace(CREDIT, net_minor=2000), replace(CREDIT, quantity_e4=1, net_minor=1)):
        expected = Explained(Reason.CREDIT, wrong.net_minor, tolerated=False)
        assert only(judge(wrong, WORK, ONE_PER_CENT)) == expected


def test_a_credit_note_that_does_not_add_up_waits_for_a_person():
    verdict = judge(replace(CREDIT, flaw=Reason.DOCUMENT_TOTAL), WORK, STRICT)

    assert only(verdict) == Explained(Reason.DOCUMENT_TOTAL, -2000, tolerated=False)


def test_every_reason_says_what_it_means_in_a_sentence():
    assert all(reason.sentence.endswith(".") for reason in Reason)


currencies = st.sampled_from(["JPY", "EUR", "KWD"])
quantities = st.integers(-(10**8), 10**9)
prices = st.integers(-(10**6), 10**10)


@st.composite
def lines(draw: st.DrawFn) -> tuple[ClaimFacts, WorkFacts]:
    """Draw a line near the work it names, so that every reason is met."""
    currency, agreed, accepted = draw(currencies), draw(prices), draw(st.integers(0, 10**9))
    quantity = draw(st.one_of(quantities, st.just(accepted), st.integers(1, 10**9)))
    price = draw(st.one_of(prices, st.just(agreed), st.integers(agreed - 99, agreed + 99)))
    assume(abs(quantity * price) <= LIMIT)
    off = draw(st.sampled_from([0, 0, 0, 1, -1, 2, -2]))
    net = extended(quantity, price, currency).minor + off
    claimed = draw(st.integers(0, accepted))
    work = WorkFacts(currency, draw(st.booleans()), accepted, claimed, agreed)
    return ClaimFacts(currency, quantity, price, net, credit_note=draw(st.booleans())), work


tolerances = st.builds(ToleranceFacts, st.integers(0, 2 * 10**6), st.integers(0, 10**6))


@given(lines(), tolerances)
def test_allocated_and_differences_always_make_the_net(line, tolerance):
    claim, work = line

    verdict = judge(claim, work, tolerance)

    parts = [difference.amount_minor for difference in verdict.differences]
    assert verdict.allocated_minor + sum(parts) == claim.net_minor


@given(lines(), tolerances)
def test_what_is_paid_is_never_more_than_what_was_claimed(line, tolerance):
    claim, work = line

    verdict = judge(claim, work, tolerance)

    tolerated = sum(part.amount_minor for part in verdict.differences if part.tolerated)
    assert verdict.allocated_minor + tolerated <= max(claim.net_minor, 0)
    assert 0 <= verdict.allocated_quantity_e4 <= max(work.accepted_e4 - work.claimed_e4, 0)


@given(lines(), tolerances)
def test_a_line_without_differences_is_claimed_at_the_agreed_amount(line, tolerance):
    claim, work = line

    verdict = judge(claim, work, tolerance)

    if not verdict.differences:
        agreed = extended(claim.quantity_e4, work.price_e6, claim.currency)
        assert agreed.minor == claim.net_minor == verdict.allocated_minor
