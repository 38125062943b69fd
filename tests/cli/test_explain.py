import sqlite3
from contextlib import closing

import pytest

from vendorops.tracing import Check, Node, broken, written

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

    (decision,) = under(tree, "decision")
    (term,) = under(tree, "term")
    (difference,) = under(tree, "difference")
    assert (decision["by"], decision["on"]) == ("lin.buyer", "2026-11-02")
    assert len(decision["content_sha256"]) == 64
    assert (term["reference"], term["value"], term["since"]) == (
        "CON-2026-000002",
        "260.00",
        "2026-10-01",
    )
    assert (difference["reference"], difference["amount"]) == ("quantity_above_accepted", "520.00")


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
        ("../../etc", "cannot be explained; give PAY-…, SET-…"),
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
