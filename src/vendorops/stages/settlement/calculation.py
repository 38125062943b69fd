"""Calculates what one contract is owed: its settlement, line by line, with tax and withholding."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, insert
from sqlmodel import col, select

from vendorops.books import Books, content_sha256
from vendorops.documents.statements import settlement_statement
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.domain.money import Money, total
from vendorops.domain.refusal import Refused
from vendorops.paying.payment_day import due_day
from vendorops.paying.prompt_payment import last_day
from vendorops.paying.registrations import note_registrations
from vendorops.paying.rejections import rejected_by_person, standing
from vendorops.paying.withholding import assess, enter
from vendorops.stages.settlement.claims import PayableLine, payable_lines
from vendorops.stages.settlement.crediting import Taken, credits_to_take, enter_credits
from vendorops.stages.settlement.prompt_payment import offer_discounts
from vendorops.tables import Contract, Settlement, SettlementLine, SettlementRun

UNDERWAY = (SettlementStatus.CALCULATED, SettlementStatus.APPROVED)


@dataclass(frozen=True)
class Owed:
    """What a settlement is made of, and what it comes to."""

    lines: list[PayableLine]
    credits: list[Taken]
    net: Money
    tax: Money


class NothingToPay(Refused):
    """Credit notes outweigh what is claimed."""


class CapExceeded(Refused):
    """The contract does not allow for so much."""


class RejectedBefore(Refused):
    """A person has said no to exactly this settlement."""


def calculate(books: Books, contract: Contract) -> Settlement | None:
    """Enter a settlement of every claim that may be paid; None where there is none.

    What the supplier owes back by issued credit memos is taken off, as far as the claims go.

    Raises NothingToPay when credit notes outweigh the claims, which are then settled with those
    of a later month, CapExceeded when the contract does not allow for so much, and RejectedBefore
    while nothing has changed since a person said no.
    """
    lines = payable_lines(books, contract)
    if not lines:
        return None
    net = total([line.net for line in lines], contract.currency)
    tax = total([line.tax for line in lines], contract.currency)
    if net.minor <= 0 or tax.minor < 0:
        raise NothingToPay(
            f"the claims under {contract.reference} up to {books.month.label} come to {net} and "
            f"{tax} of tax; they are carried until later claims outweigh the credit notes"
        )
    offer_discounts(books, contract, lines)
    taken = credits_to_take(books, contract, net, tax)
    net -= total([each.net for each in taken], contract.currency)
    tax -= total([each.tax for each in taken], contract.currency)
    if contract.committed_minor + _underway(books, contract) + net.minor > contract.cap_minor:
        raise cap_exceeded(contract, net)
    runs = standing(books, _of_contract(contract))  # Of what follows, nothing is in them.
    settlement = _enter(books, contract, Owed(lines, taken, net, tax))
    _refuse_rejected(books, settlement, {run.id for run in runs})
    return settlement


def cap_exceeded(contract: Contract, net: Money) -> CapExceeded:
    """Return the refusal of an amount that the cap of a contract has no room for."""
    cap = Money(contract.cap_minor, contract.currency)
    taken = Money(contract.committed_minor, contract.currency)
    return CapExceeded(
        f"cap exceeded: {net} net more under {contract.reference} would go beyond its {cap}, of "
        f"which {taken} are taken; take a credit note, or claim the rest under a new contract"
    )


def _underway(books: Books, contract: Contract) -> int:
    """Return what settlements that are not sealed yet will take of the cap."""
    query = select(func.coalesce(func.sum(Settlement.net_minor), 0)).where(
        col(Settlement.contract_id) == contract.id, col(Settlement.status).in_(UNDERWAY)
    )
    return int(books.session.exec(query).one())


def _enter(books: Books, contract: Contract, owed: Owed) -> Settlement:
    lines, net, tax = owed.lines, owed.net, owed.tax
    settlement = Settlement(
        id=books.key(),
        reference=books.reference("SET"),
        supplier_id=contract.supplier_id,
        contract_id=contract.id,
        reconciliation_id=max(line.reconciliation_id for line in lines),
        month=books.month.label,
        version=_next_version(books, contract),
        as_of=books.as_of,
        due_on=_due_on(books, contract, owed),
        currency=contract.currency,
        net_minor=net.minor,
        tax_minor=tax.minor,
        withheld_minor=0,
        payable_minor=(net + tax).minor,
        content_sha256="",
    )
    taxes = assess(books, settlement)
    settlement.withheld_minor = sum(one.columns["amount_minor"] for one in taxes)
    settlement.payable_minor -= settlement.withheld_minor
    books.enter(settlement, because=f"{len(lines)} lines under {contract.reference}")
    _enter_lines(books, settlement, lines)
    enter_credits(books, settlement, owed.credits)
    enter(books, settlement, taxes)
    note_registrations(books, settlement)
    settlement.content_sha256 = content_sha256(settlement_statement(books, settlement))
    books.session.flush()
    return settlement


def _due_on(books: Books, contract: Contract, owed: Owed) -> date:
    """Return the last day on which the term and every discount that is taken are kept."""
    usual = due_day(books, contract, {line.line.invoice_id for line in owed.lines})
    prompt = [last_day(books, each.memo) for each in owed.credits]
    return min([usual, *(day for day in prompt if day)])


def _enter_lines(books: Books, settlement: Settlement, lines: list[PayableLine]) -> None:
    attempts = _rejected_attempts(books, settlement.contract_id)
    rows: list[dict[str, Any]] = [
        {
            "id": books.key(),
            "settlement_id": settlement.id,
            "invoice_line_id": line.line.id,
            "attempt": attempts.get(line.line.id, 0) + 1,
            "net_minor": line.net.minor,
            "tax_minor": line.tax.minor,
        }
        for line in lines
    ]
    books.session.execute(insert(SettlementLine), rows)


def _rejected_attempts(books: Books, contract_id: int) -> dict[int, int]:
    """Return how many rejected settlements of a contract held each line."""
    query = (
        select(SettlementLine.invoice_line_id, func.count())
        .join(Settlement, col(Settlement.id) == col(SettlementLine.settlement_id))
        .where(
            col(Settlement.contract_id) == contract_id,
            col(Settlement.status) == SettlementStatus.REJECTED,
        )
        .group_by(col(SettlementLine.invoice_line_id))
    )
    return {line: int(count) for line, count in books.session.exec(query)}


def _next_version(books: Books, contract: Contract) -> int:
    query = select(func.coalesce(func.max(Settlement.version), 0)).where(
        col(Settlement.contract_id) == contract.id, col(Settlement.month) == books.month.label
    )
    return int(books.session.exec(query).one()) + 1


def _of_contract(contract: Contract) -> ColumnElement[bool]:
    """Return the condition under which a contract was settled in a run."""
    return exists().where(
        col(Settlement.contract_id) == contract.id,
        col(Settlement.settlement_run_id) == col(SettlementRun.id),
    )


def _refuse_rejected(books: Books, settlement: Settlement, runs: set[int]) -> None:
    query = select(Settlement.reference).where(
        col(Settlement.contract_id) == settlement.contract_id,
        col(Settlement.content_sha256) == settlement.content_sha256,
        rejected_by_person(Settlement) | col(Settlement.settlement_run_id).in_(runs),
    )
    before = books.session.exec(query).first()
    if before:
        raise RejectedBefore(
            f"{before} was rejected and nothing has changed since; take a corrected invoice or a "
            "credit note from the supplier, and it is calculated anew"
        )
