import pytest

from tests.cli.apart import ran
from tests.told import played
from vendorops.demo import story


@pytest.fixture(scope="module")
def claimed(tmp_path_factory):
    """An installation in which all of October is claimed, and nothing matched."""
    return played(tmp_path_factory, acts=6)


def test_a_month_is_reconciled_and_its_exceptions_listed_to_the_cent(claimed, tmp_path):
    again = tmp_path / "again.csv"
    first = (story.SAMPLES / "claims" / "FREELANCE-2610-01.csv").read_bytes()
    again.write_bytes(first.replace(b"FREELANCE-2610-01", b"OCTOBER"))
    (taken,) = ran(claimed, "invoice", "take", again, "--as-of", "2026-11-04", "--json")[None]
    told = ran(claimed, "reconcile", "--month", "2026-10", "--as-of", "2026-11-04", "--json")

    assert any("it looks like INV-2026-000002" in each for each in taken["findings"])
    outcomes = ["1 waiting for a decision", "4 done", "3 waiting for a decision"]
    assert [row["outcome"] for row in told["run"]] == outcomes
    (held,) = told["held"]
    assert (held["invoice"], held["looks_like"]) == (taken["invoice"], ["INV-2026-000002"])
    assert (held["waits_for"], held["claimed"]) == ("finance", "37630.00")
    assert len(told["exception"]) == 9
    assert {row["waits_for"] for row in told["claim"]} == {"finance", None}
    (summary,) = told["summary"]
    parts = [cents(summary[name]) for name in ("matched", "tolerated", "disputed")]
    assert sum(parts) == cents(summary["claimed"]) == 44_128_292
    disputed = [row for row in told["exception"] if row["treatment"] == "disputed"]
    assert sum(cents(row["difference"]) for row in disputed) == parts[2]


def cents(text):
    return int(text.replace(".", ""))


def test_paying_runs_four_flows_and_lists_file_and_payments(month):
    told = ran(month, "pay", "--month", "2026-10", "--as-of", "2026-12-02", "--json")

    assert [row["flow"] for row in told["run"]] == ["payment", "remittance", "release", "delivery"]
    assert {(row["status"], row["payments"]) for row in told["batch"]} == {("released", 1)}
    assert all(row["file"].startswith(str(month.outgoing)) for row in told["batch"])
    assert {row["first"] for row in told["payment"]} == {"first to this account"}
    paid = sum(cents(row["amount"]) for row in told["payment"])
    assert paid == sum(cents(row["sum"]) for row in told["batch"])
    assert cents(told["summary"][0]["amount"]) == paid
