"""What another formula would have made of scores that stand."""

from datetime import date

import pytest
from sqlmodel import select

from tests import make
from tests.make.searches import filled
from vendorops.domain.periods import Period
from vendorops.scorecards import scorecard_from
from vendorops.tables import ScorecardRun, Supplier
from vendorops.working import scorecards, scores
from vendorops.working.scorecards import NotScorable

QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1))
JANUARY = date(2027, 1, 4)
CODE = "suppliers"


@pytest.fixture
def contract(opener):
    """A supplier that filled one search, whose person did not start."""
    with opener()() as books:
        make.people(books)
        found = make.contract(books)
        filled(books, found)
        return found


def computed(opener, contract):
    with opener(as_of=JANUARY)() as books:
        supplier = books.get(Supplier, contract.supplier_id)
        return scorecards.compute(books, CODE, supplier, QUARTER)


KINDER = """
- since: 2027-02-01
  title: All that counts is filling
  cite: Draft
  hours: calendar
  contest_days: 5
  least_measured: 0.10
  metrics:
    - {code: fill_rate, weight: 0.90, none_at: 0, full_at: 1}
    - {code: time_to_submit, weight: 0.10, none_at: 48, full_at: 0}
  bands: [{name: best, tier: 1, from: 95}, {name: rest, tier: 2, from: 0}]
"""


def test_a_back_test_scores_kept_figures_by_another_formula_and_enters_nothing(opener, contract):
    run = computed(opener, contract)
    with opener()() as books:
        other = make.contract(books, make.supplier(books, make.party(books, "91310000MA1FL0X123")))
        make.searches.released(
            books,
            make.searches.wanted(books, ended_at=make.searches.at(20), status="closed"),
            other,
        )
    idle = computed(opener, other)
    formula = scorecard_from(KINDER, CODE).on(date(2027, 2, 1))

    with opener()() as books:
        moved = {one.supplier: one for one in scores.tested(books, CODE, QUARTER, formula)}
        count = len(books.session.exec(select(ScorecardRun)).all())
        names = [books.get(Supplier, row.supplier_id).reference for row in (run, idle)]

    first, second = (moved[name] for name in names)
    # 24 of 48 calendar hours: half the points of a tenth, and all of nine tenths.
    assert first.after.score_e4 == 950_000
    assert first.by_e4 == 950_000 - run.score_e4
    assert first.after.band
    assert (first.after.band.name, first.moves) == ("best", True)
    assert (first.rank_before, first.rank_after) == (1, 1)
    assert second.before.score_e4 is None  # A fifteenth of the weight was measured.
    assert (second.after.score_e4, second.rank_after) == (0, 2)
    assert count == 2


def test_a_period_without_scores_has_nothing_to_compare_with(opener):
    formula = scorecard_from(KINDER, CODE).on(date(2027, 2, 1))

    with opener()() as books, pytest.raises(NotScorable, match="has no scores"):
        scores.tested(books, CODE, QUARTER, formula)
