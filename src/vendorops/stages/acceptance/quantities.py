"""How much of each piece of work a buyer accepted, read from the answer and checked."""

import json
from collections.abc import Mapping, Sequence

from vendorops.domain.measure import quantity_e4, quantity_text
from vendorops.domain.refusal import Refused
from vendorops.tables import WorkItem


class UnusableAnswer(Refused):
    """The answer names work or quantities that the sheet does not have."""


def accepted_quantities(items: Sequence[WorkItem], detail: str) -> dict[str, int]:
    """Return ten-thousandths by work reference; work the answer does not name is accepted whole.

    `detail` is the answer's JSON: nothing, or `{"accept": {"WRK-2026-000123": "6.5"}}`;
    grades beside it are read elsewhere.
    """
    whole = {item.reference: item.quantity_e4 for item in items}
    accepted = whole | _named(whole, json.loads(detail or "{}"))
    if not any(accepted.values()):
        raise UnusableAnswer("nothing of the sheet is accepted; reject it instead")
    return accepted


def _named(whole: Mapping[str, int], detail: Mapping[str, object]) -> dict[str, int]:
    named = detail.get("accept", {})
    if not isinstance(named, dict) or set(detail) - {"accept", "grade"}:
        raise UnusableAnswer(
            'the detail is not understood; write {"accept": {work reference: quantity}}'
        )
    return {reference: _quantity(whole, reference, text) for reference, text in named.items()}


def _quantity(whole: Mapping[str, int], reference: str, text: object) -> int:
    if reference not in whole:
        raise UnusableAnswer(f"{reference[:40]!r} is not on this sheet; name work that is")
    if not isinstance(text, str):
        raise UnusableAnswer(f'{reference}: write the accepted quantity as text, such as "6.5"')
    try:
        accepted = quantity_e4(text)
    except Refused as refusal:
        raise UnusableAnswer(f"{reference}: {refusal}") from refusal
    if not 0 <= accepted <= whole[reference]:
        raise UnusableAnswer(
            f"{reference}: {quantity_text(accepted)} cannot be accepted of"
            f" {quantity_text(whole[reference])} delivered; accept between none and all of it"
        )
    return accepted
