"""What was entered and answered: the rows must still say what the history saw them say."""

from collections.abc import Iterator

from sqlmodel import col, select

from vendorops.books import Books, content_sha256, name_of
from vendorops.books.questions import answer_sha256
from vendorops.books.unit import fixed_content
from vendorops.invariants._rule import Invariant
from vendorops.invariants._together import Covered, with_rows
from vendorops.tables import Decision, Event, Row


def _entered_as_they_stand(books: Books) -> Iterator[str]:
    seen, together = _told(books, "entered"), Covered(books)
    for table in with_rows(books, filter(_is_witnessed, Row.__subclasses__())):
        name = table.__name__.lower()
        for row in books.session.exec(select(table)):
            if together.holds(name, row.id):
                continue  # Its block is asked as a whole, see S130.
            _, told = seen.get((name, row.id), ("", ""))
            if told != content_sha256(fixed_content(row)):
                yield f"{name} {name_of(row)}"


def _is_witnessed(table: type[Row]) -> bool:
    return table.witnessed or hasattr(table, "states")


def _answered_as_they_stand(books: Books) -> Iterator[str]:
    seen = _told(books, "moved", after="answered")
    for row in books.session.exec(select(Decision).where(col(Decision.answer) != "")):
        if seen.get(("decision", row.id)) != (row.answered_by, answer_sha256(row)):
            yield row.reference


def _told(books: Books, action: str, *, after: str = "") -> dict[tuple[str, int], tuple[str, str]]:
    """Return actor and content hash by subject, as the history has them."""
    query = select(Event.subject_table, Event.subject_id, Event.actor, Event.content_sha256).where(
        col(Event.action) == action
    )
    if after:
        query = query.where(col(Event.after) == after)
    return {
        (table, ident): (actor, content)
        for table, ident, actor, content in books.session.exec(query)
    }


INVARIANTS = (
    Invariant(
        "S17",
        "terms, caps, tolerances, grants and figures are what the history saw entered",
        _entered_as_they_stand,
    ),
    Invariant(
        "S18",
        "every answer is the one the history saw given, by who gave it",
        _answered_as_they_stand,
    ),
)
