"""Credits time that was accepted and then taken back, at the price it was accepted at."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, func, or_, select

from vendorops.books import Books
from vendorops.domain.lifecycle import TimesheetStatus
from vendorops.domain.measure import extended, price_text, quantity_text
from vendorops.domain.money import total
from vendorops.stages.timesheets.pricing import Piece
from vendorops.tables import Contract, TimeShare, Timesheet, WorkItem
from vendorops.working.crediting import Credit, raise_credit

KIND = "correction"


@dataclass(frozen=True)
class Taken:
    """So much of a piece of work that is no longer reported, and what of it was accepted."""

    item: WorkItem
    quantity_e4: int
    accepted_before: int
    accepted_after: int

    @property
    def credit_minor(self) -> int:
        """What its accepted amount falls by; rounded as the amounts themselves are."""
        before, after = (
            extended(quantity, self.item.price_e6, self.item.currency)
            for quantity in (self.accepted_before, self.accepted_after)
        )
        return (before - after).minor


def take_back(
    books: Books, contract: Contract, reversal: Timesheet, pieces: Sequence[Piece]
) -> None:
    """Take less time than was reported off the newest work of a sheet, and raise what is owed."""
    left = _left(books, reversal)
    taken: list[Taken] = []
    for piece in pieces:
        taken += _take(books, left, piece)
    owed = [one for one in taken if one.credit_minor]
    net = total(
        [
            extended(0, 0, contract.currency),
            *(
                extended(one.accepted_before, one.item.price_e6, contract.currency)
                - extended(one.accepted_after, one.item.price_e6, contract.currency)
                for one in owed
            ),
        ],
        contract.currency,
    )
    memo = None
    if net:
        memo = raise_credit(
            books,
            contract,
            Credit(
                kind=KIND,
                month=reversal.month,
                source=reversal,
                net=net,
                sentence=(
                    f"{reversal.reference} takes back time that was accepted: {reversal.reason}"
                ),
                basis={"timesheet": reversal.reference, "lines": [_told(one) for one in owed]},
                raised_by=reversal.submitted_by,
            ),
        )
    for one in taken:
        books.enter(
            TimeShare(
                id=books.key(),
                timesheet_id=reversal.id,
                work_item_id=one.item.id,
                quantity_e4=-one.quantity_e4,
                credit_memo_id=memo.id if memo else None,
            )
        )


def _left(books: Books, reversal: Timesheet) -> dict[int, int]:
    """Return how much each piece of work still stands for time of this sheet, newest first."""
    of_it = or_(col(Timesheet.id) == reversal.root_id, col(Timesheet.root_id) == reversal.root_id)
    query = (
        select(TimeShare.work_item_id, func.sum(TimeShare.quantity_e4))
        .join(Timesheet, col(Timesheet.id) == col(TimeShare.timesheet_id))
        .where(of_it, col(Timesheet.status) != TimesheetStatus.REJECTED.value)
        .group_by(col(TimeShare.work_item_id))
        .order_by(col(TimeShare.work_item_id).desc())
    )
    return {ident: int(left) for ident, left in books.session.exec(query) if left > 0}


def _take(books: Books, left: dict[int, int], piece: Piece) -> list[Taken]:
    """Take a quantity off work of the same kind, first what was priced alike, newest first."""
    wanted = -piece.quantity_e4
    items = [books.get(WorkItem, ident) for ident in left]
    alike = [item for item in items if item.term == piece.kind]
    alike.sort(key=lambda item: item.price_e6 != piece.price_e6)
    found: list[Taken] = []
    for item in alike:
        quantity = min(wanted, left[item.id])
        if quantity:
            left[item.id] -= quantity
            wanted -= quantity
            found.append(_taken(books, item, quantity, found))
    return found


def _taken(books: Books, item: WorkItem, quantity: int, before: Sequence[Taken]) -> Taken:
    counted: dict[int, int] = defaultdict(int)
    for one in before:
        counted[one.item.id] += one.quantity_e4
    query = (
        select(func.coalesce(func.sum(TimeShare.quantity_e4), 0))
        .join(Timesheet, col(Timesheet.id) == col(TimeShare.timesheet_id))
        .where(
            col(TimeShare.work_item_id) == item.id,
            col(Timesheet.status) != TimesheetStatus.REJECTED.value,
        )
    )
    reported = int(books.session.exec(query).one()) - counted[item.id]
    return Taken(
        item,
        quantity,
        min(item.accepted_e4, reported),
        min(item.accepted_e4, reported - quantity),
    )


def _told(one: Taken) -> dict[str, str]:
    return {
        "work": one.item.reference,
        "accepted": quantity_text(one.accepted_before),
        "then": quantity_text(one.accepted_after),
        "price": price_text(one.item.price_e6),
        "credit": f"{one.credit_minor}",
    }
