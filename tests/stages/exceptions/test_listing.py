"""Open exceptions are listed page by page, and summed over all of them."""

from datetime import date

import pytest
from sqlalchemy import event

from tests.make import claimed, only, people, reply
from tests.stages.reconciliation.entered import again, enter, whole
from vendorops.stages import sweep
from vendorops.stages.exceptions.listing import Wanted, page, sums
from vendorops.tables import Supplier

LATER = date(2026, 11, 26)


@pytest.fixture
def month(opener):
    """Two suppliers: one claims work nobody knows and too much, the other too high a price."""
    with opener()() as books:
        people(books)
        first = enter(books, whole(0), lambda works: claimed(works[1], "50"))
        again(books, first, claimed(), claimed())
        enter(books, lambda works: claimed(works[0], price="50.00"))
    sweep("reconciliation", opener())
    sweep("exceptions", opener())
    return opener


def listed(opener, wanted):
    with opener(as_of=LATER)() as books:
        return [(row.reason, row.amount_minor) for row in page(books, wanted)]


ALL = [
    ("quantity_above_accepted", 46_500),
    ("no_reference", 186_000),
    ("no_reference", 186_000),
    ("price_above_term", 14_000),
]


def test_what_is_disputed_is_listed_with_who_is_asked_about_it(month):
    assert sorted(listed(month, Wanted())) == sorted(ALL)
    with month(as_of=LATER)() as books:
        for row in page(books, Wanted()):
            assert row.decision.startswith("DEC-")
            assert row.role == "finance"


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted(reason="no_reference"), 2),
        (Wanted(supplier="nobody"), 0),
        (Wanted(month="2026-10"), 4),
        (Wanted(month="2026-09"), 0),
        (Wanted(currency="CNY", least_minor=46_500), 3),
        (Wanted(currency="EUR"), 0),
        (Wanted(owner="nobody"), 0),
        (Wanted(days=20), 4),
        (Wanted(days=60), 0),
    ],
)
def test_exceptions_are_filtered_by_owner_age_and_more(month, wanted, count):
    assert len(listed(month, wanted)) == count


def test_those_of_one_supplier_or_one_owner_are_found(month):
    with month(as_of=LATER)() as books:
        rows = page(books, Wanted())
        supplier = only(books, Supplier, reference=rows[0].supplier)
        mine = page(books, Wanted(supplier=supplier.reference))
        owned = page(books, Wanted(owner=rows[0].owner))

    assert {row.supplier for row in mine} == {supplier.reference}
    assert 0 < len(mine) < len(rows)
    assert {row.owner for row in owned} == {rows[0].owner}


def test_pages_follow_one_another_and_the_sums_are_of_all_of_them(month):
    pages = [listed(month, Wanted(limit=3)), listed(month, Wanted(limit=3, offset=3))]

    assert [len(each) for each in pages] == [3, 1]
    assert pages[0] + pages[1] == listed(month, Wanted())
    with month(as_of=LATER)() as books:
        told = {row.reason: (row.many, int(row.minor)) for row in sums(books, Wanted(limit=1))}
    assert told["no_reference"] == (2, 372_000)
    assert sum(many for many, _ in told.values()) == len(ALL)


def test_what_is_decided_is_no_longer_listed(month):
    reply(month, "exception", "zhao.finance", "reject")
    sweep("exceptions", month())

    assert listed(month, Wanted()) == []


def test_a_page_takes_as_many_queries_however_much_is_open(month):
    asked = []
    with month(as_of=LATER)() as books:
        connection = books.session.connection()
        event.listen(connection, "before_cursor_execute", lambda *_: asked.append(1))
        page(books, Wanted())
        sums(books, Wanted())

    assert len(asked) == 2
