"""Claims and work read at once come to what each row alone comes to, on books drawn by lot."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from tests import make
from tests.forecasting import row_by_row
from tests.make.rows import put
from tests.make.work import TERM, agreed
from tests.stages.settlement.month import claim, company, run
from vendorops.documents import facts_json, facts_sha256
from vendorops.domain.cash import cash_days
from vendorops.domain.contract_facts import PaymentTerm
from vendorops.domain.money import Money
from vendorops.forecasting.claims import accepted_work, open_claims
from vendorops.tables import Amendment, LegalEntity

TERMS = {"starts_on": make.STARTS_ON, "ends_on": make.ENDS_ON, "cap_minor": 100_000_000}
STATUSES = ("accepted", "accepted", "in_process", "rejected", "paid", "under_query")
WRITTEN = (
    *("asked_sha256", "before_sha256", "changes", "reason"),
    *("template", "source_sha256", "document_sha256", "proposed_by"),
)


def facts(random, place, currency):
    columns = {**TERMS, "place": place, "currency": currency, "program": "staffing"}
    told = agreed([TERM], columns)
    return replace(told, payment=PaymentTerm(days=random.choice((0, 30, 45))))


def agreement(books, random, supplier, entity):
    """A contract of one of our companies, amended once or never."""
    place, currency = random.choice((("cn", "CNY"), ("de", "EUR")))
    told = facts_json(facts(random, place, currency))
    of = make.contract(
        books,
        supplier,
        facts=told,
        place=place,
        currency=currency,
        legal_entity_id=entity.id,
    )
    if random.random() < 0.6:
        later = facts_json(facts(random, place, currency))
        put(
            books,
            Amendment,
            dict.fromkeys(WRITTEN, "x") | {"reference": books.reference("AMD")},
            {
                "contract_id": of.id,
                "number": 1,
                "facts": later,
                "facts_sha256": facts_sha256(later),
                "valid_from": date(2026, 10, random.choice((5, 20))),
                "proposed_on": make.STARTS_ON,
                "effective_on": make.STARTS_ON,
                "status": random.choice(("effective", "effective", "draft")),
            },
        )
    return of


def drawn(books, random):
    """Claims in every state, received on several days, and work of which some is claimed."""
    company(books)
    entities = [make.legal_entity(books), make.legal_entity(books, "XB")]
    for number in range(8):
        party = make.party(books, f"9131000000000{number:04}X", name=f"Agency {number}")
        supplier = make.supplier(books, party)
        of = agreement(books, random, supplier, random.choice(entities))
        for _ in range(random.randrange(1, 4)):
            day = date(2026, 10, random.randrange(1, 29))
            file = make.received_file(books, received_on=day)
            amount = (str(random.randrange(1, 90)), f"{random.randrange(1, 9999) / 100:.2f}")
            status = random.choice(STATUSES)
            claim(books, of, amount, status=status, received_file_id=file.id)
        items = [
            make.done(f"{random.randrange(1, 999) / 100:.2f}", "33.33")
            for _ in range(random.randrange(1, 4))
        ]
        if items:
            make.service_sheet(books, of, items)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_claims_and_work_read_at_once_are_those_of_each_row_alone(opener, seed):
    with opener()() as books:
        drawn(books, Random(seed))
    if seed == 1:
        run("settlement", opener)

    seen = [0, 0]
    with opener()() as books:
        for entity in make.rows_of(books, LegalEntity):
            claims = [*open_claims(books, entity)]
            work = [*accepted_work(books, entity)]
            assert claims == [*row_by_row.claims(books, entity)]
            assert work == [*row_by_row.work(books, entity)]
            seen = [seen[0] + len(claims), seen[1] + len(work)]
            first = make.AS_OF + timedelta(days=2)
            opening = Money(9_999, "CNY")
            found = cash_days(opening, [*claims, *work], first, 60)
            assert found == row_by_row.days(opening, [*claims, *work], first, 60)
    assert min(seen) > 2
