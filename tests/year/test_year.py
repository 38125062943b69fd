"""A simulated year through the stages, against what the raw facts alone come to."""

import gc
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from random import Random
from time import perf_counter, process_time

import pytest
from sqlmodel import select

from tests.soundness import broken
from tests.year.drawing import Size, draw, months
from tests.year.driving import Year
from tests.year.facts import Facts
from tests.year.independent import Paid, expected
from tests.year.verifying import copied, verified
from vendorops.books import Opener
from vendorops.tables import Settlement

SEED = 8
SMALL = Size(agencies=3, people_each=14, recruiters=3, outsourcers=3, freelancers=3, months=6)
WHOLE = Size(agencies=120, people_each=36, recruiters=40, outsourcers=40, freelancers=100)
SAMPLED = 50
LAST = 12
"""In how many parts the last month is verified: the rules are not equally dear."""


def tell(what: str) -> None:
    """Say how it goes, to whoever runs pytest with -s."""
    print(what, flush=True)  # noqa: T201 - the report.


def settlements(opener: Opener, year: Year) -> dict[tuple[int, str], Paid]:
    """Return what the books settled, by number of the supplier and month."""
    number_of = {each.contract_id: each.number for each in year.partners.values()}
    with opener() as books:
        rows = books.session.exec(select(Settlement)).all()
        assert {row.status for row in rows} == {"sealed"}
        found = {
            (number_of[row.contract_id], row.month): Paid(
                row.net_minor, row.tax_minor, row.withheld_minor
            )
            for row in rows
        }
        assert len(found) == len(rows)
    return found


def wanted(facts: Facts, size: Size) -> dict[tuple[int, str], Paid]:
    """Return the same from the facts alone."""
    labels = months(size)
    return {
        (number, label): paid
        for number, due in expected(facts).items()
        for label, paid in due.items()
        if label in labels
    }


def happened(facts: Facts) -> Mapping[str, bool]:
    """Return what a year is drawn for, and whether it came about in it."""
    stints = [stint for agency in facts.agencies for stint in agency.stints]
    hired = [one for recruiter in facts.recruiters for one in recruiter.hired]
    milestones = [one for each in facts.outsourcers for one in each.milestones]
    tasks = [task for each in facts.freelancers for task in each.tasks]
    wrong = [one for agency in facts.agencies for one in agency.corrected.values()]
    hours = {(s.person, day): normal for s in stints for day, normal, _ in s.hours}
    differences = [one.hundredths - hours[one.person, one.day] for one in wrong]
    return {
        "people leave": any(stint.leaves_on for stint in stints),
        "people come later": any(stint.starts_on > date(2026, 1, 1) for stint in stints),
        "people are re-rated": any(len(stint.prices) > 1 for stint in stints),
        "hours are corrected up": any(more > 0 for more in differences),
        "hours are corrected down": any(more < 0 for more in differences),
        "sheets are accepted late": any(agency.late for agency in facts.agencies),
        "sheets are accepted in part": any(agency.cut for agency in facts.agencies),
        "claims are too high": any(agency.over for agency in facts.agencies),
        "placed people leave": any(one.left_on for one in hired),
        "placed people are replaced": any(one.replaced_on for one in hired),
        "fees fall with hires": any(
            len([one for one in each.hired if one.started_on.month == month]) >= each.tiers[0][0]
            for each in facts.recruiters
            for month in range(1, 13)
        ),
        "milestones are late": any(one.delivered_on > one.due_on for one in milestones),
        "prices of volumes change": any(len(each.prices) > 1 for each in facts.outsourcers),
        "tasks are delivered again": any(task.again > 0 for task in tasks),
    }


def test_months_of_every_program_settle_to_the_cent_and_books_stay_sound(opener):
    facts = draw(SEED, SMALL)
    assert all(happened(facts).values()), happened(facts)
    year = Year(opener, facts)

    for label in months(SMALL):
        day = year.month(label)
        with opener(as_of=day, actor="reader")() as books:
            assert broken(books) == []

    assert settlements(opener(), year) == wanted(facts, SMALL)


@pytest.mark.soak
def test_a_year_of_300_suppliers_and_5000_people_in_ten_minutes(opener, settings, tmp_path):
    facts = draw(SEED, WHOLE)
    assert facts.suppliers == 300
    assert facts.people >= 5000
    gc.collect()
    gc.freeze()  # A million facts are not garbage; nobody needs to look through them again.
    gc.set_threshold(100_000, 50, 100)
    begun = perf_counter()
    with ProcessPoolExecutor(2, get_context("spawn")) as second:
        year, looks = Year(opener, facts), []
        for label in months(WHOLE):
            day = year.month(label)
            copy = copied(settings, tmp_path / label)
            # Once the year is over both processors verify, each the next part when it is free.
            parts = LAST if label == months(WHOLE)[-1] else 1
            looks += [second.submit(verified, copy, day, part, parts) for part in range(parts)]
            tell(
                f"{label} after {perf_counter() - begun:.0f} s, {process_time():.0f} of computing"
            )
        first = perf_counter() - begun
        looked = [look.result() for look in looks]
    seconds = perf_counter() - begun
    for name, spent in sorted(year.seconds.items(), key=lambda each: -each[1]):
        tell(f"{name:28} {spent:7.1f} s")
    tell(
        f"first core {first:.0f} s, second {sum(s for _, s in looked):.0f} s, all {seconds:.0f} s"
    )

    assert [found for found, _ in looked] == [[]] * (WHOLE.months - 1 + LAST)
    due, settled = wanted(facts, WHOLE), settlements(opener(), year)
    assert settled.keys() == due.keys()
    for where in Random(SEED).sample(sorted(due), SAMPLED):
        assert settled[where] == due[where], where
    assert seconds <= 600
