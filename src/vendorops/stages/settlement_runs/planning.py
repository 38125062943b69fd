"""Plans the payments of a run by column: whom nothing keeps from being paid, in one file.

What keeps anybody else is told by the planning of payments one by one, which takes what is left.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlmodel import col
from sqlmodel import select as rows_of

from vendorops.books import Books
from vendorops.books.blocks import enter_block
from vendorops.documents.payment_files import payment_file_of_many
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.domain.money import Money
from vendorops.paying.accounts.active import active_account
from vendorops.paying.batches import enter_batch, keep_file
from vendorops.paying.confirming import any_asked
from vendorops.paying.freezing import frozen
from vendorops.paying.payment_day import payment_day
from vendorops.paying.together import may_go_together
from vendorops.stages.settlement_runs.block import mine
from vendorops.tables import (
    BankAccount,
    LegalEntity,
    Party,
    Payment,
    PaymentBatch,
    RowBlock,
    Settlement,
    SettlementRun,
    Supplier,
)

LEAST = 2
"""Payments of one file that are worth planning together."""


def plan_next(books: Books, entity: LegalEntity) -> PaymentBatch | None:
    """Enter the payments of the first sealed run that has any to plan, and keep their file.

    None where there is none, or nothing may be planned: who is paid alone is told why.
    """
    if frozen(books) or any_asked(books):
        return None  # Whose payee has a word on it is planned one by one.
    query = rows_of(SettlementRun).where(
        col(SettlementRun.legal_entity_id) == entity.id,
        col(SettlementRun.status) == SettlementStatus.SEALED,
        col(SettlementRun.month) <= books.month.label,
        col(SettlementRun.payment_day) > books.as_of,
        ~_has_payments(),
    )
    for run in books.session.exec(query.order_by(col(SettlementRun.id))):
        debtor = active_account(books, entity.party_id, run.currency)
        if debtor and _is_its_day(books, entity, run):
            found = books.session.connection().execute(_payable(books, run)).all()
            if len(found) >= LEAST:
                return _plan(books, run, debtor, found)
    return None


def _has_payments() -> ColumnElement[bool]:
    """Return the condition under which payments of a run were planned before."""
    first, count = col(RowBlock.first_id), col(RowBlock.count)
    return exists().where(
        col(RowBlock.id) == col(SettlementRun.settlement_block_id),
        col(Payment.settlement_id).between(first, first + count - 1),
    )


def _is_its_day(books: Books, entity: LegalEntity, run: SettlementRun) -> bool:
    """Tell whether all of a run still goes on the day by whose law it was taxed."""
    query = select(col(Settlement.due_on)).where(mine(books, run, col(Settlement.id)))
    days = books.session.connection().execute(query.distinct()).scalars()
    return {payment_day(books, entity, day) for day in days} == {run.payment_day}


def _payable(books: Books, run: SettlementRun) -> Any:  # noqa: ANN401 - a query of some columns.
    """Return the query of settlements that may be paid: key, account, amount and content."""
    account, settlement, party = BankAccount, col(Settlement.id), col(Party.id)
    return (
        select(
            settlement,
            col(account.id),
            col(Settlement.payable_minor),
            col(Settlement.content_sha256),
        )
        .join(Supplier, col(Supplier.id) == col(Settlement.supplier_id))
        .join(Party, party == col(Supplier.party_id))
        .join(account, col(account.party_id) == party)
        .where(
            mine(books, run, settlement),
            ~exists().where(col(Payment.settlement_id) == settlement),
            *may_go_together(books, run, run.payment_day),
        )
        .order_by(settlement)
    )


def _plan(
    books: Books, run: SettlementRun, debtor: BankAccount, found: Sequence[Any]
) -> PaymentBatch:
    idents, accounts, amounts, contents = map(list, zip(*found, strict=True))
    total = Money(sum(amounts), run.currency)
    paid = (len(found), total)
    batch = enter_batch(books, run.legal_entity_id, debtor, run.payment_day, paid)
    references = books.references("PAY", len(found))
    columns: dict[str, Any] = {
        "reference": references,
        "batch_id": batch.id,
        "settlement_id": idents,
        "bank_account_id": accounts,
        "currency": run.currency,
        "amount_minor": amounts,
        "end_to_end_id": references,
        "settlement_sha256": contents,
    }
    enter_block(books, Payment, columns, f"{batch.reference} pays {run.reference}")
    keep_file(books, batch, payment_file_of_many(books, batch))
    return batch
