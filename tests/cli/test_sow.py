"""Statements of work, deliveries and service levels, as people and scripts command them."""

from datetime import UTC, date, datetime, time

import pytest

from tests.cli.conftest import find
from tests.make.statements import outsourcing, statement_yaml
from vendorops.books import Terms, open_books
from vendorops.cli.session import opener
from vendorops.stages import sweep

FIRST = date(2026, 10, 1)
LATE = date(2026, 10, 12)
AFTER = date(2026, 11, 3)


@pytest.fixture
def contract(settings, monkeypatch, tmp_path):
    """An installation with a contract in force, and a statement of work in a file."""
    find(monkeypatch, settings)
    terms = Terms(FIRST, "system:test", lambda: datetime(2026, 10, 1, 9, tzinfo=UTC))
    with open_books(settings, terms) as books:
        of = outsourcing(books)
        (tmp_path / "sow.yaml").write_bytes(statement_yaml(of))
        (tmp_path / "proof.pdf").write_bytes(b"%PDF proof")
        return of.reference


@pytest.fixture
def sow(run, contract, tmp_path):
    """Return `sow("deliver", …)`, which runs a command on a day in somebody's name."""
    assert contract

    def running(*words, day=FIRST, who="he.hengxin"):
        files = (
            tmp_path / word if str(word).endswith((".yaml", ".pdf")) else word for word in words
        )
        return run("sow", *files, "--as", who, "--as-of", day, "--json")

    (placed,) = running("place", "sow.yaml", who="lin.buyer").rows
    run(
        *("decide", placed["decision"], "approve", "--reason", "seen"),
        *("--as", "wang.approver", "--as-of", FIRST),
    )
    running("list")
    advance("ordering", FIRST)
    return running


def advance(stage, day):
    sweep(stage, opener(f"system:{stage}", datetime.combine(day, time(), UTC)))


def decided(run, decision, day, *more):
    words = ("approve", "--reason", "ok", *more, "--as-of", day, "--as", "lin.buyer")
    ran = run("decide", decision, *words)
    assert ran.code == 0, ran.err


def test_a_placed_statement_waits_for_an_approver_and_is_listed(run, contract, tmp_path):
    placed = run(
        "sow", "place", tmp_path / "sow.yaml", "--as", "lin.buyer", "--as-of", FIRST, "--json"
    )

    (row,) = placed.rows
    assert (row["sow"], row["status"], row["waits_for"]) == (
        "SOW-2026-000001",
        "draft",
        "approver",
    )
    assert (row["budget"], row["accepted"], row["currency"]) == ("200000.00", "0.00", "CNY")
    (listed,) = run("sow", "list", "--contract", contract, "--json").rows
    assert listed == row
    assert run("sow", "list", "--status", "active", "--json").rows == []


def test_a_late_milestone_is_delivered_accepted_and_shown_with_its_grade(run, sow):
    words = ("deliver", "SOW-2026-000001", "--line", "1", "--on", LATE, "--evidence", "proof.pdf")
    (row,) = sow(*words, day=LATE).rows
    assert (row["delivery"], row["status"], row["work"]) == (
        *("DEL-2026-000001", "reported", "WRK-2026-000001"),
    )
    (asked,) = run("inbox", "--all", "--as-of", LATE, "--json").of("question")
    decided(run, asked["case"], LATE, "--grade", "WRK-2026-000001=A")
    for stage in ("acceptance", "deliveries"):
        advance(stage, LATE)

    shown = run("sow", "show", "SOW-2026-000001", "--as-of", LATE, "--json")

    (delivery,) = shown.of("delivery")
    assert (delivery["status"], delivery["accepted"], delivery["grade"]) == ("accepted", "1", "A")
    assert shown.of("sow")[0]["accepted"] == "120000.00"
    assert [line["type"] for line in shown.of("line")] == [
        *("event", "schedule", "schedule", "unit", "no_cost", "time"),
    ]
    (credit,) = shown.of("creditmemo")
    assert (credit["net"], credit["status"]) == ("1800.00", "draft")
    assert "3 days late: 1800.00 CNY of 120000.00 CNY" in credit["sentence"]
    assert "once is all" in sow(*words, day=LATE).err


def test_a_change_order_waits_for_an_approver_and_units_for_their_month(sow, tmp_path):
    (tmp_path / "change.yaml").write_text(
        f"order: SOW-2026-000001\nvalid_from: {LATE}\nreason: more documents\ndelta: 1000.00\n"
    )
    (change,) = sow("change", "change.yaml", day=LATE, who="lin.buyer").rows
    assert (change["change"], change["delta"], change["waits_for"]) == (
        *("SOW-2026-000001/R1", "1000.00", "approver"),
    )
    words = ("deliver", "SOW-2026-000001", "--line", "4", "--quantity", "10000", "--on", LATE)
    (row,) = sow(*words, "--evidence", "proof.pdf", day=LATE).rows
    assert (row["status"], row["work"]) == ("submitted", None)
    (row,) = sow("withdraw", row["delivery"], "--reason", "counted wrongly", day=LATE).rows
    assert row["status"] == "withdrawn"


def test_measured_levels_close_their_month_and_put_the_credit_before_a_buyer(run, sow, contract):
    words = ("deliver", "SOW-2026-000001", "--line", "4", "--quantity", "10000", "--on", LATE)
    sow(*words, "--evidence", "proof.pdf", day=AFTER)
    (asked,) = run("inbox", "--all", "--as-of", AFTER, "--json").of("question")
    decided(run, asked["case"], AFTER)
    for stage in ("acceptance", "deliveries"):
        advance(stage, AFTER)
    month = ("--month", "2026-10", "--total", "100", "--evidence", "proof.pdf")

    (first,) = sow(
        "measure", contract, "--level", "accuracy", *month, "--good", "100", day=AFTER
    ).rows
    (second,) = sow(
        "measure", contract, "--level", "turnaround", *month, "--good", "96", day=AFTER
    ).rows

    assert (first["closing_status"], second["closing_status"]) == ("open", "closed")
    (asked,) = run("inbox", "--all", "--as-of", AFTER, "--json").of("question")
    assert "Take 452.50 CNY off" in asked["question"]
    again = sow("measure", contract, "--level", "turnaround", *month, "--good", "97", day=AFTER)
    assert "say that it is a correction" in again.err
    (third,) = sow(
        *("measure", contract, "--level", "turnaround", *month, "--good", "97", "--correct"),
        day=AFTER,
    ).rows
    assert (third["measurement"], third["closing_status"]) == ("MEA-2026-000003", "closed")
    assert run("inbox", "--all", "--as-of", AFTER, "--json").of("question") == []
    assert not [row for row in run("verify", "--json").rows if row["code"].startswith("M")]
