"""The first supplier that may represent a candidate owns him; a later one gets a duplicate."""

from datetime import date, timedelta
from random import Random
from threading import Barrier, Thread

import pytest
from sqlmodel import select

from tests.stages.sourcing.line import FIRST, SECOND, both_at_once
from vendorops.tables import (
    Submission,
)
from vendorops.working import sourcing
from vendorops.working.sourcing.admitting import (
    OwnCandidateTwice,
)
from vendorops.working.sourcing.owning import OWNED_DAYS
from vendorops.working.sourcing.states import TooLate

DAYS = OWNED_DAYS.on(date(2026, 11, 4))


def test_a_later_supplier_gets_a_duplicate_that_names_what_owns_the_candidate(line):
    line.open(**both_at_once())
    first = line.submit(FIRST)
    line.wait(hours=4)

    second = line.submit(SECOND)

    row = line.seen(Submission, second)
    assert row.status == "duplicate"
    assert row.duplicate_of_id == line.seen(Submission, first).id
    assert row.ended_because == (
        "SUB-2026-000001 of SUP-2026-000001 came first, on 2026-11-04 01:00 UTC, and owns the"
        " candidate for this requisition until 2027-02-02"
    )
    with line.books() as books, pytest.raises(TooLate, match=r"is duplicate .*came first"):
        sourcing.shortlist(books, second, "suits all the same")


def test_of_two_suppliers_at_the_same_instant_exactly_one_owns_the_candidate(line):
    line.open(**both_at_once())
    gate, failed = Barrier(2), []

    def submit(who):
        try:
            gate.wait()
            line.submit(who)
        except Exception as problem:  # noqa: BLE001 - the test tells of it.
            failed.append(problem)

    threads = [Thread(target=submit, args=(who,)) for who in (FIRST, SECOND)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    with line.books("reader") as books:
        assert sorted(row.status for row in books.session.exec(select(Submission))) == [
            "duplicate",
            "submitted",
        ]


def test_a_candidate_owned_for_one_requisition_is_free_for_another(line):
    line.open(**both_at_once())
    line.open(**both_at_once())
    line.submit(FIRST)

    other = line.submit(SECOND, requisition="REQ-2026-000002")

    assert line.status(other) == "submitted"


def test_ownership_follows_the_days_and_what_became_of_the_candidate_whoever_asks(line):
    """An oracle of its own tells who holds the candidate from the steps alone."""
    late = {"deadline": "2027-09-01", "starts_on": "2027-09-02"}
    held: dict[str, list[tuple[str, str, date]]]
    held = {line.open(**both_at_once(**late)): [] for _ in range(4)}
    random, seen = Random(4), set()

    for _ in range(6):
        line.wait(days=random.choice([1, DAYS // 2 + 1]))
        for requisition, before in held.items():
            before.append(_proposed(line, random, requisition, before))
            seen.add(before[-1][1])

    assert seen == {"live", "rejected", "withdrawn", "refused", "duplicate"}


def _proposed(line, random, requisition, before):
    """Let one of two suppliers propose the candidate; return who, what came of it, until when."""
    who, today = random.choice([FIRST, SECOND]), line.now.date()
    owned = any(how == "live" or (how == "rejected" and today < end) for _, how, end in before)
    again = any(by == who and how != "withdrawn" for by, how, _ in before)
    if owned and again:
        with pytest.raises(OwnCandidateTwice):
            line.submit(who, requisition=requisition)
        return who, "refused", today
    reference = line.submit(who, requisition=requisition)
    assert line.status(reference) == ("duplicate" if owned else "submitted")
    how = "duplicate" if owned else random.choice(["live", "rejected", "rejected", "withdrawn"])
    _end(line, reference, how)
    return who, how, today + timedelta(days=DAYS)


def _end(line, reference, how):
    with line.books() as books:
        if how == "rejected":
            sourcing.reject(books, reference, "as the test wants it")
        if how == "withdrawn":
            sourcing.withdraw(books, reference, "as the test wants it")


def test_a_supplier_proposes_a_candidate_once_and_again_after_it_let_him_go(line):
    line.open(**both_at_once())
    first = line.submit(FIRST)

    with pytest.raises(OwnCandidateTwice, match="SUB-2026-000001 is submitted"):
        line.submit(FIRST)
    line.submit(SECOND)
    with pytest.raises(OwnCandidateTwice, match="SUB-2026-000002 is duplicate"):
        line.submit(SECOND)
    with line.books(FIRST) as books:
        sourcing.withdraw(books, first, "he changed his mind")
    again = line.submit(FIRST)

    assert line.status(again) == "submitted"
