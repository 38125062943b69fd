"""Time, expenses and rates: what must be true of what people who work by the hour hand in."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.rate_cards import RateDisagrees
from vendorops.invariants._rule import Invariant
from vendorops.stages.timesheets.entering import entries_sha256
from vendorops.tables import RateCard, TimeEntry, Timesheet
from vendorops.working.rates import rates_of


def _time_is_what_was_handed_in(books: Books) -> Iterator[str]:
    time: dict[int, list[tuple[date, str, int]]] = defaultdict(list)
    # As columns: an object for each of a year's entries takes most of the time.
    entries = select(
        col(TimeEntry.timesheet_id),
        col(TimeEntry.on_day),
        col(TimeEntry.kind),
        col(TimeEntry.quantity_e4),
    )
    for ident, day, kind, quantity in books.session.exec(entries):
        time[ident].append((day, kind, quantity))
    sheets = select(Timesheet.id, Timesheet.reference, Timesheet.entries_sha256)
    for ident, reference, told in books.session.exec(sheets.order_by(col(Timesheet.id))):
        if entries_sha256(time.pop(ident, [])) != told:
            yield reference
    yield from (f"time of no timesheet {ident}" for ident in time)


def _rates_agree(books: Books) -> Iterator[str]:
    for card in books.session.exec(select(RateCard).order_by(col(RateCard.id))):
        for number, entry in enumerate(rates_of(books, card).entries, start=1):
            try:
                entry.check(card.currency)
            except RateDisagrees:
                yield f"{card.reference} rate {number}"


INVARIANTS = (
    Invariant(
        "M60",
        "the time of every sheet is what the history saw handed in",
        _time_is_what_was_handed_in,
    ),
    Invariant(
        "M61",
        "nobody worked more hours than a day has, over all orders and suppliers",
        """
        SELECT w.reference || ' on ' || e.on_day FROM timeentry e
        JOIN timesheet t ON t.id = e.timesheet_id AND t.status <> 'rejected'
        JOIN workorder o ON o.id = e.work_order_id
        JOIN worker mine ON mine.id = o.worker_id
        JOIN (SELECT min(reference) AS reference, identifier_scheme, identifier_index
              FROM worker GROUP BY identifier_scheme, identifier_index) w
        ON w.identifier_scheme = mine.identifier_scheme
        AND w.identifier_index = mine.identifier_index
        WHERE e.kind NOT IN ('headcount_month', 'service_fee')
        GROUP BY w.reference, e.on_day HAVING sum(e.quantity_e4) > 240000
        """,
    ),
    Invariant(
        "M62",
        "a piece of reported time is shared out among its timesheets exactly, and never below 0",
        """
        SELECT i.reference FROM workitem i JOIN timeshare s ON s.work_item_id = i.id
        JOIN timesheet t ON t.id = s.timesheet_id
        GROUP BY i.id, i.reference, i.quantity_e4
        HAVING sum(CASE WHEN s.quantity_e4 > 0 THEN s.quantity_e4 ELSE 0 END) <> i.quantity_e4
        OR sum(CASE WHEN t.status <> 'rejected' THEN s.quantity_e4 ELSE 0 END) < 0
        """,
    ),
    Invariant(
        "M63",
        "what was gathered of a sheet and its corrections is what its pieces of work stand for",
        """
        SELECT r.reference || ' ' || both_sides.kind FROM (
          SELECT coalesce(t.root_id, t.id) AS root, e.kind AS kind, e.quantity_e4 AS much
          FROM timeentry e JOIN timesheet t ON t.id = e.timesheet_id
          WHERE t.gathered_on IS NOT NULL AND t.status <> 'rejected'
          UNION ALL
          SELECT coalesce(t.root_id, t.id), i.term, -s.quantity_e4
          FROM timeshare s JOIN timesheet t ON t.id = s.timesheet_id
          JOIN workitem i ON i.id = s.work_item_id WHERE t.status <> 'rejected'
        ) both_sides JOIN timesheet r ON r.id = both_sides.root
        GROUP BY r.id, r.reference, both_sides.kind HAVING sum(both_sides.much) <> 0
        """,
    ),
    Invariant(
        "M64",
        "a reversal takes back all of one sheet, and a sheet is corrected while one holds",
        """
        SELECT r.reference FROM timesheet r JOIN timeentry e
        ON e.timesheet_id IN (r.id, r.corrects_id) WHERE r.kind = 'reversal'
        GROUP BY r.id, r.reference, e.on_day, e.kind HAVING sum(e.quantity_e4) <> 0
        UNION SELECT t.reference FROM timesheet t
        WHERE t.status <> 'rejected' AND (t.status = 'corrected') <> (1 = (
            SELECT count(*) FROM timesheet r WHERE r.corrects_id = t.id
            AND r.kind = 'reversal' AND r.status <> 'rejected'))
        """,
    ),
    Invariant(
        "M65",
        "pay and mark-up of a rate make its bill rate, and none is above its own cap",
        _rates_agree,
    ),
    Invariant(
        "M66",
        "expenses are the sum of their lines, each reported once; a receipt counts on one sheet",
        """
        SELECT s.reference FROM expensesheet s WHERE s.total_minor <> (
            SELECT coalesce(sum(l.amount_minor), 0) FROM expenseline l
            WHERE l.expense_sheet_id = s.id)
        UNION SELECT s.reference FROM expensesheet s WHERE s.service_sheet_id IS NOT NULL
        AND s.total_minor <> (SELECT coalesce(sum(i.basis_minor), 0) FROM workitem i
            WHERE i.service_sheet_id = s.service_sheet_id)
        UNION SELECT min(s.reference) FROM expenseline l
        JOIN expensesheet s ON s.id = l.expense_sheet_id AND s.status <> 'rejected'
        WHERE l.receipt_sha256 <> '' GROUP BY l.receipt_sha256
        HAVING count(DISTINCT s.id) > 1
        """,
    ),
)
