"""Many acceptances from one table: whole sheets, all or those in order, again for nothing."""

import pytest
from sqlmodel import select

from tests import make
from vendorops.domain.importing import ALL, PARTIAL
from vendorops.gateways.spreadsheet import Sheet, SheetRow
from vendorops.stages import sweep
from vendorops.stages.acceptance import bulk
from vendorops.tables import ServiceSheet


@pytest.fixture
def works(opener):
    """Return the references of two sheets of two pieces of work each, put before a buyer."""
    with opener()() as books:
        make.people(books)
        contract = make.contract(books)
        sheets = [
            make.service_sheet(
                books,
                contract,
                [make.done(hours, accepted="0"), make.done("2", accepted="0")],
                status=None,
            )
            for hours in ("40", "8")
        ]
        found = [[item.reference for item in make.items_of(books, sheet)] for sheet in sheets]
    sweep("acceptance", opener())
    return found


def table(*rows):
    cells = [("work", "accepted", "reason"), *rows]
    return [Sheet("", tuple(SheetRow(at, row, {}) for at, row in enumerate(cells, start=1)))]


def given(opener, mode, *rows):
    said = bulk.rows_of(table(*rows))
    results = bulk.accept_many(opener(actor="lin.buyer"), said, mode)
    sweep("acceptance", opener())
    return [result.outcome for result in results]


def statuses(opener):
    with opener()() as books:
        return sorted(books.session.exec(select(ServiceSheet.status)))


def whole(works):
    return [(name, "2", "seen") for sheet in works for name in sheet]


def test_a_table_of_all_accepts_what_it_says_and_again_changes_nothing(opener, works):
    rows = whole(works)

    first, second = given(opener, ALL, *rows), given(opener, ALL, *rows)

    assert (set(first), set(second)) == ({"answered"}, {"unchanged"})
    assert statuses(opener) == ["partly_accepted", "partly_accepted"]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (("WRK-2026-999999", "1", "x"), "no such work"),
        ((None, "3", "x"), "is there twice"),
    ],
)
def test_all_or_nothing_names_the_row_and_answers_nothing(opener, works, wrong, why):
    rows = [*whole(works), (wrong[0] or works[0][0], *wrong[1:])]

    with pytest.raises(bulk.NotAllInOrder, match=why):
        given(opener, ALL, *rows)

    assert statuses(opener) == ["submitted", "submitted"]


@pytest.mark.parametrize("quantity", ["41", "-1", "1.00001", "many"])
def test_in_part_a_sheet_with_a_wrong_quantity_waits_and_the_other_is_answered(
    opener, works, quantity
):
    rows = [(works[0][0], quantity, "x"), (works[0][1], "2", "x")]
    rows += [(name, "2", "seen") for name in works[1]]

    outcomes = given(opener, PARTIAL, *rows)

    assert outcomes in (["refused", "refused", "answered", "answered"], ["answered"] * 4)
    assert "submitted" in statuses(opener)
    assert "partly_accepted" in statuses(opener)


def test_a_sheet_that_is_not_listed_whole_is_not_answered(opener, works):
    outcomes = given(opener, PARTIAL, (works[0][0], "1", "x"))

    assert outcomes == ["refused"]


def test_nothing_accepted_of_a_sheet_rejects_it(opener, works):
    given(opener, ALL, *[(name, "0", "not done") for name in works[0]])

    assert statuses(opener) == ["rejected", "submitted"]


def test_who_reported_the_work_cannot_accept_it_in_bulk(opener, works):
    with opener()() as books:
        make.person(books, "he.hengxin")
        make.grant(books, "he.hengxin", "buyer")
    said = bulk.rows_of(table(*whole(works)))

    results = bulk.accept_many(opener(actor="he.hengxin"), said, PARTIAL)

    assert {result.outcome for result in results} == {"refused"}


def test_a_table_without_its_columns_is_refused_by_their_names():
    with pytest.raises(bulk.BadTable, match="lacks accepted, reason"):
        bulk.rows_of([Sheet("", (SheetRow(1, ("work",), {}),))])
