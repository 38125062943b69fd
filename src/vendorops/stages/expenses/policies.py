"""Loads what kinds of expense are paid back, up to what amount, and under which term."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field
from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.documents.forms import Form, IsoDay, Words, read_form
from vendorops.documents.proposal_forms import Currency
from vendorops.domain.dated import Dated
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.tables import ExpensePolicy


class BadPolicy(Refused):
    """Another rule holds from that day already."""


class PolicyForm(Form):
    """One kind of expense."""

    code: Words
    term: Words = "expense"
    currency: Currency
    cap: str = "0"
    """Most of one line; 0 for no limit of its own."""
    receipt: Literal["yes", "no"] = "yes"
    valid_from: IsoDay
    cite: Words


class PoliciesForm(Form):
    """The kinds of expense that a company pays back."""

    expenses: Annotated[tuple[PolicyForm, ...], Field(min_length=1, max_length=200)]


def load_policies(books: Books, data: bytes) -> list[ExpensePolicy]:
    """Enter rules; one that is there is never edited, another day makes another one."""
    said = read_form(data, PoliciesForm, "expense policy")
    log.lock(books.session)
    return [_load(books, form) for form in said.expenses]


def _load(books: Books, form: PolicyForm) -> ExpensePolicy:
    cap, receipt = Money.parse(form.cap, form.currency).minor, int(form.receipt == "yes")
    query = select(ExpensePolicy).where(
        col(ExpensePolicy.code) == form.code,
        col(ExpensePolicy.currency) == form.currency,
        col(ExpensePolicy.valid_from) == form.valid_from,
    )
    known = books.session.exec(query).one_or_none()
    if known is None:
        return books.enter(
            ExpensePolicy(
                id=books.key(),
                code=form.code,
                term=form.term,
                currency=form.currency,
                cap_minor=cap,
                receipt=receipt,
                valid_from=form.valid_from,
                cite=form.cite,
            )
        )
    if (known.term, known.cap_minor, known.receipt) != (form.term, cap, receipt):
        raise BadPolicy(
            f"{form.code} has another rule from {form.valid_from} in our books; let the new one"
            " hold from a later day"
        )
    return known


def policies(books: Books, currency: str) -> dict[str, Dated[ExpensePolicy]]:
    """Return the rules of a currency by code."""
    found: dict[str, dict[date, ExpensePolicy]] = {}
    query = select(ExpensePolicy).where(col(ExpensePolicy.currency) == currency)
    for row in books.session.exec(query.order_by(col(ExpensePolicy.valid_from))):
        found.setdefault(row.code, {})[row.valid_from] = row
    return {code: Dated(f"expense {code}", rows) for code, rows in found.items()}
