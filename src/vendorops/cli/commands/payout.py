"""Pay one payee now: from its claims to the payment instruction, by the stages of the month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books, Opener
from vendorops.cli.laid_out import laid_out
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, Month, day_option, json_option, opener
from vendorops.cli.waiting import waits_for
from vendorops.domain.lifecycle import PaymentBatchStatus, SettlementStatus
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.gateways.clock import now
from vendorops.paying.confirming import confirmation_of
from vendorops.stages import sweep
from vendorops.stages.payment import pay_out
from vendorops.tables import Contract, Effect, Payment, PaymentBatch, Settlement, Supplier


class NotPaidOut(Refused):
    """Something stands in the way of the payment."""


@dataclass
class _Payout:
    """One payee on its way, and what was refused so far."""

    as_of: datetime | None
    month: Period | None
    refused: list[str]

    def books(self, actor: str) -> Opener:
        return opener(actor, self.as_of, self.month)

    def run(self, stage: str, idents: list[int]) -> None:
        """Run a stage for some rows only."""
        outcome = sweep(stage, self.books(f"system:{stage}"), idents)
        self.refused += [f"{reference}: {why}" for reference, why in outcome.refused]


@click.command()
@click.argument("reference")
@click.option("--month", type=Month(), help="Of the claims of SUP-…; the one before unless given.")
@day_option
@json_option
def command(
    reference: str, month: Period | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Pay out a settlement (SET-…), or all that a supplier (SUP-…) claims, as far as it goes.

    Claims are matched and settled, the payment is planned in a file of its own for the next day
    on which banks work, and the file is laid out once it is released. Whoever approves and
    releases elsewhere does so here: run it again after each answer.
    """
    began = now()
    payout = _Payout(as_of, month, [])
    settlements = _settled(payout, reference)
    for ident in settlements:
        _paid(payout, ident)
    seconds = (now() - began).total_seconds()
    with payout.books(READER)() as books:
        rows = [_told(books, books.get(Settlement, ident)) for ident in settlements]
    emit(rows, as_json=as_json, title=f"Paid out, in {seconds:.2f} seconds")
    if payout.refused:
        raise NotPaidOut("; ".join(payout.refused))
    if not rows:
        raise NotPaidOut(f"{reference} claims nothing that may be settled in the month")


def _settled(payout: _Payout, reference: str) -> list[int]:
    """Match and settle what is there, and return the settlements that are to be paid."""
    if reference.startswith("SET-"):
        with payout.books(READER)() as books:
            row = books.named(Settlement, reference)
            payout.month = payout.month or Period.month(row.month)
            contracts = [row.contract_id]
        payout.run("settlement", contracts)
        return [row.id]
    with payout.books(READER)() as books:
        supplier = books.named(Supplier, reference).id
        of_it = select(Contract.id).where(col(Contract.supplier_id) == supplier)
        contracts = list(books.session.exec(of_it.order_by(col(Contract.id))))
    payout.run("reconciliation", [supplier])
    payout.run("settlement", contracts)
    with payout.books(READER)() as books:
        return list(_unpaid(books, contracts))


def _unpaid(books: Books, contracts: list[int]) -> Iterator[int]:
    """Return the settlements of the month, but for rejected ones."""
    query = select(Settlement.id).where(
        col(Settlement.contract_id).in_(contracts),
        col(Settlement.month) == books.month.label,
        col(Settlement.status) != SettlementStatus.REJECTED,
    )
    yield from books.session.exec(query.order_by(col(Settlement.id)))


def _paid(payout: _Payout, ident: int) -> None:
    """Plan the payment of a settlement, and take it as far as people have answered."""
    with payout.books(READER)() as books:
        if books.get(Settlement, ident).status != SettlementStatus.SEALED:
            return
    payout.run("confirmations", [ident])
    try:
        with payout.books("system:payment")() as books:
            batch = pay_out(books, books.get(Settlement, ident)).id
    except Refused as refusal:
        payout.refused.append(str(refusal))
        return
    payout.run("release", [batch])
    with payout.books(READER)() as books:
        promised = _promised(books, books.get(PaymentBatch, batch))
    payout.run("delivery", promised)


def _promised(books: Books, batch: PaymentBatch) -> list[int]:
    query = select(Effect.id).where(
        col(Effect.sha256) == batch.file_sha256, col(Effect.status) == "pending"
    )
    return list(books.session.exec(query))


def _told(books: Books, row: Settlement) -> dict[str, Any]:
    batch = _batch(books, row)
    confirmation = confirmation_of(books, row)
    waiting = waits_for(books, batch or row)
    if waiting["decision"] is None and confirmation:
        waiting = waits_for(books, confirmation)
    return {
        "settlement": row.reference,
        "net": Money(row.payable_minor, row.currency),
        "settlement_status": row.status,
        "batch": batch.reference if batch else None,
        "batch_status": batch.status if batch else None,
        "execution_day": batch.execution_day if batch else None,
        "file": laid_out(books, batch.file_sha256) if batch else None,
        **waiting,
    }


def _batch(books: Books, row: Settlement) -> PaymentBatch | None:
    query = (
        select(PaymentBatch)
        .join(Payment, col(Payment.batch_id) == col(PaymentBatch.id))
        .where(
            col(Payment.settlement_id) == row.id,
            col(PaymentBatch.status) != PaymentBatchStatus.CANCELLED,
        )
    )
    return books.session.exec(query.order_by(col(PaymentBatch.id).desc())).first()
