"""What the law makes of what each payee earned in the period of a report, such as its VAT."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from vendorops.books import Books
from vendorops.books.tax_standing import payer_standing_of, standing_of
from vendorops.domain.finding import Finding, Level
from vendorops.domain.jurisdiction import Reminder
from vendorops.domain.money import Money, total
from vendorops.domain.tax_return import Earned
from vendorops.law import jurisdiction
from vendorops.tables import LegalEntity, Party, Settlement, Supplier, Withholding


@dataclass(frozen=True)
class Figures:
    """The figures of each payee that a report tells of, by the supplier's key."""

    of: Mapping[int, Mapping[str, str]]
    findings: tuple[Finding, ...] = ()


def reported_settlements(form: Reminder) -> list[ColumnElement[bool]]:
    """Return what must be so of a settlement for its payment to be reported."""
    found: list[ColumnElement[bool]] = []
    if form.taxes:
        taxed = (col(Withholding.settlement_id) == col(Settlement.id)) & col(Withholding.tax).in_(
            form.taxes
        )
        found.append(exists().where(taxed))
    if form.figures:
        found.append(col(Settlement.tax_minor) == 0)  # The office takes what an invoice shows.
    return found


def figures_of(
    books: Books,
    payer: LegalEntity,
    about: tuple[str, Reminder, date],
    earned: Mapping[int, Money],
) -> Figures:
    """Return the figures of a report of a place on a day, from what each supplier earned.

    Suppliers that the report does not tell of are absent; how many they are is a finding. Raises
    TypeError for a report that has no figures.
    """
    place, form, day = about
    if form.figures is None:
        raise TypeError(f"{form.form} tells payments as they are, and no figures")
    rule, law = form.figures.on(day), jurisdiction(place).law_of(day)
    ours = payer_standing_of(books, payer, place, day)
    found = {}
    for key, income in earned.items():
        payee = books.get(Party, books.get(Supplier, key).party_id)
        told = rule(Earned(income, standing_of(books, payee, place, day), ours), law)
        if told:
            found[key] = told
    written = {
        key: {name: amount.text for name, amount in told.items()} for key, told in found.items()
    }
    left_out = _left_out(form, len(earned) - len(found))
    return Figures(written, (*law.findings, *_sums(form, list(found.values())), *left_out))


def _sums(form: Reminder, told: Sequence[Mapping[str, Money]]) -> tuple[Finding, ...]:
    """Return what each figure comes to over all payees, for the approver."""
    if not told:
        return ()
    sums = {
        name: total([each[name] for each in told], some.currency) for name, some in told[0].items()
    }
    said = ", ".join(f"{name} {amount}" for name, amount in sums.items())
    message = f"{form.form} tells of {len(told)} payees: {said}"
    return (Finding("report-sums", Level.WARNING, form.form, message),)


def _left_out(form: Reminder, payees: int) -> tuple[Finding, ...]:
    if not payees:
        return ()
    message = (
        f"{form.form} leaves out {payees} payees of whom is recorded that they file themselves"
    )
    return (Finding("report-leaves-out", Level.WARNING, form.form, message),)
