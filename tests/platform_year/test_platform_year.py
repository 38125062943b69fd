"""A year of two platforms, from matched months to accepted returns, against the facts alone."""

from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import pytest
from lxml import etree
from sqlmodel import col, select

from tests.platform_year.drawing import YEAR, Size, draw, months
from tests.platform_year.driving import DAY, Year
from tests.platform_year.independent import kept_back
from tests.soundness import broken
from tests.year.verifying import copied, verified
from vendorops.documents import kept
from vendorops.stages.settlement_runs import grouping
from vendorops.tables import (
    Filing,
    LedgerAccount,
    Payment,
    PaymentBatch,
    Settlement,
    SettlementRun,
    Transfer,
    Withholding,
)

SEED = 16
SMALL = Size(freelancers=60, suppliers=5, months=3)
WHOLE = Size(freelancers=20_000, suppliers=200)
SCHEMA = Path("../shared/corpora/iso20022-schemas/pain.001.001.09.xsd")
UNPROVED = "S08"
"""Our own accounts are found by their numbers, which nobody proved."""


def through(opener, size, facts, look):
    """Drive a year; what `look` does with a day is done at the end of each quarter."""
    year = Year(opener, facts)
    for at, label in enumerate(months(size.months), start=1):
        if at > 1:
            year.file(date(YEAR, at, DAY))
        day = year.month(label)
        if at % 3 == 0:
            begun = perf_counter()
            look(day)
            year.seconds["verify"] += perf_counter() - begun
    last = date(YEAR, size.months + 1, DAY) if size.months < 12 else date(YEAR + 1, 1, DAY)
    year.file(last)
    return year


def unsound(found):
    return [each for each in found if not each.startswith(UNPROVED)]


def month_of(day):
    return f"{day:%Y-%m}"


def returned_totals_equal_the_ledger(books, labels):
    """Each month's returns, of both platforms, against the tax account of the ledger."""
    filed: Counter[str] = Counter()
    for row in books.session.exec(select(Filing)):
        assert row.status == "accepted"
        filed[row.month] += row.total_minor
    account = books.session.exec(select(LedgerAccount).filter_by(code="withheld-tax/cn")).one()
    booked: Counter[str] = Counter()
    query = select(Transfer).where(col(Transfer.credit_id) == account.id)
    for row in books.session.exec(query):
        booked[month_of(row.business_day)] += row.amount_minor
    assert filed
    assert dict(filed) == {label: booked[label] for label in labels}


def each_person_pays_what_the_facts_say(books, year, facts, labels):
    contracts = {year.everybody[one].contract_id: one for one in facts.freelancers}
    held: defaultdict[int, Counter[str]] = defaultdict(Counter)
    query = select(Withholding, Settlement.contract_id).join(
        Settlement, col(Settlement.id) == col(Withholding.settlement_id)
    )
    for row, contract in books.session.exec(query):
        held[contracts[contract].number][row.month] += row.amount_minor
    wanted = {one.number: kept_back(one, labels) for one in facts.freelancers if one.claims}
    assert {number: dict(paid) for number, paid in held.items()} == wanted
    assert sum(sum(paid.values()) for paid in wanted.values()) > 0


def everything_claimed_is_paid_once(books, year, facts):
    paid: Counter[int] = Counter()
    query = select(Payment.amount_minor, Settlement.contract_id).join(
        Settlement, col(Settlement.id) == col(Payment.settlement_id)
    )
    sent = query.where(col(Payment.status).in_(["sent", "settled"]))
    for minor, contract in books.session.exec(sent):
        paid[contract] += minor
    for row in books.session.exec(select(Withholding)):
        settlement = books.get(Settlement, row.settlement_id)
        paid[settlement.contract_id] += row.amount_minor
    for one in facts.freelancers:
        claimed = sum(sum(some) for some in one.claims.values())
        assert paid[year.everybody[one].contract_id] == claimed
    for agency in facts.agencies:
        claimed = sum(minor + (minor * 6 + 50) // 100 for minor in agency.claims.values())
        assert paid[year.everybody[agency].contract_id] == claimed


def files_are_as_the_schema_wants(books):
    batches = books.session.exec(select(PaymentBatch)).all()
    assert {row.status for row in batches} == {"released"}
    if not SCHEMA.exists():
        pytest.skip("all else holds; the ISO 20022 schemas are not beside us")
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    for row in batches:
        schema.assertValid(etree.fromstring(kept(books, row.file_sha256)))


def judged(opener, year, facts, labels):
    last = date(YEAR + 1, 1, DAY)
    with opener(as_of=last)() as books:
        assert {row.status for row in books.session.exec(select(Settlement))} == {"sealed"}
        returned_totals_equal_the_ledger(books, labels)
        each_person_pays_what_the_facts_say(books, year, facts, labels)
        everything_claimed_is_paid_once(books, year, facts)
        most_are_settled_together(books, year, facts)
        files_are_as_the_schema_wants(books)


def most_are_settled_together(books, year, facts):
    runs = books.session.exec(select(SettlementRun)).all()
    together = sum(row.count for row in runs)
    persons = {year.everybody[one].contract_id for one in facts.freelancers}
    settled = [row.contract_id for row in books.session.exec(select(Settlement))]
    assert together > 0.8 * len([each for each in settled if each in persons])


def tell(year):
    for name, seconds in sorted(year.seconds.items(), key=lambda each: -each[1]):
        print(f"{name:20} {seconds:7.2f} s")  # noqa: T201 - the report.


def test_three_months_of_two_platforms_are_settled_paid_and_filed(opener, monkeypatch):
    monkeypatch.setattr(grouping, "LEAST", 10)
    facts = draw(SEED, SMALL)
    assert any(one.returned for one in facts.freelancers)
    assert any(len(some) > 1 for one in facts.freelancers for some in one.claims.values())
    assert any(set(one.claims) < set(months(3)) for one in facts.freelancers)

    def sound(day):
        with opener(as_of=day, actor="reader")() as books:
            assert unsound(broken(books)) == []

    year = through(opener, SMALL, facts, sound)

    tell(year)
    judged(opener, year, facts, months(SMALL.months))


@pytest.mark.soak
@pytest.mark.parametrize("share", [20, 1])
def test_a_year_of_20000_freelancers_and_200_suppliers_files_twelve_months(
    opener, settings, tmp_path, share
):
    size = Size(WHOLE.freelancers // share, WHOLE.suppliers // share)
    facts, looks = draw(SEED, size), []
    with ProcessPoolExecutor(1, get_context("spawn")) as second:

        def sound(day):
            """Verify a copy of the books in another process, while the year goes on."""
            copy = copied(settings, tmp_path / f"{day}")
            looks.append(second.submit(verified, copy, day, 0, 1))

        year = through(opener, size, facts, sound)
        found = [look.result() for look in looks]

    tell(year)
    tell_verified(found)
    assert [unsound(broken_then) for broken_then, _ in found] == [[]] * len(looks)
    judged(opener, year, facts, months(size.months))


def tell_verified(found):
    print(f"verified in {', '.join(f'{seconds:.0f}' for _, seconds in found)} s")  # noqa: T201 - the report.
