"""Tell what each guardrail of labour dispatch says of an order."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import click
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from vendorops.cli.printing import emit
from vendorops.cli.session import FILE, READER, day_option, json_option, opener
from vendorops.cli.texts import text_of
from vendorops.domain.dispatch import DispatchFacts, GuardFinding, dispatch_checks
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.exact_yaml import exact_yaml
from vendorops.questionnaires.reading import whole
from vendorops.tables import Contract, WorkOrder
from vendorops.working.dispatch import facts_of


class BadFacts(Refused):
    """The file tells no facts of a dispatch."""


Whole = Annotated[int, BeforeValidator(whole), Field(ge=0)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Span(_Strict):
    since: date
    until: date


class Told(_Strict):
    """What the books do not know of a dispatch; everything may be left out."""

    registered_capital: Whole | None = None
    contract_months: Whole | None = None
    fixed_term: bool | None = None
    paid_monthly: bool | None = None
    minimum_wage_when_idle: bool | None = None
    agreements: list[_Span] | None = None
    same_pay_method: bool | None = None
    fees_from_worker: list[str] | None = None
    chain_length: Whole | None = None
    agency_owners: list[str] | None = None
    user_owners: list[str] | None = None
    part_time: bool | None = None
    agreement_states: list[str] | None = None
    persons: Whole | None = None
    ordered_to_correct: bool | None = None

    def added_to(self, known: DispatchFacts) -> DispatchFacts:
        """Return what the books know together with what is told here."""
        told: dict[str, Any] = self.model_dump(exclude_none=True)
        for name in ("agency_owners", "user_owners", "agreement_states"):
            told |= {name: frozenset(told[name])} if name in told else {}
        if self.fees_from_worker is not None:
            told["fees_from_worker"] = tuple(self.fees_from_worker)
        if self.agreements is not None:
            told["agreements"] = tuple(Period(each.since, each.until) for each in self.agreements)
        return replace(known, **told)


@click.command()
@click.argument("order")
@click.option("--facts", type=FILE, help="YAML of what the books do not know.")
@day_option
@json_option
def check(order: str, facts: Path | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Tell what LD-1 to LD-16 say of ORDER: pass, fail, or which fact is not known."""
    told = _read(facts) if facts else Told()
    with opener(READER, as_of)() as books:
        row = books.named(WorkOrder, order)
        known = facts_of(books, books.get(Contract, row.contract_id), row)
        rows = [_shown(found) for found in dispatch_checks(told.added_to(known))]
    emit(rows, as_json=as_json, title=f"Guardrails of {order}")


def _read(path: Path) -> Told:
    try:
        return Told.model_validate(exact_yaml(text_of(path), path.name))
    except ValidationError as error:
        first = error.errors()[0]
        at = " → ".join(str(step) for step in first["loc"])
        raise BadFacts(f"{path.name}: {at}: {first['msg']}; correct the file") from error


def _shown(found: GuardFinding) -> dict[str, object]:
    return {
        "rule": found.code,
        "about": found.guard.title,
        "verdict": found.verdict.value,
        "message": found.message,
        "cite": found.guard.source,
    }
