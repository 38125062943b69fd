"""Earnings end in a payment, and come to the same however their facts came in."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.earnings.earning import (
    AGREED,
    NOVEMBER,
    SHARE,
    SOLD,
    agree,
    decided,
    founded,
    lines,
    reported,
    run,
)
from tests.stages.settlement.month import run as run_stage
from tests.stages.settlement.month import settled
from vendorops.tables import Contract, CreditMemo, Invoice, Settlement, WorkItem
from vendorops.tracing import broken as unsound
from vendorops.tracing import explain
from vendorops.working.earning import dues, facts_known, statements

DUE = date(2026, 11, 9)


def test_a_claim_of_earnings_is_matched_and_paid_less_the_advance(opener):
    of = founded(opener)
    agree(opener, of, SHARE)
    reported(opener, of, s1=SOLD, a1="kind: advance, day: 2026-10-01, amount: 100.00")
    run(opener)
    decided(opener)
    with opener(as_of=NOVEMBER)() as books:
        work = make.only(books, WorkItem)
        claim = [make.claimed(work, "1", "600.00")]
        make.invoice(books, make.only(books, Contract), claim, issue_date=NOVEMBER)

    run_stage("reconciliation", opener, DUE, "2026-10")
    settled(opener, DUE)

    with opener(as_of=DUE)() as books:
        settlement = make.only(books, Settlement)
        assert (settlement.net_minor, settlement.tax_minor) == (500_00, 36_00)
        assert make.only(books, CreditMemo).status == "exhausted"
        assert make.only(books, Invoice).status != "under_query"
        assert not unsound(explain(books, settlement.reference))
        assert broken(books) == []


def drawn(luck: Random) -> list[dict[str, str]]:
    """Four reports of what happened in two months; some of it is withdrawn later."""
    rounds: list[dict[str, str]] = []
    known: list[str] = []
    for number in range(4):
        told = {}
        for at in range(6):
            day = date(2026, 10, 1) + timedelta(days=luck.randrange(60))
            kind = luck.choice([*["sale"] * 6, "refund", "cost", "deduction", "advance"])
            key = f"k{number}{at}"
            amount = f"{luck.randrange(900)}.{luck.randrange(1, 100):02d}"
            told[key] = f"kind: {kind}, day: {day}, amount: {amount}"
        for key in luck.sample(known, k=min(2, len(known))):
            known.remove(key)
            told[f"{key}x"] = f"kind: withdrawn, day: 2026-10-01, replaces: {key}"
        known += [key for key in told if not key.endswith("x")]
        rounds.append(told)
    return rounds


@pytest.mark.parametrize("seed", range(3))
def test_facts_in_four_reports_come_to_what_they_come_to_at_once(opener, seed):
    of = founded(opener)
    plan = "method: profit_share, share: 0.37, recover_share: 0.5, plan: "
    agree(opener, of, f"{plan}{('weekly', 'monthly', 'daily')[seed]}, valid_from: 2026-10-01")
    day = date(2026, 12, 1)
    for told in drawn(Random(seed)):
        reported(opener, of, as_of=day, **told)
        run(opener, day)
        decided(opener, day)
        day += timedelta(days=1)
    run(opener, day)

    assert any(number > 1 for _, _, number, _ in lines(opener))
    stands: Counter[tuple[str, str]] = Counter()
    for stretch, kind, _, net in lines(opener):
        stands[stretch, kind] += net
    with opener(as_of=day)() as books:
        contract = make.only(books, Contract)
        found = statements(books, contract, facts_known(books, contract), day)
        wanted = {
            (each.stretch.label, due.kind): due.minor for each in found for due in dues(each)
        }
    assert {of: minor for of, minor in stands.items() if minor} == {
        of: minor for of, minor in wanted.items() if minor
    }


def test_a_contract_that_is_extended_earns_the_rest_of_its_month(opener):
    """The line that was entered before still is what was due by what was known then."""
    of = founded(opener, ends_on=date(2026, 10, 16))
    base = "plan: base_plus_commission, base: 3100.00, steps: [{from: 0.00, share: 0.05}]"
    agree(opener, of, f"method: income_share, {base}, valid_from: 2026-10-01")
    run(opener, date(2026, 10, 20))
    decided(opener, date(2026, 10, 20))
    assert lines(opener) == [("2026-10", "earned", 1, 1_500_00)]

    with opener(as_of=AGREED)() as books:
        make.only(books, Contract).ends_on = date(2026, 11, 1)
    run(opener, NOVEMBER)

    assert lines(opener)[1:] == [("2026-10", "earned", 2, 1_600_00)]
