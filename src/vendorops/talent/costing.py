"""The file in which recruiting costs are handed in, by channel."""

from typing import Annotated

from pydantic import Field, StringConstraints

from vendorops.documents.forms import Form, Words, read_form
from vendorops.documents.proposal_forms import Code, Currency
from vendorops.domain.money import Money
from vendorops.domain.recruiting_cost import ChannelCost, Spent, costs

Count = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}$")]


class ChannelForm(Form):
    """What one channel took, and how many it brought."""

    channel: Code
    hires: Count
    recruitment: dict[Code, Words] = Field(default_factory=dict)
    selection: dict[Code, Words] = Field(default_factory=dict)


class CostForm(Form):
    """What finding and choosing people took in a period, in one currency."""

    currency: Currency
    period: Words
    channels: Annotated[tuple[ChannelForm, ...], Field(min_length=1, max_length=20)]


def costs_of(data: bytes) -> list[ChannelCost]:
    """Return what each channel of a file came to, and all of them together."""
    form = read_form(data, CostForm, "the costs")
    spent = [
        Spent(
            one.channel,
            int(one.hires),
            _amounts(one.recruitment, form.currency),
            _amounts(one.selection, form.currency),
        )
        for one in form.channels
    ]
    return costs(spent, form.currency)


def _amounts(parts: dict[str, str], currency: str) -> dict[str, Money]:
    return {name: Money.parse(text, currency) for name, text in parts.items()}
