import pytest
from sqlalchemy import event

from tests.approvals.asking import ask, person
from vendorops.books.inbox import Inbox, Wanted
from vendorops.domain.money import Money


@pytest.fixture
def busy(lend):
    """Questions to approvers of two limits, and to the tax desk."""
    with lend()() as books:
        person(books, "low", limit=50_00)
        person(books, "high", limit=500_00)
        person(books, "tina", role="tax")
    little, much = Money(10_00, "EUR"), Money(100_00, "EUR")
    ask(lend, kind="kind0", amount=little)
    ask(lend, kind="kind1", amount=much)
    ask(lend, kind="kind2", role="tax")
    ask(lend, kind="kind3", amount=little, not_by=("low", "x"))
    return lend


@pytest.mark.parametrize(
    ("wanted", "kinds"),
    [
        (Wanted(), ["kind0", "kind1", "kind2", "kind3"]),
        (Wanted(able="low"), ["kind0"]),
        (Wanted(able="high"), ["kind1", "kind3", "kind0"]),
        (Wanted(able="tina"), ["kind2"]),
        (Wanted(able="nobody"), []),
        (Wanted(owner="high"), ["kind1", "kind3"]),
        (Wanted(kind="kind2"), ["kind2"]),
        (Wanted(role="approver", limit=1, offset=1), ["kind1"]),
        (Wanted(overdue=True), []),
    ],
)
def test_the_inbox_shows_what_one_may_answer_and_ones_own_first(busy, wanted, kinds):
    with busy()() as books:
        assert [row.kind for row in Inbox(books).page(wanted)] == kinds


def test_the_inbox_counts_what_is_on_all_pages(busy):
    with busy()() as books:
        assert Inbox(books).count(Wanted(role="approver", limit=1)) == 3


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(able="high"), Wanted(overdue=True)])
def test_a_page_takes_as_many_queries_however_much_waits(busy, wanted):
    def queries():
        seen = []
        with busy()() as books:
            connection = books.session.connection()
            event.listen(connection, "before_cursor_execute", lambda *told: seen.append(told))
            inbox = Inbox(books)
            for row in inbox.page(wanted):
                inbox.deputies(row.owner, row.role)
            inbox.count(wanted)
        return len(seen)

    few = queries()
    for number in range(5):
        ask(busy, kind=f"more{number}")

    assert queries() == few
    assert few <= 5
