"""Funds that clients pay in: confirmed by lines of the bank, and taken off by what is paid out.

What stands on the account `client-funding/<company>` may still be paid out, less what of it was
spent before only confirmed funds counted. It never stands below nothing, so that two releases at
once cannot both use the same money.
"""

from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import AccountName, Books, Entry, balance, log, post
from vendorops.books.ledger import reverse
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import BankEntryStatus, PaymentBatchStatus
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.paying.accounts.rights import FINANCE, holds
from vendorops.paying.spent_funds import CONFIRMED, policies, spent_funds
from vendorops.tables import (
    BankAccount,
    BankCharge,
    BankEntry,
    BankMatch,
    BankStatement,
    Funding,
    LedgerAccount,
    LegalEntity,
    PartReturn,
    Payment,
    PaymentBatch,
    Transfer,
)

FREE = (BankEntryStatus.OPEN, BankEntryStatus.SET_ASIDE)
DIRECTIONS = {"credit": "in", "debit": "out"}


class NotFunding(Refused):
    """A line of the bank is no money of a client."""


@dataclass(frozen=True)
class Funds:
    """What a company has from its clients in one currency."""

    confirmed: Money
    """What the bank confirmed and nothing was paid from."""
    spent: Money
    """What was paid from it before only confirmed funds counted; `confirmed` is without it."""
    approved: Money
    """What of it batches need that are approved and not released."""


def must_be_funded(books: Books, entity_id: int) -> bool:
    """Tell whether a company pays only from confirmed funds today."""
    begun = [row for row in policies(books, entity_id) if row.valid_from <= books.as_of]
    return bool(begun) and begun[-1].payouts == CONFIRMED


def funds(books: Books, entity: LegalEntity, currency: str) -> Funds:
    """Return what may be paid out of a company's confirmed funds."""
    query = select(LedgerAccount).where(
        col(LedgerAccount.code) == _funding(entity).code, col(LedgerAccount.currency) == currency
    )
    account = books.session.exec(query).one_or_none()
    stands = balance(books, account) if account else Money(0, currency)
    spent = spent_funds(books, entity, currency)
    batches = select(PaymentBatch).where(
        col(PaymentBatch.legal_entity_id) == entity.id,
        col(PaymentBatch.currency) == currency,
        col(PaymentBatch.status) == PaymentBatchStatus.APPROVED,
    )
    approved = sum(batch.control_sum_minor for batch in books.session.exec(batches))
    return Funds(stands - spent, spent, Money(approved, currency))


def short_of_funds(books: Books, batch: PaymentBatch) -> str:
    """Return why a batch is above what its bank confirmed; empty where it may go."""
    if not must_be_funded(books, batch.legal_entity_id):
        return ""
    entity = books.get(LegalEntity, batch.legal_entity_id)
    there = funds(books, entity, batch.currency).confirmed
    needed = Money(batch.control_sum_minor, batch.currency)
    if needed.minor <= there.minor:
        return ""
    return (
        f"E_FUNDS: it pays {needed} and the confirmed funds of {entity.code} are {there}; "
        f"{needed - there} are missing: confirm what a client paid in with vendorops funding "
        "confirm"
    )


def take_funds(books: Books, batch: PaymentBatch, payment: Payment, event: log.Happened) -> None:
    """Take a payment off the funds of its company, where it pays only from them."""
    if must_be_funded(books, batch.legal_entity_id):
        entity = books.get(LegalEntity, batch.legal_entity_id)
        amount = Money(payment.amount_minor, payment.currency)
        post(books, event, Entry(_funding(entity), _recharged(entity), amount, _key(payment)))


def give_back(books: Books, payment: Payment, event: log.Happened) -> None:
    """Put back what a payment took off the funds, as its money came back or never went."""
    if _was_taken(books, payment):
        reverse(books, event, _key(payment), f"{_key(payment)}/back")


def give_back_part(books: Books, payment: Payment, part: PartReturn, event: log.Happened) -> None:
    """Put back what a payment took off the funds for a part of it that came back."""
    if _was_taken(books, payment):
        batch = books.get(PaymentBatch, payment.batch_id)
        entity = books.get(LegalEntity, batch.legal_entity_id)
        amount, key = Money(part.amount_minor, part.currency), f"{_key(payment)}/{part.reference}"
        post(books, event, Entry(_recharged(entity), _funding(entity), amount, key))


def _was_taken(books: Books, payment: Payment) -> bool:
    taken = select(Transfer.id).where(col(Transfer.key) == _key(payment))
    return books.session.exec(taken).first() is not None


def confirm(books: Books, line: BankEntry, reason: str) -> Funding:
    """Enter a line of the bank as money that a client paid in, or was paid back.

    Raises NotFunding where somebody else than finance says so, or the line is a payment of ours,
    is not booked, or was entered before, or more is paid back than what was left of the funds;
    FloorBroken where more is paid back than there ever was.
    """
    log.lock(books.session)
    books.session.refresh(line)
    statement = books.get(BankStatement, line.bank_statement_id)
    account = books.get(BankAccount, statement.bank_account_id)
    entity = _owner(books, account)
    _refuse_other(books, line, statement)
    row = books.enter(
        Funding(
            id=books.key(),
            reference=books.reference("FND"),
            legal_entity_id=entity.id,
            bank_entry_id=line.id,
            direction=DIRECTIONS[line.direction],
            amount_minor=line.amount_minor,
            currency=line.currency,
            confirmed_by=books.actor,
            confirmed_on=books.as_of,
            reason=reason,
        ),
        because=f"{line.reference}: {reason}",
    )
    event = books.record("booked", row, f"{row.reference}, says {line.reference}")
    bank, client = AccountName(f"bank/{account.reference}", "asset"), _funding(entity)
    sides = (bank, client) if row.direction == "in" else (client, bank)
    amount = Money(row.amount_minor, row.currency)
    post(books, event, Entry(*sides, amount, f"funding/{row.reference}"))
    _refuse_too_much(books, entity, row)
    if line.status == BankEntryStatus.OPEN:
        because = f"it is funding, {row.reference}, says {books.actor}"
        books.move(line, BankEntryStatus.SET_ASIDE, because=because)
        withdraw(books, line, because)
    return row


def _refuse_too_much(books: Books, entity: LegalEntity, row: Funding) -> None:
    left = funds(books, entity, row.currency).confirmed
    if row.direction == "out" and left.minor < 0:
        raise NotFunding(
            f"{Money(row.amount_minor, row.currency)} would be {-left} more than the clients of "
            f"{entity.code} have left; confirm first what they paid in"
        )


def _owner(books: Books, account: BankAccount) -> LegalEntity:
    query = select(LegalEntity).where(col(LegalEntity.party_id) == account.party_id)
    return books.session.exec(query).one()


def _refuse_other(books: Books, line: BankEntry, statement: BankStatement) -> None:
    if not holds(books, FINANCE):
        raise NotFunding(f"E_FUNDING: {books.actor} may not confirm funds; finance may")
    if statement.kind != "statement" or line.direction not in DIRECTIONS:
        raise NotFunding(f"{line.reference} is not booked; confirm the line of the statement")
    known = select(Funding.reference).where(col(Funding.bank_entry_id) == line.id)
    if before := books.session.exec(known).first():
        raise NotFunding(f"{line.reference} is {before} already; no line funds twice")
    other = (
        books.session.exec(select(table.id).where(table.bank_entry_id == line.id)).first()
        for table in (BankMatch, BankCharge)
    )
    if line.status not in FREE or any(ident is not None for ident in other):
        raise NotFunding(f"{line.reference} is a payment of ours or a charge, no client's money")


def _funding(entity: LegalEntity) -> AccountName:
    return AccountName(f"client-funding/{entity.code}", "liability", floor_minor=0)


def _recharged(entity: LegalEntity) -> AccountName:
    return AccountName(f"recharged/{entity.code}", "expense")


def _key(payment: Payment) -> str:
    return f"payment/{payment.reference}/funded"
