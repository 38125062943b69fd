"""Takes a settlement from the approver's desk into the ledger."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from vendorops.books import AccountName, Books, Entry, log, post
from vendorops.books.questions import answered, take_effect
from vendorops.books.withdrawing import withdraw
from vendorops.documents.statements import withholdings_of
from vendorops.domain.lifecycle import SettlementStatus, WithholdingStatus
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.law import jurisdiction
from vendorops.paying.holding import any_held, held_in
from vendorops.paying.overtaken import is_overtaken
from vendorops.paying.paid_invoices import mark_paid
from vendorops.paying.prompt_payment import is_too_late
from vendorops.stages.settlement.asking import question
from vendorops.stages.settlement.calculation import cap_exceeded
from vendorops.stages.settlement.crediting import apply_credits
from vendorops.tables import Contract, Settlement, Supplier, Withholding


class SettlementHeld(Refused):
    """Somebody keeps an invoice from being settled and paid."""


def go_on(books: Books, settlement: Settlement) -> bool:
    """Take a settlement one step further; False when it waits for the approver, or is held.

    Approved, it waits for those it was taxed on top of: one rejected would change its tax.

    Raises CapExceeded when an approved settlement would exceed the cap of its contract.
    """
    if any_held(books) and held_in(books, settlement.id):
        return False
    if settlement.status == SettlementStatus.APPROVED:
        _seal(books, settlement)
        return True
    overtaken = _overtaken(books, settlement)
    if overtaken:
        _reject(books, settlement, overtaken)
        return True
    decision = answered(books, question(books, settlement))
    if decision is None:
        return False
    if decision.answer == "approve" and _waits_for_earlier(books, settlement):
        return False
    take_effect(books, decision)
    if decision.answer == "approve":
        because = f"{decision.reference} by {decision.answered_by}"
        books.move(settlement, SettlementStatus.APPROVED, because=because)
    else:
        _reject(books, settlement, f"{decision.reference} by {decision.answered_by}")
    return True


def refuse_held(books: Books, underway: Sequence[Settlement]) -> None:
    """Refuse to go on while an invoice of a settlement is held, saying by whom and why."""
    if not any_held(books):
        return
    held = [(row.reference, held_in(books, row.id)) for row in underway]
    why = [f"{reference} waits: {told}" for reference, told in held if told]
    if why:
        raise SettlementHeld(f"{'; '.join(why)}; release it with vendorops invoice release")


def _overtaken(books: Books, settlement: Settlement) -> str:
    """Return why a settlement has to be calculated anew before anybody approves it."""
    if is_too_late(books, settlement):
        return "the day of its discount for prompt payment passed: once more"
    if is_overtaken(books, settlement):
        return "the month of payment or its earlier income changed: once more"
    return ""


def _waits_for_earlier(books: Books, settlement: Settlement) -> bool:
    """Tell whether tax was assessed on top of a settlement that may still be rejected."""
    if not withholdings_of(books, settlement):
        return False
    earlier = aliased(Withholding)
    same = ("party_id", "place")
    of_month = and_(
        col(earlier.month) == col(Withholding.month),
        col(earlier.income_kind) == col(Withholding.income_kind),
    )
    same_year = func.substr(earlier.month, 1, 4) == func.substr(Withholding.month, 1, 4)
    of_year = and_(col(Withholding.tax).in_(_taxes_of_year(books, settlement)), same_year)
    query = (
        select(earlier.id)
        .join(Settlement, col(Settlement.id) == col(earlier.settlement_id))
        .join(
            Withholding,
            and_(
                *(getattr(earlier, name) == getattr(Withholding, name) for name in same),
                or_(of_month, of_year),
            ),
        )
        .where(
            col(Withholding.settlement_id) == settlement.id,
            col(earlier.settlement_id) < settlement.id,
            col(Settlement.status) == SettlementStatus.CALCULATED,
        )
    )
    return books.session.exec(query).first() is not None


def _taxes_of_year(books: Books, settlement: Settlement) -> list[str]:
    """Return the codes of the taxes that count the months before."""
    contract = books.get(Contract, settlement.contract_id)
    return [tax.code for tax in jurisdiction(contract.place).taxes if tax.reads_year]


def _reject(books: Books, settlement: Settlement, because: str) -> None:
    books.move(settlement, SettlementStatus.REJECTED, because=because)
    for row in withholdings_of(books, settlement):
        books.move(row, WithholdingStatus.CANCELLED, because=f"{settlement.reference} is rejected")
    withdraw(books, settlement, f"{settlement.reference} is rejected")


def _seal(books: Books, settlement: Settlement) -> None:
    contract = books.get(Contract, settlement.contract_id)
    _commit(books, contract, settlement)
    sealed = books.move(settlement, SettlementStatus.SEALED, because="approved, within the cap")
    apply_credits(books, settlement)
    _book(books, contract, settlement, sealed)
    for row in withholdings_of(books, settlement):
        books.move(row, WithholdingStatus.BOOKED, because=f"{settlement.reference} is sealed")
    if not settlement.payable_minor:
        mark_paid(books, [settlement.id], f"credits cover all of {settlement.reference}")


def _commit(books: Books, contract: Contract, settlement: Settlement) -> None:
    """Take the net amount of the cap in one statement, so that two runs cannot both fit in."""
    taken = col(Contract.committed_minor) + settlement.net_minor
    change = (
        update(Contract)
        .where(col(Contract.id) == contract.id, taken <= col(Contract.cap_minor))
        .values(committed_minor=taken)
        .execution_options(synchronize_session=False)
    )
    found: Any = books.session.execute(change)
    books.session.refresh(contract)
    if found.rowcount != 1:
        raise cap_exceeded(contract, Money(settlement.net_minor, settlement.currency))


def _book(books: Books, contract: Contract, settlement: Settlement, event: log.Happened) -> None:
    supplier = books.get(Supplier, settlement.supplier_id)
    payable = AccountName(f"payable/{supplier.reference}", "liability", supplier.party_id, 0)
    expense = AccountName(f"expense/{contract.program}", "expense")
    input_tax = AccountName(f"input-tax/{contract.place}", "asset")
    key = f"settlement/{settlement.reference}"
    net = Money(settlement.net_minor, settlement.currency)
    tax = Money(settlement.tax_minor, settlement.currency)
    kept_back = [
        Entry(
            payable,
            AccountName(f"withheld-tax/{row.place}", "liability", floor_minor=0),
            Money(row.amount_minor, row.currency),
            f"{key}/withheld/{row.tax}",
        )
        for row in withholdings_of(books, settlement)
    ]
    post(
        books,
        event,
        Entry(expense, payable, net, f"{key}/net"),
        Entry(input_tax, payable, tax, f"{key}/tax"),
        *kept_back,
    )
