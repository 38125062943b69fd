"""Looks at and sends the payments of a run by column, where one by one would take an hour."""

from typing import Any

from sqlalchemy import exists, func, literal
from sqlalchemy import select as sql
from sqlmodel import col

from vendorops.books import AccountName, Books, log
from vendorops.books.blocks import content_of
from vendorops.books.ledger import account
from vendorops.books.many import move_all
from vendorops.books.posting import Columns, post_columns
from vendorops.domain.lifecycle import PaymentStatus, ReviewStatus, SettlementStatus
from vendorops.paying.funding import must_be_funded
from vendorops.paying.overtaken import other_law
from vendorops.paying.run_kinds import first_of_each_kind
from vendorops.paying.together import may_go_together
from vendorops.tables import (
    BankAccount,
    LedgerAccount,
    LegalEntity,
    Payment,
    PaymentBatch,
    Review,
    Row,
    RowBlock,
    Settlement,
    SettlementRun,
    Supplier,
    Withholding,
)

DOUBTED = (ReviewStatus.OPEN.value, ReviewStatus.CONFIRMED.value)


def run_of(books: Books, batch: PaymentBatch) -> SettlementRun | None:
    """Return the run that all payments of a batch are of; None where there is no such run."""
    mine = col(Settlement.settlement_run_id)
    query = (
        sql(func.min(mine), func.max(mine), func.count(mine))
        .join(Payment, col(Payment.settlement_id) == col(Settlement.id))
        .where(col(Payment.batch_id) == batch.id)
    )
    first, last, count = books.session.connection().execute(query).one()
    if first is None or first != last or count != batch.count:
        return None
    return books.get(SettlementRun, first)


def clear(books: Books, batch: PaymentBatch) -> frozenset[int]:
    """Return the payments of a run of which nothing stands against release.

    The others are looked at one by one, and so are all where the run is no longer what was
    approved, or its law is another.
    """
    run = run_of(books, batch)
    if run is None or not _is_as_approved(books, run, batch):
        return frozenset()
    doubted = exists().where(
        col(Review.party_id) == col(Supplier.party_id), col(Review.status).in_(DOUBTED)
    )
    query = (
        sql(col(Payment.id))
        .join(Settlement, col(Settlement.id) == col(Payment.settlement_id))
        .join(Withholding, col(Withholding.settlement_id) == col(Settlement.id))
        .join(Supplier, col(Supplier.id) == col(Settlement.supplier_id))
        .join(BankAccount, col(BankAccount.id) == col(Payment.bank_account_id))
        .where(
            col(Payment.batch_id) == batch.id,
            col(Settlement.status) == SettlementStatus.SEALED.value,
            col(Settlement.content_sha256) == col(Payment.settlement_sha256),
            col(Settlement.payable_minor) == col(Payment.amount_minor),
            col(Settlement.net_minor) + col(Settlement.tax_minor) - col(Withholding.amount_minor)
            == col(Payment.amount_minor),
            col(BankAccount.party_id) == col(Supplier.party_id),
            ~doubted,
            *may_go_together(books, run, batch.execution_day),
        )
    )
    return frozenset(books.session.connection().execute(query).scalars())


def _is_as_approved(books: Books, run: SettlementRun, batch: PaymentBatch) -> bool:
    blocks: list[tuple[type[Row], int | None]] = [
        (Settlement, run.settlement_block_id),
        (Withholding, run.withholding_block_id),
    ]
    for table, ident in blocks:
        block = books.get(RowBlock, ident or 0)
        if content_of(books, table, block) != block.content_sha256:
            return False
    if batch.execution_day != run.payment_day:
        return False
    firsts = first_of_each_kind(books, books.get(RowBlock, run.settlement_block_id or 0))
    return not any(other_law(books, each, batch.execution_day) for each in firsts)


def send_together(books: Books, batch: PaymentBatch, released: log.Written) -> bool:
    """Send the payments of a run and book them; False where they are sent one by one.

    Runs take no credits, and pay only to accounts that were paid to before.
    """
    if run_of(books, batch) is None or must_be_funded(books, batch.legal_entity_id):
        return False
    entity = books.get(LegalEntity, batch.legal_entity_id)
    clearing = account(
        books, AccountName(f"bank-clearing/{entity.code}", "liability"), batch.currency
    )
    query: Any = (
        sql(
            col(Payment.id),
            col(LedgerAccount.id),
            col(Payment.amount_minor),
            literal("payment/").concat(col(Payment.reference)),
        )
        .join(Settlement, col(Settlement.id) == col(Payment.settlement_id))
        .join(Supplier, col(Supplier.id) == col(Settlement.supplier_id))
        .join(BankAccount, col(BankAccount.id) == col(Payment.bank_account_id))
        .join(
            LedgerAccount,
            (col(LedgerAccount.code) == literal("payable/").concat(col(Supplier.reference)))
            & (col(LedgerAccount.currency) == batch.currency),
        )
        .where(col(Payment.batch_id) == batch.id, col(BankAccount.first_paid_on).is_not(None))
        .order_by(col(Payment.id))
    )
    rows = books.session.connection().execute(query).all()
    if len(rows) != batch.count:
        return False
    idents, debit, minor, keys = map(list, zip(*rows, strict=True))
    arrow = (PaymentStatus.APPROVED, PaymentStatus.SENT)
    move_all(books, Payment, idents, arrow, f"{batch.reference} is released")
    columns = Columns(debit, [clearing.id] * len(rows), minor, keys)
    post_columns(books, released, batch.currency, columns)
    return True
