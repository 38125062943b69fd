"""What it costs to find and to choose people, by channel and for each hire.

The two formulas are those of the 2022 report on diversified employment:

    recruitment = direct labour + direct operations + indirect management + prepaid
    selection   = material review + interviews + examinations + assessments + medical checks
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vendorops.domain.money import Money, Rounding, rounded, total
from vendorops.domain.refusal import Refused

CHANNELS = ("referral", "online_platform", "campus", "corporate_site")
RECRUITMENT = ("direct_labour", "direct_operations", "indirect_management", "prepaid")
SELECTION = ("material_review", "interviews", "examinations", "assessments", "medical_checks")


class BadCosts(Refused):
    """Costs that do not fit the formulas."""


@dataclass(frozen=True)
class Spent:
    """What a channel took in a period, and whom it brought."""

    channel: str
    hires: int
    recruitment: Mapping[str, Money]
    selection: Mapping[str, Money]


@dataclass(frozen=True)
class ChannelCost:
    """What a channel, or all of them, came to."""

    channel: str
    hires: int
    recruitment: Money
    selection: Money

    @property
    def whole(self) -> Money:
        """Recruitment and selection together."""
        return self.recruitment + self.selection

    @property
    def per_hire(self) -> Money | None:
        """The whole shared among the hires, half up to the minor unit; none without a hire."""
        if not self.hires:
            return None
        each = rounded(Fraction(self.whole.minor, self.hires), Rounding.HALF_UP)
        return Money(each, self.whole.currency)


def channel_cost(spent: Spent, currency: str) -> ChannelCost:
    """Return what one channel came to, or refuse parts and channels the formulas do not know."""
    if spent.channel not in CHANNELS:
        raise BadCosts(f"channel {spent.channel[:40]!r} is none of {', '.join(CHANNELS)}")
    if spent.hires < 0:
        raise BadCosts(f"{spent.channel}: hires cannot be below zero")
    return ChannelCost(
        spent.channel,
        spent.hires,
        _summed(spent.channel, spent.recruitment, RECRUITMENT, currency),
        _summed(spent.channel, spent.selection, SELECTION, currency),
    )


def costs(channels: Sequence[Spent], currency: str) -> list[ChannelCost]:
    """Return what each channel came to, and all of them together under `all`."""
    names = [one.channel for one in channels]
    if len(set(names)) < len(names):
        raise BadCosts("a channel is there twice; add its figures up")
    each = [channel_cost(one, currency) for one in channels]
    together = ChannelCost(
        "all",
        sum(one.hires for one in each),
        total([one.recruitment for one in each], currency),
        total([one.selection for one in each], currency),
    )
    return [*each, together]


def _summed(
    channel: str, parts: Mapping[str, Money], known: Sequence[str], currency: str
) -> Money:
    unknown = sorted(set(parts) - set(known))
    if unknown:
        raise BadCosts(f"{channel}: {', '.join(unknown)} is none of {', '.join(known)}")
    below = sorted(name for name, amount in parts.items() if amount.minor < 0)
    if below:
        raise BadCosts(f"{channel}: {', '.join(below)} cannot be below zero")
    return total(list(parts.values()), currency)
