"""Random deliveries and answers, and what a ledger of plain fractions says there was room for."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest

from tests import make
from tests.make.statements import delivered, statement
from vendorops.books import Answer, answer, waiting
from vendorops.domain.measure import quantity_text
from vendorops.stages import sweep
from vendorops.stages.deliveries import NotDeliverable, OverTheBudget, OverTheMost
from vendorops.tables import ServiceSheet

START = date(2026, 11, 2)
BUDGET = Fraction(40_000)
UNITS, HOURS = 1, 2
LINES = """
  - {kind: unit, code: document_processed, description: Documents, price: 0.905, most: 50000}
  - {kind: time, description: Consulting, price: 433.33, most: 40}
"""
PRICES = {UNITS: Fraction("0.905"), HOURS: Fraction("433.33")}
MOST = {UNITS: Fraction(50_000), HOURS: Fraction(40)}


def cents(amount: Fraction) -> Fraction:
    return Fraction(int(amount * 100 + Fraction(1, 2)), 100)


@dataclass
class Ledger:
    """What a clerk with paper would keep: quantities accepted, and quantities that wait."""

    accepted: list[tuple[int, Fraction]] = field(default_factory=list)
    waiting: list[tuple[int, Fraction]] = field(default_factory=list)

    def expects(self, line: int, quantity: Fraction) -> type[NotDeliverable] | None:
        taken = [*self.accepted, *self.waiting]
        if sum(each for number, each in taken if number == line) + quantity > MOST[line]:
            return OverTheMost
        spent = sum(cents(each * PRICES[number]) for number, each in taken)
        over = spent + cents(quantity * PRICES[line]) > BUDGET
        return OverTheBudget if over else None


def drawn(random: Random) -> tuple[int, Fraction]:
    line = random.choice((UNITS, HOURS))
    return line, Fraction(random.randint(1, int(MOST[line] * 6000)), 10_000)


def answered(opener, ledger: Ledger, random: Random, day: date) -> None:
    """A buyer takes a part of each thing that waits, or rejects the sheet."""
    for stage in ("deliveries", "acceptance"):
        sweep(stage, opener(as_of=day))
    rejected = random.random() < 0.3
    with opener(as_of=day, actor="lin.buyer")() as books:
        (asked,) = (row for row in waiting(books) if row.kind == "acceptance")
        items = make.items_of(books, books.get(ServiceSheet, asked.subject_id))
        parts = [random.randint(0, item.quantity_e4) for item in items]
        parts[0] = max(parts[0], 1)
        named = {
            item.reference: quantity_text(part) for item, part in zip(items, parts, strict=True)
        }
        said = ("reject", {}) if rejected else ("approve", {"accept": named})
        answer(books, Answer(asked.reference, said[0], "as drawn", said[1]))
    for stage in ("acceptance", "deliveries"):
        sweep(stage, opener(as_of=day))
    if not rejected:
        lines = [number for number, _ in ledger.waiting]
        ledger.accepted += [
            (number, Fraction(part, 10_000)) for number, part in zip(lines, parts, strict=True)
        ]
    ledger.waiting.clear()


@pytest.mark.parametrize("seed", range(3))
def test_room_is_refused_exactly_where_a_ledger_of_fractions_has_none(opener, seed):
    random, ledger = Random(seed), Ledger()
    with opener(as_of=date(2026, 10, 1))() as books:
        statement(books, lines=LINES, budget=BUDGET)
    refused = set()
    for round_ in range(8):
        day = START + timedelta(days=round_)
        for _ in range(random.randint(2, 4)):
            line, quantity = drawn(random)
            expected = ledger.expects(line, quantity)
            text = quantity_text(int(quantity * 10_000))
            try:
                delivered(opener, line, date(2026, 10, 30), text, as_of=day)
                ledger.waiting.append((line, quantity))
                found = None
            except NotDeliverable as refusal:
                found = type(refusal)
            assert found is expected
            refused.add(found)
        if ledger.waiting:
            answered(opener, ledger, random, day)
    assert refused == {None, OverTheMost, OverTheBudget}
