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
from vendorops.books.parts import part
from vendorops.documents.payment_files import payment_file_of_many
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.paying.accounts.active import active_account
from vendorops.paying.batches import enter_batch, keep_file
from vendorops.paying.channels import unsayable_of
from vendorops.paying.freezing import frozen
from vendorops.paying.payment_day import payment_day
from vendorops.paying.together import may_go_together
from vendorops.stages.settlement_runs import grouping
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

Found = Sequence[Any]
"""What is to be paid, by row: key of the settlement, key of the account, amount, content."""


class FileRefusedError(Exception):
    """A file that cannot be written, with the keys of those settlements that are the reason."""

    def __init__(self, unsayable: frozenset[int]) -> None:
        super().__init__(f"{len(unsayable)} payments cannot be said to the bank")
        self.unsayable = unsayable


def plan_next(books: Books, entity: LegalEntity) -> PaymentBatch | None:
    """Enter the payments of the first sealed run that has enough to plan, and keep their file.

    As many as a run takes are enough; fewer are planned one by one, so that those who may be paid
    a little later, one after the other, do not each make a file that two people have to let go.
    None where there is none, or nothing may be planned: who is paid alone is told why.
    """
    if frozen(books):
        return None
    query = rows_of(SettlementRun).where(
        col(SettlementRun.legal_entity_id) == entity.id,
        col(SettlementRun.status) == SettlementStatus.SEALED,
        col(SettlementRun.month) <= books.month.label,
        col(SettlementRun.payment_day) > books.as_of,
        _has_unplanned(),
    )
    for run in books.session.exec(query.order_by(col(SettlementRun.id))):
        debtor = active_account(books, entity.party_id, run.currency)
        if debtor and _is_its_day(books, entity, run):
            found = books.session.connection().execute(_payable(books, run)).all()
            if batch := _plan(books, run, debtor, found):
                return batch
    return None


def _has_unplanned() -> ColumnElement[bool]:
    """Return the condition under which no payment of some settlement of a run was planned yet."""
    first, count, settlement = col(RowBlock.first_id), col(RowBlock.count), col(Settlement.id)
    return exists().where(
        col(RowBlock.id) == col(SettlementRun.settlement_block_id),
        settlement.between(first, first + count - 1),
        ~exists().where(col(Payment.settlement_id) == settlement),
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
    books: Books, run: SettlementRun, debtor: BankAccount, found: Found
) -> PaymentBatch | None:
    """Enter payments in one batch, but for those that the bank cannot be told of."""
    while len(found) >= grouping.LEAST:
        try:
            with part(books):
                return _enter(books, run, debtor, found)
        except FileRefusedError as refused:
            sayable = [row for row in found if row[0] not in refused.unsayable]
            if len(sayable) == len(found):
                return None  # Of no payment alone; who plans them one by one is told why.
            found = sayable
    return None


def _enter(books: Books, run: SettlementRun, debtor: BankAccount, found: Found) -> PaymentBatch:
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
    try:
        keep_file(books, batch, payment_file_of_many(books, batch))
    except Refused:
        unsayable = unsayable_of(books, batch)
        named = zip(references, idents, strict=True)
        raise FileRefusedError(
            frozenset(ident for reference, ident in named if reference in unsayable)
        ) from None
    return batch
