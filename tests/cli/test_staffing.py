"""Rate cards, time and expenses on the command line, as suppliers and buyers use them."""

import json

import pytest

from tests import make
from tests.cli.conftest import find
from tests.make import staffing
from vendorops.tables import Supplier

DAY = "2026-10-12"
ON = ("--as-of", "2026-11-04")


@pytest.fixture
def order(settings, opener, monkeypatch):
    find(monkeypatch, settings)
    with opener()() as books:
        terms = [{"code": "expense", "kind": "share", "unit": "C62", "value": "1"}]
        return staffing.assignment(books, staffing.agency(books, terms=terms))


def written(folder, name, data):
    (folder / name).write_bytes(data)
    return folder / name


def test_time_is_handed_in_corrected_and_listed(run, order, tmp_path):
    form = written(tmp_path, "t.json", staffing.time_form(order, (DAY, "regular_hours", "8")))
    fix = staffing.correction_form("TS-2026-000001", (DAY, "regular_hours", "7.5"))

    first = run("timesheet", "submit", form, "--as", "he.hengxin", *ON, "--json")
    again = run(
        "timesheet", "correct", written(tmp_path, "c.json", fix), "--as", "he.hengxin", *ON
    )
    listed = run("timesheet", "list", "--month", "2026-10", "--order", order.reference, "--json")

    assert (first.code, again.code) == (0, 0), again.err
    assert first.rows[0]["time"] == ["regular_hours 8"]
    assert [(row["timesheet"], row["time"], row["status"]) for row in listed.rows] == [
        ("TS-2026-000001", ["regular_hours 8"], "corrected"),
        ("TS-2026-000001.1", ["regular_hours 7.5"], "submitted"),
        ("TS-2026-000001C", ["regular_hours -8"], "submitted"),
    ]


def test_time_in_bulk_tells_of_each_line_in_a_file_that_runs_no_formula(run, order, tmp_path):
    data = staffing.time_file((order, DAY, "regular_hours", "8"), (order, DAY, "=1+1", "8"))
    file, result = written(tmp_path, "time.csv", data), tmp_path / "result.csv"

    ran = run("timesheet", "load", file, "--mode", "partial", "--result", result,
              "--as", "he.hengxin", *ON, "--json")  # fmt: skip

    assert ran.code == 1
    assert "1 of 2 lines are not in order" in ran.err
    assert [row["outcome"] for row in ran.rows] == ["entered", "refused"]
    assert not any(cell.startswith("=") for cell in result.read_text("utf-8-sig").split(","))
    assert run("timesheet", "load", file, "--as", "he.hengxin", *ON).code == 1
    assert "say who you are" in run("timesheet", "load", file).err
    wrong = run("timesheet", "load", file, "--result", tmp_path / "r.doc", "--as", "x", *ON)
    assert "end the name in .xlsx" in wrong.err


def test_expenses_go_to_a_buyer_at_once(run, order, tmp_path):
    policy = {"code": "travel", "currency": "CNY", "valid_from": "2026-10-01", "cite": "Policy 2"}
    rules = written(tmp_path, "p.json", json.dumps({"expenses": [policy]}).encode())
    written(tmp_path, "taxi.pdf", b"%PDF taxi")
    line = {"code": "travel", "description": "Taxi", "spent_on": DAY, "cost_centre": "4100",
            "amount": "128.50", "receipt": "taxi.pdf"}  # fmt: skip
    said = {"work_order": order.reference, "month": "2026-10", "lines": [line]}
    form = written(tmp_path, "e.json", json.dumps(said).encode())

    loaded = run("expense", "policy", rules, "--as", "lin.buyer", *ON)
    ran = run("expense", "submit", form, "--as", "he.hengxin", *ON, "--json")

    assert (loaded.code, ran.code) == (0, 0), ran.err
    assert (ran.rows[0]["total"], ran.rows[0]["waits_for"]) == ("128.50", "buyer")
    assert run("expense", "list", "--month", "2026-10", *ON, "--json").rows[0]["status"] == (
        "submitted"
    )


@pytest.mark.usefixtures("order")
def test_a_rate_card_waits_for_an_approver_and_is_shown(run, opener, tmp_path):
    with opener()() as books:
        supplier = make.rows_of(books, Supplier)[0]
    rate = {"category": "regular", "bill": "41.71", "pay": "35.20", "markup": "0.185"}
    card = {"supplier": supplier.reference, "currency": "CNY", "valid_from": "2026-10-01"}
    form = written(tmp_path, "card.json", json.dumps({**card, "rates": [rate]}).encode())

    ran = run("ratecard", "load", form, "--as", "lin.buyer", *ON, "--json")
    shown = run("ratecard", "show", supplier.reference, *ON, "--json")

    assert ran.code == 0, ran.err
    assert ran.rows[0]["waits_for"] == "approver"
    assert shown.of("rate")[0]["markup"] == "0.185"
