"""What a joint settlement rests on: its people's settlements, added up, and the one answer."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from vendorops.books import Books
from vendorops.domain.money import Money
from vendorops.tables import LegalEntity, Payment, PaymentBatch, Settlement, SettlementRun
from vendorops.tracing.decisions import trace_decisions
from vendorops.tracing.tree import Check, Node, adds_up


class _Sums(NamedTuple):
    """What the settlements of a run come to together, in minor units."""

    people: int
    first: str
    last: str
    net: int
    tax: int
    withheld: int
    payable: int


def trace_run(books: Books, reference: str) -> Node:
    """Return a run with the sums of its settlements; each of them unfolds by its own reference."""
    run = books.named(SettlementRun, reference)
    found = _settlements(books, run)
    facts = {
        "legal_entity": books.get(LegalEntity, run.legal_entity_id).code,
        "program": run.program,
        "place": run.place,
        "month": run.month,
        "taxed_by_the_law_of": run.payment_day.isoformat(),
        "people": run.count,
        "settlements": f"{found.first} to {found.last}",
        "status": run.status,
        "content_sha256": run.content_sha256,
    }
    withheld = Money(run.withheld_minor, run.currency)
    sums = (
        Node("sum", "net", Money(run.net_minor, run.currency)).sharing(),
        Node("sum", "tax", Money(run.tax_minor, run.currency)).sharing(),
        Node("sum", "withheld", withheld).sharing(-withheld),
    )
    parts = (*trace_decisions(books, run), *sums, *_files(books, run))
    payable = Money(run.payable_minor, run.currency)
    return Node("settlement run", reference, payable, facts, _checks(run, found), parts)


def _settlements(books: Books, run: SettlementRun) -> _Sums:
    query = select(
        func.count(),
        func.min(col(Settlement.reference)),
        func.max(col(Settlement.reference)),
        func.sum(col(Settlement.net_minor)),
        func.sum(col(Settlement.tax_minor)),
        func.sum(col(Settlement.withheld_minor)),
        func.sum(col(Settlement.payable_minor)),
    ).where(col(Settlement.settlement_run_id) == run.id)
    people, first, last, *sums = books.session.execute(query).one()
    return _Sums(people, first or "", last or "", *(int(each or 0) for each in sums))


def _checks(run: SettlementRun, found: _Sums) -> tuple[Check, ...]:
    sums = {
        "net": (found.net, run.net_minor),
        "tax": (found.tax, run.tax_minor),
        "withheld": (found.withheld, run.withheld_minor),
        "payable": (found.payable, run.payable_minor),
    }
    return (
        Check(f"{found.people} settlements of {run.count} people", found.people == run.count),
        *(
            adds_up(
                f"{what} of {found.people} settlements",
                [Money(minor, run.currency)],
                Money(whole, run.currency),
            )
            for what, (minor, whole) in sums.items()
        ),
    )


def _files(books: Books, run: SettlementRun) -> tuple[Node, ...]:
    """Return the payment files in which its people are paid, one by one or together."""
    paid = (
        select(col(Payment.batch_id))
        .join(Settlement, col(Settlement.id) == col(Payment.settlement_id))
        .where(col(Settlement.settlement_run_id) == run.id)
    )
    query = select(PaymentBatch).where(col(PaymentBatch.id).in_(paid))
    return tuple(
        Node(
            "payment file",
            row.reference,
            Money(row.control_sum_minor, row.currency),
            {"status": row.status, "payments": row.count, "file_sha256": row.file_sha256},
        )
        for row in books.session.scalars(query.order_by(col(PaymentBatch.id)))
    )
