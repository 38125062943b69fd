"""Makes the facts of a contract from the form in which they are proposed or changed."""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from vendorops.documents.forms import Form
from vendorops.documents.proposal_forms import (
    ChangeForm,
    ProposalForm,
    StepForm,
    TermForm,
    TermsForm,
)
from vendorops.documents.proposal_reading import READ, named
from vendorops.documents.telling import multiple_text
from vendorops.domain.contract_facts import (
    ContractFacts,
    Contradiction,
    Rate,
    Tier,
    check_days,
)
from vendorops.domain.measure import price_e6, price_text, quantity_e4
from vendorops.domain.program import Program
from vendorops.domain.refusal import Refused
from vendorops.programs import program

LANGUAGES = {"cn": "zh,en"}
"""The languages of a contract where the parties did not choose: by place, else English."""
ONE_E6 = 10**6


@dataclass(frozen=True)
class Where:
    """What else decides the facts of a contract."""

    program: str
    place: str
    payee_kind: str
    """organization or person."""


def facts_proposed(form: ProposalForm, where: Where) -> ContractFacts:
    """Return the facts a form proposes, with what it leaves open written in.

    Raises Contradiction, UnknownTerm or BadAmount, naming the field, where they cannot be agreed.
    """
    kind = program(where.program)
    usual: dict[str, Any] = {
        "languages": LANGUAGES.get(where.place, "en"),
        "tax_treatment": "withheld" if where.payee_kind == "person" else "exclusive",
        "overtime": kind.overtime,
        "particulars": form.particulars,
    }
    rates = tuple(_rates(form.terms, kind, form.start))
    fixed: dict[str, Any] = {
        "currency": form.currency,
        "starts_on": form.start,
        "law": where.place,
    }
    given = _given(form, form.currency)
    return checked(ContractFacts(**fixed, **{**usual, **given, "rates": rates}), kind)


def contradictions(form: ProposalForm, where: Where) -> list[str]:
    """Return what cannot be agreed: of each field by itself, and else of all of them together."""
    kind = program(where.program)
    parts: list[Callable[[], object]] = [
        *(partial(_fact, form, name, form.currency) for name in READ),
        *(
            partial(_numbered, number, term, kind, form.start)
            for number, term in enumerate(form.terms, start=1)
        ),
        partial(check_days, form.start, form.end),
    ]
    alone = [told for told in map(_refusal, parts) if told]
    return alone or [*filter(None, (_refusal(partial(facts_proposed, form, where)),))]


def _refusal(part: Callable[[], object]) -> str:
    try:
        part()
    except Refused as refusal:
        return str(refusal)
    return ""


def facts_changed(
    before: ContractFacts, form: ChangeForm, kind: Program, since: date | None = None
) -> ContractFacts:
    """Return the facts that a change makes of others; raises as `facts_proposed` does.

    `since` is the first day of an amendment: prices that name none hold from then, and none may
    hold earlier. Without it prices of the same code and day take each other's place.
    """
    new = _rates(form.terms, kind, since or before.starts_on)
    for rate in new:
        if since and rate.valid_from < since:
            raise Contradiction(
                f"terms, {rate.code}: valid_from lies before the amendment's own, {since}"
            )
    replaced = {(rate.code, rate.valid_from) for rate in new}
    taken = replaced & {(rate.code, rate.valid_from) for rate in before.rates}
    if since and taken:
        code, day = min(taken)
        raise Contradiction(
            f"terms, {code}: another price was agreed from {day}; choose a later day"
        )
    kept = [rate for rate in before.rates if (rate.code, rate.valid_from) not in replaced]
    changed = _given(form, before.currency, before)
    changed["particulars"] = {**before.particulars, **form.particulars}
    return checked(replace(before, **changed, rates=(*kept, *new)), kind)


def checked(facts: ContractFacts, kind: Program) -> ContractFacts:
    """Return facts again; refuse a price of its own that is not the multiple they state."""
    for rate in facts.rates:
        kind.term(rate.code)
        values = facts.values(rate.valid_from)
        for code, (base, name) in kind.multiples.items():
            if {code, base, name} <= values.keys() and (
                values[code] * ONE_E6 != values[base] * values[name]
            ):
                raise Contradiction(
                    f"terms: {code} from {rate.valid_from} is not {multiple_text(values[name])} "
                    f"times {base}, as overtime says; leave it out or change one of them"
                )
    return facts


def _given(form: TermsForm, currency: str, before: ContractFacts | None = None) -> dict[str, Any]:
    """Return the facts, but for rates and particulars, of the fields that were filled in.

    Of a block that was there `before`, what is not filled in stays as it was.
    """
    found = {}
    for name, (fact, _) in READ.items():
        if getattr(form, name) is not None:
            found[fact] = _fact(form, name, currency, before)
    return found


def _fact(
    form: TermsForm, name: str, currency: str, before: ContractFacts | None = None
) -> object:
    """Return the fact that a field states; nothing where it was not filled in."""
    value, (fact, read) = getattr(form, name), READ[name]
    if value is None:
        return None
    block = _completed(value, getattr(before, fact, None))
    with named(name):
        return read(block, currency)


def _completed(value: object, before: object) -> object:
    """Return a block of a form with what it leaves open filled in from the fact before it."""
    if not (isinstance(value, Form) and is_dataclass(before)):
        return value
    stays: dict[str, object] = {}
    for field in fields(before):
        stays[field.name.removesuffix("_e6")] = _typed_again(
            field.name, getattr(before, field.name)
        )
    given = {name: getattr(value, name) for name in value.model_fields_set}
    known = {name: stays[name] for name in stays.keys() & type(value).model_fields.keys()}
    return value.model_copy(update={**known, **given})


def _typed_again(name: str, fact: object) -> object:
    """Return a fact as somebody would type it into the form."""
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    if isinstance(fact, int):
        return price_text(fact) if name.endswith("_e6") else str(fact)
    if isinstance(fact, tuple):
        return tuple(
            StepForm(until=str(step.until_day), refund=price_text(step.refund_e6)) for step in fact
        )
    return fact


def _rates(terms: tuple[TermForm, ...], kind: Program, since: date) -> list[Rate]:
    return [_numbered(number, term, kind, since) for number, term in enumerate(terms, start=1)]


def _numbered(number: int, term: TermForm, kind: Program, since: date) -> Rate:
    with named(f"terms {number}"):
        return _rate(term, kind, since)


def _rate(term: TermForm, kind: Program, since: date) -> Rate:
    known = kind.term(term.code)
    values = [price_e6(term.value), *(price_e6(tier.value) for tier in term.tiers)]
    if min(values) < 0 or (known.kind == "share" and max(values) > ONE_E6):
        raise Contradiction("value must be a price from 0, or a share from 0 to 1 such as 0.18")
    above = (quantity_e4(tier.above) for tier in term.tiers)
    return Rate(
        code=known.code,
        value_e6=values[0],
        description=term.description,
        valid_from=term.valid_from or since,
        volume=term.volume,
        tiers=tuple(map(Tier, above, values[1:])),
    )
