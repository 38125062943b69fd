"""What each place asks of invoices that the buyer writes: `<place>.yaml`, dated and cited.

`permitted` says whether the buyer may write one at all, `label` what it must be called, and
`treatments` how suppliers are taxed: category, rate and, where none is charged, why, and
`discount_lowers_tax` whether a discount for prompt payment lowers the taxable amount. A change of
law is a new entry below the old one. Dropping a file in is all it takes to join.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vendorops.domain.dated import Dated
from vendorops.domain.paper import UNTAXED
from vendorops.domain.refusal import Refused
from vendorops.domain.self_billing import BillingLaw, Cited, TaxTreatment
from vendorops.exact_yaml import BadYaml, exact_yaml

SUFFIX = ".yaml"
RATE_PLACES = 4
T = TypeVar("T")


class BadBillingLaw(BadYaml):
    """A file of this shelf that does not say what it must."""


class NoBillingLaw(Refused):
    """Nobody has written down what the place asks."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Entry(_Strict):
    since: date
    cite: Annotated[str, Field(min_length=8)]
    sure: bool = True


class _Permitted(_Entry):
    is_: bool = Field(alias="is")


class _Label(_Entry):
    is_: Annotated[str, Field(alias="is", min_length=3)]


class _Rate(_Entry):
    is_: Annotated[Decimal, Field(alias="is", ge=0, le=1)]


class _Treatment(_Strict):
    category: Annotated[str, Field(pattern="^(S|Z|E|AE|O)$")]
    reason: str = ""
    rate: Annotated[list[_Rate], Field(min_length=1)]


class _Law(_Strict):
    permitted: Annotated[list[_Permitted], Field(min_length=1)]
    label: list[_Label] = []
    discount_lowers_tax: list[_Permitted] = []
    treatments: dict[Annotated[str, Field(pattern="^[a-z_]{3,40}$")], _Treatment] = {}


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of all places whose law we know."""
    names = (file.name for file in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)))


@cache
def billing_law(place: str) -> BillingLaw:
    """Return what a place asks; refused where nobody has written it down."""
    if place not in codes():
        raise NoBillingLaw(
            f"what {place!r} asks of invoices that the buyer writes is not known here, only"
            f" {', '.join(codes())}; add billing_law/{place}{SUFFIX} with its sources"
        )
    return billing_law_from((files(__name__) / f"{place}{SUFFIX}").read_text("utf-8"), place)


def billing_law_from(text: str, place: str) -> BillingLaw:
    """Read one file; a value without a first day or a source is refused."""
    try:
        law = _Law.model_validate(exact_yaml(text, place + SUFFIX))
    except ValidationError as error:
        first = error.errors()[0]
        at = " → ".join(str(step) for step in first["loc"])
        raise BadBillingLaw(f"{place}{SUFFIX}: {at}: {first['msg']}") from error
    return BillingLaw(
        place=place,
        permitted=_dated(f"self-billing in {place}", [(row, row.is_) for row in law.permitted]),
        label=_dated(f"label in {place}", [(row, row.is_) for row in law.label])
        if law.label
        else None,
        discount_lowers_tax=_dated(
            f"prompt payment in {place}", [(row, row.is_) for row in law.discount_lowers_tax]
        )
        if law.discount_lowers_tax
        else None,
        treatments={code: _treatment(place, code, said) for code, said in law.treatments.items()},
    )


def _treatment(place: str, code: str, said: _Treatment) -> TaxTreatment:
    where = f"{place}{SUFFIX}: treatments → {code}"
    rates = [(row, int(row.is_.scaleb(RATE_PLACES))) for row in said.rate]
    if any(row.is_.scaleb(RATE_PLACES) != rate for row, rate in rates):
        raise BadBillingLaw(f"{where}: a rate has four decimals at most")
    if said.category != "S" and any(rate for _, rate in rates):
        raise BadBillingLaw(f"{where}: only category S has a rate above nothing")
    if (said.category in UNTAXED) != bool(said.reason):
        raise BadBillingLaw(f"{where}: a reason is given where no tax is charged, and only there")
    return TaxTreatment(code, said.category, _dated(f"{code} in {place}", rates), said.reason)


def _dated(name: str, entries: Sequence[tuple[_Entry, T]]) -> Dated[Cited[T]]:
    found = {row.since: Cited(value, row.cite, row.sure) for row, value in entries}
    if len(found) != len(entries):
        raise BadBillingLaw(f"{name}: two entries begin on one day")
    return Dated(name, found)
