"""Tasks from the command line: posted, loaded in bulk, taken, delivered, shown."""

import csv
import json
from datetime import UTC, datetime
from functools import partial

import pytest
import yaml

from tests import make
from tests.make.tasks import ADULT
from tests.stages.tasks.story import ANOTHER_ADULT, FIRST, SECOND
from vendorops.books import Terms, open_books
from vendorops.stages import sweep
from vendorops.tables import Supplier

DAY = ("--as-of", make.AS_OF.isoformat())
TERMS = Terms(make.AS_OF, "system:test", lambda: datetime(2026, 11, 4, 9, tzinfo=UTC))
BUYER = (*DAY, "--as", "lin.buyer", "--json")


@pytest.fixture
def freelancers(home):
    """The references of two freelancers under contract."""
    with open_books(home, TERMS) as books:
        made = make.freelancer(books, FIRST), make.freelancer(books, SECOND, ANOTHER_ADULT)
        return [books.get(Supplier, each.supplier_id).reference for each in made]


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "task.yaml"
    said = {
        name: value for name, value in make.task_form().model_dump(mode="json").items() if value
    }
    path.write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")
    return path


@pytest.fixture
def load(run, tmp_path):
    """Return `load(rows, *words)`, which loads a CSV of rows."""

    def loading(rows, *words):
        file = tmp_path / "tasks.csv"
        names = list(dict.fromkeys(name for row in rows for name in row))
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, names)
            writer.writeheader()
            writer.writerows(rows)
        return run("task", "load", file, *BUYER, *words)

    return loading


def row(**changed):
    return make.task_form(**changed).model_dump(mode="json")


@pytest.fixture
def order(run, freelancers, form):
    """The order by which lin.buyer gave a posted task to the second freelancer."""
    task = run("task", "post", form, *BUYER).rows[0]
    assert (task["task"], task["status"], task["each"]) == ("TSK-2026-000001", "posted", "1500.00")
    return run("task", "assign", task["task"], freelancers[1], *BUYER).rows[0]


@pytest.fixture
def sign(run, tmp_path, home):
    """Return `sign(order)`, which hands in the receipt of its signature, and takes it up."""

    def signing(order):
        paper, receipt = tmp_path / "order.pdf", tmp_path / "receipt.yaml"
        sent = run("contract", "render", order["order"], "-o", paper, "--json").rows[0]
        assert (paper.read_bytes()[:4], sent["template"]) == (b"%PDF", "work-order/all/2026-01-01")
        said = {"provider": "e-sign", "envelope": "E-1", "signer": "Li Lei"}
        said |= {"signed_at": "2026-11-04", "document_sha256": sent["sha256"]}
        receipt.write_text(json.dumps(said), "utf-8")
        words = ("contract", "sign", order["order"], "--receipt", receipt)
        assert run(*words, *DAY, "--as", SECOND, "--json").rows[0]["findings"] == []
        sweep("task_orders", partial(open_books, home, TERMS))

    return signing


def test_an_order_is_signed_by_receipt_and_delivered_with_evidence(run, order, sign, tmp_path):
    assert (order["order"], order["waits_for"]) == ("TO-2026-000001", "supplier")
    sign(order)
    proof = tmp_path / "labels.csv"
    proof.write_text("photo,empty\n1,yes\n")

    words = ("task", "deliver", order["order"], proof, "--quantity", "280")
    told = run(*words, *DAY, "--as", SECOND, "--json").rows[0]

    assert (told["quantity"], told["status"]) == ("280", "on_sheet")
    shown = run("task", "show", order["task"], "--json")
    assert shown.of("delivery")[0]["evidence"][0]["name"] == "labels.csv"
    assert [each["status"] for each in shown.of("assignment")] == ["submitted"]
    waits = run("inbox", "--all", "--json", *DAY).of("question")
    assert [each["asks"] for each in waits] == ["acceptance"]


def test_an_application_waits_for_a_buyer_and_tasks_are_listed(run, order, freelancers):
    asked = run("task", "apply", order["task"], freelancers[0], *DAY, "--as", FIRST, "--json")

    assert (asked.rows[0]["waits_for"], asked.rows[0]["status"]) == ("buyer", "applied")
    assert run("task", "list", "--status", "posted", "--json").rows[0]["taken"] == 1
    assert run("task", "list", "--status", "settled", "--json").rows == []


@pytest.mark.usefixtures("freelancers")
def test_a_file_of_tasks_is_posted_and_given_again_changes_nothing(load):
    rows = [row(key=str(number)) for number in range(3)]

    assert [each["outcome"] for each in load(rows).rows] == ["entered"] * 3
    again = load([*rows, row(key="3")])

    assert [each["outcome"] for each in again.rows] == ["unchanged"] * 3 + ["entered"]
    assert [each["reference"][-1] for each in again.rows] == ["1", "2", "3", "4"]


def test_all_or_none_of_a_file_is_entered_unless_what_is_in_order_was_asked_for(
    load, run, freelancers, tmp_path
):
    result = tmp_path / "result.json"
    rows = [row(key="good"), row(key="vague", title="咨询费"), row(key="odd") | {"slots": "many"}]

    none = load(rows, "--result", result)

    assert none.code == 1
    assert [each["outcome"] for each in none.rows] == ["held", "refused", "refused"]
    told = json.loads(result.read_text("utf-8"))
    assert "fits any work" in told[1]["reason"]
    assert "column slots is not a whole number" in told[2]["reason"]
    assert run("task", "list", "--json").rows == []

    some = load(rows, "--mode", "partial")

    assert [each["outcome"] for each in some.rows] == ["entered", "refused", "refused"]
    task = some.rows[0]["reference"]
    given = [{"task": task, "supplier": who} for who in [*freelancers, "SUP-2026-000099"]]
    orders = load(given, "--mode", "partial")
    assert [each["outcome"] for each in orders.rows] == ["entered", "entered", "refused"]
    assert [
        each["waits_for"] for each in run("task", "show", task, "--json").of("assignment")
    ] == [
        "supplier",
        "supplier",
    ]


@pytest.mark.usefixtures("freelancers")
def test_a_file_with_unknown_columns_or_a_formula_is_refused(load, run, tmp_path):
    assert "not known" in load([row() | {"colour": "red"}]).err
    assert "formula" in load([row(key="=1+1")], "--mode", "partial").rows[0]["reason"]
    empty = tmp_path / "empty.csv"
    empty.write_text("title,brief\n")
    assert "no row below" in run("task", "load", empty, *BUYER).err


def test_the_register_of_employees_keeps_no_number_and_stops_them(
    run, freelancers, form, tmp_path, home
):
    file = tmp_path / "employees.csv"
    file.write_text(f"scheme,number,since,until\n,{ADULT},2020-01-01,\n")

    loaded = run("people", "employees", "load", file, *BUYER)

    assert loaded.rows == [{"entered": 1, "ended": 0, "unchanged": 0}]
    for kept in home.home.rglob("*"):
        assert kept.is_dir() or ADULT.encode() not in kept.read_bytes()
    run("task", "post", form, *BUYER)
    refused = run("task", "assign", "TSK-2026-000001", freelancers[0], *BUYER)
    assert (refused.code, "is employed by us since 2020-01-01" in refused.err) == (1, True)
    file.write_text("scheme,number,since,until\n,123,2020-01-01,\n")
    wrong = run("people", "employees", "load", file, *BUYER)
    assert "row 2, column number" in wrong.err
