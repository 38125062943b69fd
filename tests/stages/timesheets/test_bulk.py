"""Time in bulk: all of it or what is in order, and the same rows as by single sheets."""

from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.make import staffing
from tests.soundness import broken
from tests.stages.timesheets.month import REGULAR, gathered
from vendorops.domain.delimited import BadTable
from vendorops.stages.timesheets import ALL, PARTIAL, Import, load, submit
from vendorops.stages.timesheets.entering import bounds
from vendorops.tables import TimeEntry, Timesheet

DAY = "2026-10-12"


@pytest.fixture
def orders(opener):
    """Two orders of two people."""
    with opener()() as books:
        contract = staffing.agency(books)
        return [staffing.assignment(books, contract, number=number) for number in (1, 2)]


def loaded(opener, data, mode=ALL, who="he.hengxin", suffix=".csv"):
    found = load(opener(actor=who), data, suffix, Import(mode, "week"))
    return [(one.line, one.outcome, one.reason[:40]) for one in found]


def entered(opener):
    """What is in the books, without what is minted."""
    with opener()() as books:
        return seen(books)


def seen(books):
    left_out = {"id", "source_sha256", "timesheet_id"}
    entries = make.rows_of(books, TimeEntry)
    return [
        (
            sheet.model_dump(exclude=left_out),
            [row.model_dump(exclude=left_out) for row in entries if row.timesheet_id == sheet.id],
        )
        for sheet in make.rows_of(books, Timesheet)
    ]


def test_a_file_becomes_a_sheet_for_each_order_and_week(opener, orders):
    one, two = orders
    data = staffing.time_file(
        (one, DAY, REGULAR, "8"), (two, DAY, REGULAR, "7.5"), (one, "2026-10-13", REGULAR, "8"),
        (one, "2026-10-19", REGULAR, "8"),
    )  # fmt: skip

    assert {outcome for _, outcome, _ in loaded(opener, data)} == {"entered"}

    with opener()() as books:
        sheets = make.rows_of(books, Timesheet)
        assert [(row.work_order_id, row.starts_on.day) for row in sheets] == [
            (one.id, 12),
            (one.id, 19),
            (two.id, 12),
        ]
    assert gathered(opener) == [
        (REGULAR, "2026-10-19", "24", "52.00"),
        (REGULAR, DAY, "7.5", "52.00"),
    ]


def test_all_or_nothing_enters_nothing_and_tells_of_every_line(opener, orders):
    data = staffing.time_file(
        (orders[0], DAY, REGULAR, "8"), (orders[0], "2026-09-12", REGULAR, "8"),
        (orders[1], DAY, "moonlight", "8"),
    )  # fmt: skip

    assert loaded(opener, data) == [
        (2, "held", "nothing is wrong here; it is entered onc"),
        (3, "refused", "2026-09-12 is outside WO-2026-000001, wh"),
        (4, "refused", "'moonlight' is no kind of time; write on"),
    ]
    assert entered(opener) == []


def test_a_partial_import_enters_what_is_in_order_and_given_again_changes_nothing(opener, orders):
    one, two = orders
    wrong = staffing.time_file((one, DAY, REGULAR, "8"), (two, DAY, REGULAR, "25"))
    right = staffing.time_file((one, DAY, REGULAR, "8"), (two, DAY, REGULAR, "7"))

    assert [told[1] for told in loaded(opener, wrong, PARTIAL)] == ["entered", "refused"]
    before = entered(opener)
    assert [told[1] for told in loaded(opener, wrong, PARTIAL)] == ["unchanged", "refused"]
    assert entered(opener) == before
    assert [told[1] for told in loaded(opener, right, PARTIAL)] == ["unchanged", "entered"]
    assert [told[1] for told in loaded(opener, right)] == ["unchanged", "unchanged"]


def test_lines_that_clash_are_all_refused_because_nobody_knows_which_is_right(opener, orders):
    with opener()() as books:
        elsewhere = staffing.assignment(books, staffing.agency(books))
    data = staffing.time_file(
        (orders[0], DAY, REGULAR, "8"), (elsewhere, DAY, REGULAR, "8"),
        (orders[1], DAY, REGULAR, "16"), (orders[1], DAY, "overtime_hours", "8.5"),
    )  # fmt: skip

    told = loaded(opener, data, PARTIAL, "lin.buyer")

    assert [(line, outcome) for line, outcome, _ in told] == [
        (line, "refused") for line in (2, 3, 4, 5)
    ]


def test_a_suppliers_person_enters_lines_of_that_supplier_only(opener, orders):
    with opener()() as books:
        elsewhere = staffing.assignment(books, staffing.agency(books), number=3)
    data = staffing.time_file((orders[0], DAY, REGULAR, "8"), (elsewhere, DAY, REGULAR, "8"))

    told = loaded(opener, data, PARTIAL)

    assert [one[1:] for one in told] == [
        ("entered", ""),
        ("refused", "he.hengxin does not belong to SUP-2026-0"),
    ]


def test_a_workbook_is_read_as_text_and_its_formulas_are_not_believed(opener, orders, tmp_path):
    path = tmp_path / "time.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Work_Order", "Day", "Kind", "Quantity"])
        sheet.write_row(1, 0, [orders[0].reference, DAY, REGULAR, 7.5])
        sheet.write_row(2, 0, [orders[1].reference, DAY, REGULAR])
        sheet.write_formula(2, 3, "=4+4", value=8)

    told = loaded(opener, path.read_bytes(), PARTIAL, suffix=".xlsx")

    assert told == [
        (2, "entered", ""),
        (3, "refused", "column quantity is a formula, which is n"),
    ]


OTHER_COLUMNS = {
    b"work_order,day,kind\nWO-1,2026-10-12,regular_hours": "the columns of time are",
    b"work_order,day,kind,quantity,bonus\n": "'bonus'",
    b"": "the file has none",
}


def test_a_file_of_other_columns_is_refused_whole(opener):
    for data, sentence in OTHER_COLUMNS.items():
        with pytest.raises(BadTable, match=sentence):
            loaded(opener, data)


def test_a_line_of_too_many_cells_is_refused_alone(opener, orders):
    data = staffing.time_file((orders[0], DAY, REGULAR, "8")) + b"\nWO-1,2026-10-12,x,8,9\n\n"

    assert [told[1] for told in loaded(opener, data, PARTIAL)] == ["entered", "refused"]
    assert entered(opener)


class UndoneError(Exception):
    """Nothing of this transaction is to be kept."""


def forms(orders, told):
    """Return the time of each order and week as a single sheet, in the order of a file's."""
    weeks: dict[Any, list[tuple[str, str, str]]] = {}
    for at, day, kind, much in told:
        start = bounds("week", date.fromisoformat(day)).start
        weeks.setdefault((at, start), []).append((day, kind, much))
    return [staffing.time_form(orders[at], *weeks[at, start]) for at, start in sorted(weeks)]


KINDS = st.sampled_from([REGULAR, "overtime_hours", "double_hours"])
DAYS = st.dates(date(2026, 10, 1), date(2026, 11, 3)).map(str)
TIME = st.dictionaries(
    st.tuples(st.integers(0, 1), DAYS, KINDS),
    st.integers(1, 80_000).map(lambda e4: f"{e4 / 10_000:.4f}"),
    min_size=1,
    max_size=25,
)


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(time=TIME)
def test_the_bulk_path_and_the_single_path_leave_the_same_rows(opener, orders, time):
    told = [(*key, much) for key, much in time.items()]
    rows = [(orders[at], day, kind, much) for at, day, kind, much in told]
    with pytest.raises(UndoneError), opener(actor="he.hengxin")() as books:
        load(lambda: nullcontext(books), staffing.time_file(*rows), ".csv", Import(ALL, "week"))
        together = seen(books)
        assert broken(books) == []
        raise UndoneError
    with pytest.raises(UndoneError), opener(actor="he.hengxin")() as books:
        for form in forms(orders, told):
            submit(books, form)
        assert seen(books) == together
        raise UndoneError
