"""Whether the payee agrees to a settlement, and whether payment waits for that."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.remembering import remembered
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import ConfirmationStatus, DecisionStatus
from vendorops.tables import (
    ConfirmationPolicy,
    Decision,
    Payment,
    PaymentBatch,
    Settlement,
    SettlementConfirmation,
)

USUAL_DAYS = 5
"""In which a payee that spoke up by itself may answer again."""
NOT_ASKED = "none"
AGREEMENT = "settlement_statement"
"""The kind of question that a payee is asked."""


def policy_of(books: Books, settlement: Settlement) -> ConfirmationPolicy | None:
    """Return the policy that held when a settlement was calculated; None where nobody is asked."""
    return _policy_on(books, settlement.as_of)


def _policy_on(books: Books, day: date) -> ConfirmationPolicy | None:
    policies = remembered(books, "confirmation policies", lambda: _policies(books))
    begun = [row for row in policies if row.valid_from <= day]
    return begun[-1] if begun and begun[-1].confirmation != NOT_ASKED else None


def _policies(books: Books) -> list[ConfirmationPolicy]:
    query = select(ConfirmationPolicy).order_by(col(ConfirmationPolicy.valid_from))
    return list(books.session.exec(query))


def confirmation_of(books: Books, settlement: Settlement) -> SettlementConfirmation | None:
    """Return what there is of a payee's word on a settlement."""
    query = select(SettlementConfirmation).where(
        col(SettlementConfirmation.settlement_id) == settlement.id
    )
    return books.session.exec(query).one_or_none()


def show(books: Books, settlement: Settlement) -> SettlementConfirmation:
    """Write down that a statement is shown to its payee from today on."""
    policy = policy_of(books, settlement)
    days = policy.days if policy else USUAL_DAYS
    row = SettlementConfirmation(
        id=books.key(),
        reference=books.reference("CFM"),
        settlement_id=settlement.id,
        policy_id=policy.id if policy else None,
        content_sha256=settlement.content_sha256,
        required=int(policy is not None and policy.confirmation == "required"),
        shown_on=books.as_of,
        due_on=books.as_of + timedelta(days=days),
    )
    return books.enter(row, because=f"the statement of {settlement.reference} is shown")


def show_again(books: Books, row: SettlementConfirmation, because: str) -> None:
    """Show a disputed statement once more; from now on nothing is paid before it is confirmed."""
    days = row.due_on - row.shown_on
    row.round, row.required = row.round + 1, 1
    row.shown_on, row.due_on = books.as_of, books.as_of + days
    books.move(row, ConfirmationStatus.SHOWN, because=because)


def unconfirmed(books: Books, settlement: Settlement) -> str:
    """Return why a settlement may not be paid for want of the payee's word; empty where it may."""
    if not any_asked(books):
        return ""
    row, name = confirmation_of(books, settlement), settlement.reference
    if row is None:
        policy = policy_of(books, settlement)
        if policy is None or policy.confirmation != "required":
            return ""
        return f"the payee was not shown the statement of {name} yet ({policy.cite} requires it)"
    if row.status == ConfirmationStatus.DISPUTED or _is_refused(books, row):
        return (
            f"the payee disputes the statement of {name} ({row.reference}); somebody of finance "
            "decides whether it is paid as it stands, see vendorops inbox"
        )
    if row.status == ConfirmationStatus.SHOWN and row.required:
        return (
            f"the payee has not confirmed the statement of {name} ({row.reference}), which it was "
            f"shown on {row.shown_on}; it may answer until {row.due_on}"
        )
    return ""


def none_unconfirmed(books: Books, calculated_on: date) -> list[ColumnElement[bool]]:
    """Return the conditions under which a settlement calculated on a day waits for no payee.

    They say of many what `unconfirmed` says of one.
    """
    if not any_asked(books):
        return []
    row = SettlementConfirmation
    shown = col(row.settlement_id) == col(Settlement.id)
    refused = exists().where(col(Decision.subject_id) == col(row.id), *_refusal())
    waits = or_(
        col(row.status) == ConfirmationStatus.DISPUTED,
        and_(col(row.status) == ConfirmationStatus.SHOWN, col(row.required) == 1),
        refused,
    )
    conditions: list[ColumnElement[bool]] = [~exists().where(shown, waits)]
    policy = _policy_on(books, calculated_on)
    if policy and policy.confirmation == "required":
        conditions.append(exists().where(shown))
    return conditions


def _is_refused(books: Books, row: SettlementConfirmation) -> bool:
    """Tell whether the payee said no, and no run has taken that up yet."""
    query = select(Decision.id).where(col(Decision.subject_id) == row.id, *_refusal())
    return books.session.exec(query).first() is not None


def _refusal() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which an answer is a payee's no that was not taken up."""
    return (
        col(Decision.subject_table) == SettlementConfirmation.__name__.lower(),
        col(Decision.kind) == AGREEMENT,
        col(Decision.status) == DecisionStatus.ANSWERED,
        col(Decision.answer) == "reject",
        col(Decision.effective_on).is_(None),
    )


def lapse(books: Books, batch: PaymentBatch) -> None:
    """Take back the questions about statements that nobody answered, as their money goes."""
    if not any_asked(books):
        return
    because = f"{batch.reference} is released"
    query = (
        select(SettlementConfirmation)
        .join(Payment, col(Payment.settlement_id) == col(SettlementConfirmation.settlement_id))
        .where(
            col(Payment.batch_id) == batch.id,
            col(SettlementConfirmation.status) == ConfirmationStatus.SHOWN,
        )
    )
    for row in books.session.exec(query.order_by(col(SettlementConfirmation.id))).all():
        books.move(row, ConfirmationStatus.LAPSED, because=because)
        withdraw(books, row, because)


def any_asked(books: Books) -> bool:
    """Tell whether anybody is asked at all, so that nobody else pays for looking."""
    return remembered(books, "confirmations", lambda: _any(books))


def _any(books: Books) -> bool:
    found = (
        books.session.exec(select(table.id).limit(1)).first()
        for table in (ConfirmationPolicy, SettlementConfirmation)
    )
    return any(ident is not None for ident in found)
