"""A sum for several pieces of work: split exactly, and never more than is open of any piece."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.matching import (
    ClaimFacts,
    Covered,
    Explained,
    Part,
    Reason,
    TaxFacts,
    WorkFacts,
    spread,
)
from vendorops.domain.measure import extended

WORK = WorkFacts("EUR", in_month=True, accepted_e4=80_000, claimed_e4=0, price_e6=10_000_000)
SUM = ClaimFacts("EUR", quantity_e4=10_000, price_e6=160_000_000, net_minor=16_000)


def test_every_flaw_of_a_sum_disputes_all_of_it():
    taxed = Covered(WORK, TaxFacts("S", 600))
    flawed = {
        Reason.WRONG_CURRENCY: (SUM, [Covered(replace(WORK, currency="CNY"))]),
        Reason.WRONG_PERIOD: (SUM, [Covered(replace(WORK, in_month=False))]),
        Reason.CREDIT: (replace(SUM, quantity_e4=-10_000), [Covered(WORK)]),
        Reason.WRONG_TAX_CATEGORY: (replace(SUM, tax=TaxFacts("Z", 0)), [Covered(WORK), taxed]),
        Reason.WRONG_TAX_RATE: (replace(SUM, tax=TaxFacts("S", 900)), [Covered(WORK), taxed]),
        Reason.LINE_ARITHMETIC: (replace(SUM, net_minor=16_002), [Covered(WORK)]),
        Reason.NOT_ACCEPTED_YET: (SUM, [Covered(replace(WORK, accepted_e4=0))]),
        Reason.DUPLICATE_LINE: (SUM, [Covered(replace(WORK, claimed_e4=80_000))]),
    }

    for reason, (claim, covered) in flawed.items():
        found = spread(claim, covered)
        assert found.differences == (Explained(reason, claim.net_minor, tolerated=False),)
        assert set(found.parts) == {Part(0, 0)}


def test_pieces_of_another_month_are_left_out_of_a_sum():
    covered = [Covered(WORK), Covered(replace(WORK, in_month=False)), Covered(WORK)]

    assert spread(SUM, covered).parts == (Part(80_000, 8000), Part(0, 0), Part(80_000, 8000))


@st.composite
def sums(draw: st.DrawFn) -> tuple[ClaimFacts, list[Covered]]:
    currency = draw(st.sampled_from(["JPY", "EUR", "KWD"]))
    covered = []
    for _ in range(draw(st.integers(1, 5))):
        accepted = draw(st.integers(0, 10**8))
        claimed, price = draw(st.integers(0, accepted)), draw(st.integers(0, 10**8))
        covered.append(Covered(WorkFacts(currency, draw(st.booleans()), accepted, claimed, price)))
    worth = sum(worth_of(each, currency) for each in covered)
    near = st.sampled_from([worth, worth // 2, worth + 3, worth - 3, 2 * worth])
    net = max(draw(st.one_of(near, st.integers(0, 2 * worth + 9))), 0)
    places = {"JPY": 0, "EUR": 2, "KWD": 3}[currency]
    return ClaimFacts(currency, 10_000, net * 10 ** (6 - places), net), covered


def worth_of(each: Covered, currency: str) -> int:
    work = each.work
    left = work.accepted_e4 - work.claimed_e4 if work.in_month else 0
    return extended(left, work.price_e6, currency).minor


@given(sums())
def test_parts_and_differences_make_the_net_and_stay_within_what_is_open(drawn):
    claim, covered = drawn

    found = spread(claim, covered)

    taken = sum(part.minor for part in found.parts)
    assert taken + sum(each.amount_minor for each in found.differences) == claim.net_minor
    tolerated = sum(each.amount_minor for each in found.differences if each.tolerated)
    assert taken + tolerated <= claim.net_minor
    assert tolerated <= len(covered)
    for part, each in zip(found.parts, covered, strict=True):
        assert 0 <= part.quantity_e4 <= each.work.accepted_e4 - each.work.claimed_e4
        assert 0 <= part.minor <= worth_of(each, claim.currency)
        agreed = extended(part.quantity_e4, each.work.price_e6, claim.currency)
        assert part.minor <= agreed.minor, "never more than the price of what it takes"
