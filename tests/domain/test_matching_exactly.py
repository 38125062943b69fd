"""The three-way match keeps every cent, whatever is claimed."""

from hypothesis import assume, given
from hypothesis import strategies as st

from vendorops.domain.matching import (
    ClaimFacts,
    TermFacts,
    ToleranceFacts,
    WorkFacts,
    judge,
)
from vendorops.domain.measure import LIMIT, extended

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


limits = st.builds(ToleranceFacts, st.integers(0, 2 * 10**6), st.integers(0, 10**6))
tolerances = st.builds(TermFacts, limits, limits)


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

    assert verdict.payable_minor <= max(claim.net_minor, 0)
    assert 0 <= verdict.allocated_quantity_e4 <= max(work.accepted_e4 - work.claimed_e4, 0)


@given(lines(), tolerances)
def test_a_line_without_differences_is_claimed_at_the_agreed_amount(line, tolerance):
    claim, work = line

    verdict = judge(claim, work, tolerance)

    if not verdict.differences:
        agreed = extended(claim.quantity_e4, work.price_e6, claim.currency)
        assert agreed.minor == claim.net_minor == verdict.allocated_minor
