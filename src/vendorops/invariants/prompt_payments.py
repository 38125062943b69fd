"""Discounts for prompt payment: what must be true of what is deducted, and of what goes back."""

from collections.abc import Iterator
from fractions import Fraction

from sqlmodel import col, func, select

from vendorops.books import Books
from vendorops.documents import revisions
from vendorops.domain.lifecycle import PaymentBatchStatus, SettlementStatus
from vendorops.domain.money import Rounding, rounded
from vendorops.invariants._rule import Invariant
from vendorops.paying.prompt_payment import RETURNED, TAKEN, last_day, offer_of
from vendorops.tables import (
    Contract,
    CreditMemo,
    Invoice,
    InvoiceLine,
    Payment,
    PaymentBatch,
    Settlement,
    SettlementCredit,
    SettlementLine,
)

ONE_E6 = 1_000_000
Held = tuple[CreditMemo, SettlementCredit, Settlement]


def wrong_discounts(books: Books) -> Iterator[str]:
    """Name the discounts that are not the agreed share of what is paid of their claim.

    And those of which not exactly what was deducted too late went back.
    """
    returned = _returned(books)
    for memo, part, settlement in _taken(books):
        late = _is_late(books, memo, settlement)
        back = returned.pop(memo.id, 0)
        if _share_of_claim(books, memo, settlement) != memo.net_minor or back != (
            part.net_minor if late else 0
        ):
            yield memo.reference
    yield from (f"what is returned of memo {ident}" for ident in returned)


def _taken(books: Books) -> list[Held]:
    query = (
        select(CreditMemo, SettlementCredit, Settlement)
        .join(SettlementCredit, col(SettlementCredit.credit_memo_id) == col(CreditMemo.id))
        .join(Settlement, col(Settlement.id) == col(SettlementCredit.settlement_id))
        .where(col(CreditMemo.kind) == TAKEN, col(Settlement.status) != SettlementStatus.REJECTED)
        .order_by(col(SettlementCredit.id))
    )
    return list(books.session.exec(query))


def _share_of_claim(books: Books, memo: CreditMemo, settlement: Settlement) -> int:
    """Return the agreed share of what a settlement pays of the claim of a memo."""
    query = (
        select(func.coalesce(func.sum(SettlementLine.net_minor), 0))
        .join(InvoiceLine, col(InvoiceLine.id) == col(SettlementLine.invoice_line_id))
        .where(
            col(SettlementLine.settlement_id) == settlement.id,
            col(InvoiceLine.invoice_id) == memo.source_id,
        )
    )
    agreed = revisions(books, books.get(Contract, memo.contract_id))
    offer = offer_of(books, agreed, books.get(Invoice, memo.source_id))
    share = Fraction(offer.share_e6 if offer else 0, ONE_E6)
    return rounded(int(books.session.exec(query).one()) * share, Rounding.HALF_UP)


def _is_late(books: Books, memo: CreditMemo, settlement: Settlement) -> bool:
    """Tell whether the money of a settlement went after the day of a memo."""
    query = (
        select(PaymentBatch)
        .join(Payment, col(Payment.batch_id) == col(PaymentBatch.id))
        .where(
            col(Payment.settlement_id) == settlement.id,
            col(PaymentBatch.status) == PaymentBatchStatus.RELEASED,
        )
    )
    until = last_day(books, memo)
    return any(until is None or batch.execution_day > until for batch in books.session.exec(query))


def _returned(books: Books) -> dict[int, int]:
    query = select(CreditMemo.source_id, CreditMemo.net_minor).where(
        col(CreditMemo.kind) == RETURNED
    )
    return dict(books.session.exec(query).all())


INVARIANTS = (
    Invariant(
        "M84",
        "a prompt-payment discount is the agreed share of its claim, and goes back if it is late",
        wrong_discounts,
    ),
)
