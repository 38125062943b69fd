"""Figures, scores, budgets and costs, as people and scripts command them."""

from datetime import UTC, datetime

import pytest

from tests import make
from tests.cli.conftest import find
from tests.make.searches import filled
from tests.stages.settlement.month import claim, company, staffing
from vendorops.books import Terms, open_books
from vendorops.books.engine import engine
from vendorops.books.opening import check_age
from vendorops.tables import Party, Reconciliation, Supplier

NOVEMBER = ("--from", "2026-11", "--to", "2026-11")
JANUARY = ("--as-of", "2027-01-04", "--json")
OVER = ("--as-of", "2027-01-19", "--json")
SUPPLIER = "SUP-2026-000001"
CONTRACT = "CON-2026-000001"


@pytest.fixture(autouse=True)
def home(settings, monkeypatch):
    """A supplier that filled a search and is settled 1860.00 for October."""
    find(monkeypatch, settings)
    terms = Terms(make.AS_OF, "system:test", lambda: datetime(2026, 11, 4, 9, tzinfo=UTC))
    with open_books(settings, terms) as books:
        company(books)
        contract = staffing(books)
        supplier = books.get(Supplier, contract.supplier_id)
        make.signer(books, books.get(Party, supplier.party_id))
        filled(books, contract)
        invoice = claim(books, contract, ("40", "46.50"))
        explained = make.only(books, Reconciliation)
        settlement = make.settlement(books, contract, explained, status="sealed")
        make.settlement_line(books, settlement, make.lines_of(books, invoice)[0], tax_minor=11_160)
        contract.committed_minor = settlement.net_minor
    yield settings
    engine(settings).dispose()
    check_age.cache_clear()


def test_figures_are_told_with_whose_hours_they_were(run):
    rows = run("kpi", "--supplier", SUPPLIER, *NOVEMBER, "--hours", "calendar", *JANUARY).rows

    (fill,) = [row for row in rows if row["figure"] == "time_to_fill"]
    assert fill == {
        "supplier": SUPPLIER,
        "from": "2026-11-01",
        "to": "2026-12-01",
        "figure": "time_to_fill",
        "value": "40",
        "unit": "hour",
        "of": 1,
        "hours": "calendar",
        "supplier_hours": "40",
        "buyer_hours": "139",
        "program_hours": "0",
    }


def test_months_the_wrong_way_round_are_refused(run):
    ran = run("kpi", "--from", "2026-11", "--to", "2026-10", *JANUARY)

    assert ran.code == 1
    assert "--to 2026-10 lies before --from 2026-11; swap them" in ran.err


def test_a_score_is_run_published_contested_decided_and_listed(run):
    (scored,) = run("scorecard", "run", "suppliers", *NOVEMBER, *JANUARY).rows
    assert (scored["status"], scored["band"], scored["points"]) == ("computed", "gold", "87.50")
    name = scored["score"]

    (told,) = run("scorecard", "publish", name, "--as", "wang.approver", *JANUARY).rows
    assert (told["status"], told["contest_until"]) == ("published", "2027-01-18")
    early = run("scorecard", "finalise", name, *JANUARY)
    assert (early.code, "may be contested until 2027-01-18" in early.err) == (1, True)
    why = ("--reason", "she started on the 24th", "--as", "he.hengxin")
    (contested,) = run("scorecard", "contest", name, *why, *JANUARY).rows
    answer = ("reject", "--reason", "no order says so", "--as", "chen.approver")
    assert run("decide", contested["decision"], *answer, *JANUARY).code == 0
    run("scorecard", "finalise", name, *JANUARY)

    (listed,) = run("scorecard", "list", "--supplier", SUPPLIER, *OVER).rows
    assert listed["status"] == "final"
    assert "offer_to_start 0.00" in listed["lines"]


def test_another_formula_is_tried_on_a_closed_period(run, tmp_path):
    run("scorecard", "run", "suppliers", *NOVEMBER, *JANUARY)
    draft = tmp_path / "draft.yaml"
    draft.write_text(
        """
- since: 2027-02-01
  title: Starting is all
  cite: Draft
  hours: working
  contest_days: 5
  least_measured: 0.10
  metrics: [{code: offer_to_start, weight: 1, none_at: 0, full_at: 1}]
  bands: [{name: best, tier: 1, from: 50}, {name: rest, tier: 2, from: 0}]
""",
        "utf-8",
    )

    (moved,) = run(
        "scorecard", "back-test", "suppliers", *NOVEMBER, "--formula", draft, "--json"
    ).rows

    assert (moved["points_before"], moved["points_after"], moved["by"]) == (
        "87.50",
        "0.00",
        "-87.50",
    )
    assert (moved["band_before"], moved["band_after"], moved["moves"]) == ("gold", "rest", True)


def test_centres_bear_a_contract_and_its_budget_is_told(run):
    who = ("--as", "zhao.finance")
    entity = ("--entity", "XH", "--as-of", "2026-11-04")
    for code in ("A", "B"):
        assert run("centre", "open", code, "--name", f"Department {code}", *entity, *who).code == 0
    shares = ("--share", "A=33.3333", "--share", "B=66.6667")
    since = ("--from", "2026-10-01", "--reason", "budget round")
    told = run("centre", "split", CONTRACT, *shares, *since, *who, *JANUARY).rows
    assert [(row["centre"], row["percent"]) for row in told] == [
        ("A", "33.3333"),
        ("B", "66.6667"),
    ]

    costs = run("costs", "--month", "2026-10", *JANUARY).rows
    (budget,) = run("budget", CONTRACT, *JANUARY).rows
    (mine,) = run("budget", "A", *JANUARY).rows

    # A third of 1860.00 is 619.99938: the largest remainder gets the cent.
    assert [(row["centre"], row["net"]) for row in costs] == [("A", "620.00"), ("B", "1240.00")]
    assert {name: budget[name] for name in ("approved", "settled", "paid", "left")} == {
        "approved": "1000000.00",
        "settled": "1860.00",
        "paid": "0.00",
        "left": "998140.00",
    }
    assert (mine["kind"], mine["settled"]) == ("cost_centre", "620.00")
    less = run("centre", "split", CONTRACT, "--share", "A=99.9999", *since, *who, *JANUARY)
    assert "come to 99.9999 %; make them exactly 100 %" in less.err
