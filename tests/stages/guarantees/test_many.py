"""Many hires at once against a calculation from the raw facts that knows no stage."""

from datetime import timedelta
from fractions import Fraction
from random import Random

from tests.stages.guarantees.line import (
    accepted,
    claimed,
    day,
    follow,
    leaves,
    recruiter,
    replaced,
    started,
)
from tests.stages.settlement.month import rows
from vendorops.domain.contract_facts import Tier
from vendorops.domain.guarantee import Reason
from vendorops.tables import CreditMemo

HIRES = 9
TIER = Tier(5 * 10_000, 173_333)
"""Five hires on a sheet lower the share of all of them, to one that does not come out even."""
SEED = 20261117


def half_up(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2))


def facts(random: Random) -> list[dict[str, object]]:
    """Return who was hired for which pay, and what became of each."""
    reasons = [Reason.RESIGNED, Reason.CAUSE, Reason.LAYOFF]
    return [
        {
            "pay": random.randrange(150_000, 800_000),
            "left": random.choice([None, *(random.randrange(28, 58) for _ in range(5))]),
            "reason": random.choice(reasons),
            "replaced": random.choice([None, None, random.randrange(1, 30)]),
        }
        for _ in range(HIRES)
    ]


def owed(hire: dict[str, object]) -> int:
    """What the raw facts of one hire make the recruiter owe, in minor units."""
    left, replacement = hire["left"], hire["replaced"]
    if left is None or replacement is not None or hire["reason"] is Reason.LAYOFF:
        return 0
    assert isinstance(left, int)
    assert isinstance(hire["pay"], int)
    fee = half_up(Fraction(hire["pay"] * 100) * Fraction(173_333, 10**6))
    share = Fraction(1) if left <= 30 else Fraction(1, 2)
    return half_up(fee * share)


def test_what_nine_hires_give_back_is_what_the_raw_facts_make_it(opener):
    hires = facts(Random(SEED))
    contract = recruiter(opener, tiers=(TIER,), cap_minor=10**10)
    references = [started(opener, contract, salary=str(hire["pay"])) for hire in hires]
    accepted(opener)
    claimed(opener, contract, "QH-10")
    for reference, hire in zip(references, hires, strict=True):
        if not isinstance(hire["left"], int):
            continue
        gone = day(hire["left"])
        claim = "replacement" if hire["replaced"] is not None else "refund"
        leaves(opener, reference, gone, claims=claim, reason=hire["reason"])
        if isinstance(hire["replaced"], int) and hire["reason"] is not Reason.LAYOFF:
            replaced(opener, reference, gone + timedelta(days=hire["replaced"]))

    follow(opener, day(89))
    follow(opener, day(89))

    expected = {
        reference: owed(hire)
        for reference, hire in zip(references, hires, strict=True)
        if owed(hire)
    }
    with opener()() as books:
        found = {row.source_reference: row.net_minor for row in rows(books, CreditMemo)}
    assert found == expected
    assert len(expected) > 1  # So that the seed is worth its while.
