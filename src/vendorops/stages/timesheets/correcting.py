"""Corrects time: all of a sheet is taken back, and another version stands in its place."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.documents import keep
from vendorops.documents.forms import Form, Words, read_form
from vendorops.domain.lifecycle import TimesheetStatus
from vendorops.domain.refusal import Refused
from vendorops.stages.timesheets.entering import Entry, bounds, entries_sha256, refuse_stranger
from vendorops.stages.timesheets.judging import Judged, judge
from vendorops.stages.timesheets.orders import orders_named
from vendorops.stages.timesheets.submitting import BadTime, EntryForm, claims, refuse
from vendorops.tables import TimeEntry, Timesheet, WorkOrder

REVERSAL, VERSION = "reversal", "version"


class NotCorrectable(Refused):
    """The sheet cannot be corrected as it stands."""


class CorrectionForm(Form):
    """What the time of a sheet should have been; without any entries it is taken back whole."""

    timesheet: Words
    reason: Words
    entries: tuple[EntryForm, ...] = ()


def correct(books: Books, data: bytes) -> Timesheet:
    """Enter a reversal of a sheet and its next version; return the version, else the reversal.

    Raises NotCorrectable where the sheet was corrected, rejected or waits for a buyer, and BadTime
    as a first hand-in does.
    """
    said = read_form(data, CorrectionForm, "correction")
    log.lock(books.session)
    wrong = books.named(Timesheet, said.timesheet)
    _refuse_state(wrong)
    order = books.get(WorkOrder, wrong.work_order_id)
    refuse_stranger(books, orders_named(books, [order.reference]).values())
    source = keep(books, data, f"correction of {wrong.reference}", ".yaml")
    before = entries_of(books, wrong)
    back = [(day, kind, -quantity) for day, kind, quantity in before]
    reversal = _enter(books, wrong, REVERSAL, (source, said.reason), back)
    books.move(wrong, TimesheetStatus.CORRECTED, because=f"{reversal.reference}: {said.reason}")
    if not said.entries:
        return reversal
    judged = judge(books, claims(order.reference, said.entries))
    refuse(judged)
    after = _entries(wrong, judged)
    if sorted(after) == sorted(before):
        raise NotCorrectable(f"{wrong.reference} says so already; there is nothing to correct")
    return _enter(books, wrong, VERSION, (source, said.reason), after)


def entries_of(books: Books, sheet: Timesheet) -> list[Entry]:
    """Return the time of a sheet in order."""
    query = select(TimeEntry).where(col(TimeEntry.timesheet_id) == sheet.id)
    found = books.session.exec(query.order_by(col(TimeEntry.on_day), col(TimeEntry.kind)))
    return [(row.on_day, row.kind, row.quantity_e4) for row in found]


def _refuse_state(sheet: Timesheet) -> None:
    name = sheet.reference
    if sheet.kind == REVERSAL:
        raise NotCorrectable(f"{name} takes time back; correct the version after it")
    if sheet.status == TimesheetStatus.CORRECTED:
        raise NotCorrectable(f"{name} was corrected before; correct its newest version")
    if sheet.status == TimesheetStatus.REJECTED:
        raise NotCorrectable(f"{name} was rejected; hand the time in anew")
    if sheet.status == TimesheetStatus.SUBMITTED and sheet.gathered_on:
        raise NotCorrectable(f"{name} waits for a buyer; correct it once that was decided")


def _entries(wrong: Timesheet, judged: Judged) -> list[Entry]:
    if judged.unchanged:
        line, sheet = next(iter(judged.unchanged.items()))
        raise BadTime(f"line {line}: is on {sheet} already; leave it out")
    span = bounds(wrong.period, wrong.starts_on)
    for row in judged.sound:
        if row.day not in span:
            raise BadTime(
                f"line {row.line}: {row.day} is not in the {wrong.period} {span} of"
                f" {wrong.reference}; hand it in on a sheet of its own"
            )
    return [(row.day, row.kind, row.quantity_e4) for row in judged.sound]


def _enter(
    books: Books, wrong: Timesheet, kind: str, told: tuple[str, str], entries: Sequence[Entry]
) -> Timesheet:
    root = books.get(Timesheet, wrong.root_id or wrong.id)
    version, times = _numbers(books, root, wrong)
    sheet = Timesheet(
        id=books.key(),
        reference=(
            f"{wrong.reference}C{times or ''}"
            if kind == REVERSAL
            else f"{root.reference}.{version}"
        ),
        work_order_id=wrong.work_order_id,
        kind=kind,
        version=version if kind == VERSION else wrong.version,
        root_id=root.id,
        corrects_id=wrong.id,
        period=wrong.period,
        starts_on=wrong.starts_on,
        ends_on=wrong.ends_on,
        month=wrong.month,
        entries_sha256=entries_sha256(entries),
        source_sha256=told[0],
        reason=told[1],
        submitted_by=books.actor,
        submitted_on=books.as_of,
    )
    books.enter(sheet, because=told[1])
    first = books.keys(len(entries))
    rows = [
        {
            "id": first + at,
            "timesheet_id": sheet.id,
            "work_order_id": sheet.work_order_id,
            "on_day": day,
            "kind": code,
            "quantity_e4": quantity,
        }
        for at, (day, code, quantity) in enumerate(entries)
    ]
    books.session.execute(insert(TimeEntry), rows)
    return sheet


def _numbers(books: Books, root: Timesheet, wrong: Timesheet) -> tuple[int, int]:
    """Return the number of the next version, and how often a sheet was taken back before."""
    query = select(Timesheet).where(col(Timesheet.root_id) == root.id)
    chain = list(books.session.exec(query))
    back = [one for one in chain if one.kind == REVERSAL and one.corrects_id == wrong.id]
    return max((one.version for one in chain if one.kind == VERSION), default=0) + 1, len(back)
