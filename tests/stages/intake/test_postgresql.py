"""Opening, reviewing and mapping in the database that grows."""

from dataclasses import replace
from datetime import UTC, datetime, time
from functools import partial

import pytest
from sqlmodel import select

from tests import make
from tests.gateways import containers as made
from tests.stages.intake.claims import known, paper, written
from tests.stages.intake.pdfs import printed
from vendorops.books import Terms, migrate, open_books
from vendorops.books.engine import engine
from vendorops.invariants import check, every
from vendorops.stages import sweep
from vendorops.stages.intake import receive
from vendorops.tables import ReceivedFile


@pytest.fixture
def opener(settings, new_database):
    """As `opener` everywhere, on PostgreSQL."""
    other = replace(settings, database=new_database())
    migrate.upgrade(other)

    def make_opener(as_of=make.AS_OF, actor="system:test"):
        instant = datetime.combine(as_of, time(9), UTC)
        return partial(open_books, other, Terms(as_of, actor, lambda: instant))

    yield make_opener
    engine(other).dispose()


def test_a_mail_is_opened_booked_and_asked_about_on_postgresql_too(opener):
    with opener()() as books:
        make.people(books)
        claim = written("ubl", paper(known(books)))
        mail = made.mail(("a.zip", made.archive({"a.xml": claim})), ("b.pdf", printed()))
        receive(books, mail, "IN 1.eml")

    for _ in range(4):
        assert sweep("intake", opener()).refused == []

    with opener()() as books:
        found = {row.name: row.status for row in books.session.exec(select(ReceivedFile))}
        assert found == {
            "IN 1.eml": "opened",
            "a.zip": "opened",
            "a.xml": "booked",
            "b.pdf": "in_review",
        }
        rules = [rule for rule in every() if rule.code in ("M33", "M34")]
        assert [check(books, rule) for rule in rules] == [[], []]
