"""Two years of one supplier, month after month, with all that may later disturb a sealed one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from tests.make import (
    accept,
    claimed,
    contract,
    done,
    invoice,
    items_of,
    people,
    reply,
    service_sheet,
    supplier,
    tolerance,
)
from vendorops.books import Books, Opener
from vendorops.domain.lifecycle import ReconciliationStatus, ServiceSheetStatus
from vendorops.domain.periods import Period
from vendorops.stages import sweep
from vendorops.stages.reopenings import propose
from vendorops.tables import Contract, Reconciliation, ServiceSheet, WorkItem

FIRST = "2026-10"
CHANGES = {6: (0, 0), 12: (20_000, 500), 18: (5_000, 50)}
"""The tolerance from some months on: share in millionths, and minor units of a line."""


@dataclass(frozen=True)
class Month:
    """One month to be closed, and what is special about it."""

    number: int
    period: Period
    maker: Callable[..., Opener]
    contract_id: int

    def opener(self, days: int = 4, actor: str = "system:test") -> Opener:
        """Open the books some days after the month."""
        day = self.period.end + timedelta(days=days)
        return self.maker(as_of=day, actor=actor, month=self.period.label)

    def agreed(self, books: Books) -> Contract:
        return books.get(Contract, self.contract_id)


def begin(maker: Callable[..., Opener]) -> int:
    """Enter our people, a supplier's contract and its first tolerance."""
    with maker()() as books:
        people(books)
        agreed = contract(books, supplier(books), ends_on=date(2029, 1, 1), cap_minor=10**12)
        tolerance(books)
        return agreed.id


def months(maker: Callable[..., Opener], contract_id: int, count: int) -> list[Month]:
    """Return so many months of a contract, in order."""
    periods = [Period.month(FIRST)]
    while len(periods) < count:
        periods.append(Period.month_of(periods[-1].end))
    return [Month(number, period, maker, contract_id) for number, period in enumerate(periods)]


def close(month: Month) -> None:
    """Do work, claim it, match it, decide what is disputed; late claims and reopenings too."""
    _change_tolerance(month)
    _claim(month)
    sweep("reconciliation", month.opener())
    _decide(month, "exception", "zhao.finance")
    if month.number % 3 == 0:
        _claim_late(month)
        sweep("reconciliation", month.opener(10))
        _decide(month, "exception", "zhao.finance")
    if month.number % 5 == 2:
        _reopen(month)
    _accept_late(month)


def _change_tolerance(month: Month) -> None:
    if month.number not in CHANGES:
        return
    share, amount = CHANGES[month.number]
    with month.opener()() as books:
        since = {"share_e6": share, "amount_minor": amount}
        tolerance(books, **since, valid_from=month.period.start, cite=f"annex {month.number}")
        # Dated back into a month that is sealed: it must not be explained by it.
        past = month.period.start - timedelta(days=90)
        tolerance(books, **since, valid_from=past, cite=f"annex {month.number}, since {past}")


def _claim(month: Month) -> None:
    day = month.period.start + timedelta(days=8)
    with month.opener()() as books:
        agreed = month.agreed(books)
        items = [done(performed_on=day), done(performed_on=day), done(performed_on=day)]
        sheet = {"month": month.period.label, "submitted_on": day}
        work = items_of(books, service_sheet(books, agreed, items, **sheet))
        waiting = _waiting(books, agreed, day, sheet)
        lines = [
            claimed(work[0], price="46.52"),
            claimed(work[1], quantity="41" if month.number % 2 else "40"),
            claimed(waiting, net_minor=186_000) if month.number % 4 == 1 else claimed(),
        ]
        _invoice(books, month, lines)


def _waiting(books: Books, agreed: Contract, day: date, sheet: dict[str, object]) -> WorkItem:
    """Work that nobody has accepted yet."""
    handed_in = {**sheet, "status": ServiceSheetStatus.SUBMITTED}
    items = [done(performed_on=day, accepted="0")]
    return items_of(books, service_sheet(books, agreed, items, **handed_in))[0]


def _claim_late(month: Month) -> None:
    with month.opener(9)() as books:
        query = select(WorkItem).where(
            col(WorkItem.performed_on) >= month.period.start, col(WorkItem.line) > 1
        )
        before, new = books.session.exec(query.order_by(col(WorkItem.line))).all()
        lines = [claimed(before), claimed(new, quantity="25"), claimed(new, quantity="25")]
        _invoice(books, month, lines)


def _invoice(books: Books, month: Month, lines: list[dict[str, object]]) -> None:
    dated = {"month": month.period.label, "issue_date": month.period.end}
    number = f"{books.key()}"
    told = {"number": number, "number_normalised": number}
    invoice(books, month.agreed(books), lines, **dated, **told)


def _accept_late(month: Month) -> None:
    """Accept, after the month was sealed, the work that was claimed too early."""
    with month.opener(20)() as books:
        query = select(ServiceSheet).where(
            col(ServiceSheet.status) == ServiceSheetStatus.SUBMITTED,
        )
        for sheet in books.session.exec(query).all():
            accept(books, sheet)


def _reopen(month: Month) -> None:
    with month.opener(12, "zhao.finance")() as books:
        sealed = books.session.exec(
            select(Reconciliation).where(
                col(Reconciliation.month) == month.period.label,
                col(Reconciliation.status) == ReconciliationStatus.SEALED,
                col(Reconciliation.version) == 1,
            )
        ).one()
        propose(books, sealed, "the supplier sent its own time sheets")
    _decide(month, "reopening", "wang.approver")
    sweep("reconciliation", month.opener(13))
    _decide(month, "exception", "zhao.finance")


def _decide(month: Month, kind: str, who: str) -> None:
    stage = f"{kind}s"
    if sweep(stage, month.opener(14)).waiting:
        reply(month.maker, kind, who, as_of=month.period.end + timedelta(days=14))
        sweep(stage, month.opener(14))
