"""Orders from the command line: placed, approved, their checklist, changed, shown."""

import pytest
import yaml

DAY = ("--as-of", "2026-12-03")


@pytest.fixture
def form(tmp_path):
    def write(**said):
        path = tmp_path / "form.yaml"
        path.write_text(yaml.safe_dump(said), encoding="utf-8")
        return path

    return write


@pytest.fixture
def placed(month, run, form):  # noqa: ARG001 - it is placed in that month.
    """Return the order of a night shift that was placed, and the question about it."""
    hour = {"code": "regular_hours", "kind": "time", "description": "Night hour", "price": "52.5"}
    file = form(
        contract="CON-2026-000004",
        form="work_order",
        title="Night shift",
        start="2026-12-10",
        end="2027-02-01",
        budget="40000.00",
        lines=[hour],
        start_items={"badge": "Hand out the badge"},
    )
    ran = run("order", "place", file, "--as", "lin.buyer", *DAY, "--json")
    assert ran.code == 0, ran.err
    return ran.rows[0]


def test_an_order_is_placed_approved_and_shown_with_its_lines(run, placed):
    approve = ("decide", placed["decision"], "approve", "--reason", "needed")
    run(*approve, "--as", "wang.approver", *DAY)

    shown = run("order", "show", placed["order"], *DAY, "--json")

    assert placed["waits_for"] == "approver"
    assert [row["price"] for row in shown.of("line")] == ["52.50"]
    assert [row["item"] for row in shown.of("item")] == ["badge"]
    listed = run("order", "list", *DAY, "--json").rows
    assert [row["order"] for row in listed] == [placed["order"]]


def test_who_asked_for_an_order_neither_approves_it_nor_waives_its_checklist(run, placed):
    approve = ("decide", placed["decision"], "approve", "--reason", "mine", "--as", "lin.buyer")
    waive = ("order", "item", placed["order"], "badge", "--waive", "no time", "--as", "lin.buyer")

    assert run(*approve, *DAY).err.startswith("Refused: ")
    assert "may not waive" in run(*waive, *DAY).err


def test_a_file_that_is_no_order_names_what_is_wrong(run, form, month):  # noqa: ARG001 - as above.
    ran = run("order", "place", form(contract="CON-2026-000004"), "--as", "lin.buyer", *DAY)

    assert ran.code == 1
    assert "lines is missing" in ran.err
