import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlmodel import select

from vendorops.books import Terms, open_books
from vendorops.demo import story
from vendorops.tables import (
    Contract,
    Decision,
    Filing,
    Invoice,
    Payment,
    PaymentBatch,
    Reconciliation,
    Settlement,
    Transfer,
    WorkItem,
)
from vendorops.tracing import Check, Node, as_data, broken, explain, written

pytestmark = pytest.mark.usefixtures("month")


def under(tree, kind):
    """Every node of a kind in a tree."""
    found = [tree] if tree["kind"] == kind else []
    return found + [node for part in tree["parts"] for node in under(part, kind)]


def test_every_payment_unfolds_to_the_cent_into_work_terms_and_claims(run):
    for number in range(1, 5):
        ran = run("explain", f"PAY-2026-00000{number}", "--json")

        (tree,) = ran.rows
        assert ran.code == 0
        assert tree["adds_up"] is True
        assert tree["checked"] > 20
        assert "Adds up exactly" in ran.err
        assert {"work", "term", "decision", "claim line"} <= {
            kind for kind in ("work", "term", "decision", "claim line") if under(tree, kind)
        }


def test_withheld_tax_is_computed_again_and_shows_each_number_with_its_source(run):
    (tree,) = run("explain", "SET-2026-000002", "--json").rows

    (withheld,) = under(tree, "withholding")
    assert withheld["amount"] == "4986.40"
    assert withheld["checks"][0]["says"].startswith("computed again by the law of 2026-11-04")
    cited = {node["reference"]: node["value"] for node in withheld["parts"]}
    assert cited["per_payment.expense_rate"] == "0.20"
    assert all(node["source"] for node in withheld["parts"])


def test_a_line_shows_who_accepted_its_work_and_which_term_prices_it(run):
    (tree,) = run("explain", "INV-2026-000002/5", "--json").rows

    (acceptance,) = under(tree, "acceptance")
    (decision,) = under(acceptance, "decision")
    (term,) = under(tree, "term")
    (difference,) = under(tree, "difference")
    assert (decision["by"], decision["on"]) == ("lin.buyer", "2026-11-02")
    assert len(decision["content_sha256"]) == len(acceptance["evidence_sha256"]) == 64
    assert (term["reference"], term["value"], term["since"]) == (
        "CON-2026-000002",
        "260.00",
        "2026-10-01",
    )
    assert (difference["reference"], difference["amount"]) == ("quantity_above_accepted", "520.00")


MADE_OF_THEIR_PARTS = {
    "payment",
    "payment file",
    "settlement",
    "tax return",
    "reconciliation",
    "invoice",
    "claim",
    "claim line",
    "allocation",
}


def add_up(tree, reference):
    """Add the shares of every node up, from the written tree alone; return how many had some."""
    shares = [Decimal(part["share"]) for part in tree["parts"] if "share" in part]
    if shares:
        assert sum(shares) == Decimal(tree["amount"]), (reference, tree["reference"])
        currencies = {part["currency"] for part in tree["parts"] if "share" in part}
        assert currencies == {tree["currency"]}
    elif tree["kind"] in MADE_OF_THEIR_PARTS:
        assert tree["parts"] == [], (reference, tree["reference"])
    return bool(shares) + sum(add_up(part, reference) for part in tree["parts"])


def references(books):
    """Everything of the month that has an amount."""
    tables = (Payment, PaymentBatch, Settlement, Filing, Invoice, Reconciliation, WorkItem)
    for table in (*tables, Contract, Decision):
        yield from books.session.exec(select(table.reference))
    yield from books.session.exec(select(Transfer.key))
    yield from (f"{reference}/1" for reference in books.session.exec(select(Invoice.reference)))


def test_every_amount_of_the_month_unfolds_and_adds_up_at_every_node(month):
    terms = Terms(story.FILED, "reader", lambda: datetime(2026, 12, 2, tzinfo=UTC))
    with open_books(month, terms) as books:
        trees = {reference: explain(books, reference) for reference in references(books)}

    assert len(trees) > 100
    assert {reference: broken(tree) for reference, tree in trees.items() if broken(tree)} == {}
    summed = {reference: add_up(as_data(tree), reference) for reference, tree in trees.items()}
    assert summed["PAY-2026-000001"] > 20
    assert all(summed[reference] for reference in trees if reference[:3] in ("PAY", "SET", "REC"))


def test_a_price_is_found_in_its_clause_and_page_of_the_contract(run):
    (tree,) = run("explain", "INV-2026-000001/3", "--json").rows

    (term,) = under(tree, "term")
    (contract,) = under(tree, "contract")
    assert (term["agreed_in"], term["clause"], term["page"]) == (
        "CON-2026-000001",
        "8. 费用 Fees",
        "4",
    )
    signed = [node for node in under(contract, "decision") if node["asks"] == "signature"]
    assert {node["by"] for node in signed} == {contract["signed_by"]}


def test_a_price_that_an_amendment_changed_is_found_in_the_amendment(run):
    (tree,) = run("explain", "REC-2026-000001", "--json").rows

    assert {term["agreed_in"] for term in under(tree, "term")} >= {
        "CON-2026-000001",
        "AMD-2026-000001",
    }


def test_a_difference_of_price_names_its_tolerance_and_who_decided_about_the_claim(run):
    (tree,) = run("explain", "REC-2026-000004", "--json").rows

    differing = under(tree, "difference")
    priced = [node for node in differing if node["reference"].startswith("price_above")]
    assert {node["treatment"] for node in priced} == {"tolerated", "disputed"}
    for node in priced:
        (tolerance,) = under(node, "tolerance")
        limits = (tolerance["of"], tolerance["up_to"], tolerance["since"])
        assert limits == ("price", "0.5 %", "2026-01-01")
        assert tolerance["reference"] == "Purchasing policy 4.2"
    disputed = [node for node in under(tree, "difference") if node["treatment"] == "disputed"]
    assert {one["by"] for node in disputed for one in under(node, "decision")} == {"zhao.finance"}


def test_people_read_an_indented_tree_that_says_it_adds_up(run):
    ran = run("explain", "PAY-2026-000002")

    assert ran.code == 0
    assert "\n    SET-2026-000002  settlement  24123.60 CNY\n" in ran.out
    assert "✓ net 29110.00 CNY + tax 0.00 CNY - withheld 4986.40 CNY" in ran.out
    assert ran.out.splitlines()[-1].startswith("Adds up exactly: every check holds")


def test_books_in_which_a_figure_was_changed_do_not_add_up_and_the_command_says_where(run, month):
    with closing(sqlite3.connect(month.home / "books.db")) as database:
        for (trigger,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute(
            "UPDATE settlementline SET net_minor = net_minor + 1 WHERE id = "
            "(SELECT min(id) FROM settlementline WHERE net_minor > 0)"
        )
        database.commit()

    ran = run("explain", "PAY-2026-000001")

    assert ran.code == 1
    assert "does not add up" in ran.err
    assert "✗ net of 13 lines" in ran.out


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("PAY-2026-000099", "there is no Payment 'PAY-2026-000099'"),
        ("INV-2026-000002/99", "has no line 99"),
        ("../../etc", "cannot be explained; give PAY-…, PRT-…, BAT-…, SET-…"),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused_in_one_sentence(run, reference, said):
    ran = run("explain", reference)

    assert ran.code == 1
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_what_does_not_hold_is_found_however_deep_it_lies():
    deep = Node("work", "WRK-1", checks=(Check("1 = 2", holds=False),))
    tree = Node("payment", "PAY-1", parts=(Node("settlement", "SET-1", parts=(deep,)),))

    assert broken(tree) == ["1 = 2"]
    assert list(written(tree))[-1] == "          ✗ 1 = 2"
