"""A number that is refused is not repeated: not to the person, not in the books."""

import sqlite3
from contextlib import closing

import pytest
import yaml
from sqlmodel import select

from vendorops.demo import story
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.stages.onboarding import apply, load_company
from vendorops.tables import CheckFinding

APPLICATIONS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((story.SAMPLES / "applications").iterdir())
}
IDENTITY, ACCOUNT, LICENCE = ("party", "identifier"), ("bank_account",), ("documents", 0)


@pytest.fixture
def founded(opener):
    """Our company is there, so that somebody can apply."""
    with opener(story.APPLIED)() as books:
        load_company(books, (story.SAMPLES / "company.yaml").read_bytes())
    return opener


def _holder(application, where):
    for name in where:
        application = application[name]
    return application


def _with_number(name, where, number):
    """Return an application of the samples with another number in it."""
    application = yaml.safe_load(yaml.safe_dump(APPLICATIONS[name]))
    _holder(application, where)["number"] = number
    return yaml.safe_dump(application, allow_unicode=True).encode()


def _mistyped(number):
    """Return the number as somebody types it wrong: one character is left out."""
    return number[:7] + number[8:]


@pytest.mark.parametrize(
    ("name", "where"),
    [*((name, IDENTITY) for name in APPLICATIONS), ("freelance", ACCOUNT)],
)
def test_a_mistyped_number_is_refused_without_being_repeated(founded, settings, name, where):
    number = str(_holder(APPLICATIONS[name], where)["number"])
    wrong = _mistyped(number)

    with pytest.raises(Refused) as refused, founded(story.APPLIED)() as books:
        apply(books, _with_number(name, where, wrong), story.SAMPLES / "documents")

    assert number not in str(refused.value)
    assert wrong not in str(refused.value)
    assert wrong.encode() not in _on_disk(settings)


def test_a_number_that_is_not_the_one_in_the_papers_is_found_but_not_named(founded, settings):
    other = str(_holder(APPLICATIONS["bpo"], IDENTITY)["number"])
    with founded(story.APPLIED)() as books:
        apply(books, _with_number("rpo", LICENCE, other), story.SAMPLES / "documents")

    sweep("onboarding", founded(story.APPLIED, "system:onboarding"))

    with founded(story.APPLIED)() as books:
        found = {finding.code for finding in books.session.exec(select(CheckFinding))}
    assert "document-number-differs" in found
    assert other.encode() not in _on_disk(settings)


def _on_disk(settings):
    """Return the database as it lies there, with what was not moved into it yet."""
    with closing(sqlite3.connect(settings.home / "books.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return b"".join(path.read_bytes() for path in settings.home.glob("books.db*"))
