from datetime import UTC, datetime

import pytest

from tests import make
from vendorops.books import Terms, open_books
from vendorops.books.reviewing import Doubt, doubt
from vendorops.demo import story

LIST = story.SAMPLES / "watchlists" / "demo-watch.csv"


@pytest.mark.usefixtures("month")
def test_the_lists_of_the_story_are_shown_and_loading_one_again_changes_nothing(run):
    (shown,) = run("screening", "lists", "--json").rows
    loaded = run(
        "screening", "load", LIST, "--list", "demo-watch", "--as", "gu.compliance", "--json"
    )

    assert (shown["list"], shown["entries"]) == ("demo-watch", 6)
    assert loaded.rows[0]["version"] == shown["version"]
    assert loaded.rows[0]["to_screen"] == 0


@pytest.mark.usefixtures("month")
def test_loading_a_list_needs_a_person_who_may(run):
    nobody = run("screening", "load", LIST, "--list", "x")
    buyer = run("screening", "load", LIST, "--list", "x", "--as", "lin.buyer")

    assert (nobody.code, buyer.code) == (1, 1)
    assert "say who you are" in nobody.err
    assert "does not hold the role 'compliance'" in buyer.err


@pytest.mark.usefixtures("month")
def test_a_file_that_is_no_list_is_refused_in_a_sentence(run, tmp_path):
    (tmp_path / "list.csv").write_text("Dear Sirs")

    ran = run("screening", "load", tmp_path / "list.csv", "--list", "x", "--as", "gu.compliance")

    assert ran.code == 1
    assert "no column id, name, schema" in ran.err


def test_a_scorer_is_measured_on_pairs_by_category(run, tmp_path):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(
        "schema,name1,name2,is_match,category\n"
        "Person,Anatol Veresov,Anatol Veresow,true,slip\n"
        "Company,Kestrel Ltd,Dunmore Ltd,false,others\n"
    )

    ran = run("screening", "report", "--pairs", pairs, "--json")

    (summary,) = ran.of("summary")
    assert (summary["precision"], summary["recall"], summary["f1"]) == (1.0, 1.0, 1.0)
    assert summary["threshold"] == 0.72
    assert [row["category"] for row in ran.of("category")] == ["others", "slip"]
    assert ran.of("category")[0]["recall"] is None


@pytest.mark.usefixtures("month")
def test_the_risk_of_every_supplier_is_shown_with_what_counted(run):
    rows = run("risk", "--json").rows

    assert len(rows) == 4
    for row in rows:
        assert row["tier"] in {"low", "medium", "high"}
        assert row["score"] == sum(one["points"] for one in row["counted"])
    assert any(one["fact"] == "doubts settled" for row in rows for one in row["counted"])


@pytest.mark.usefixtures("month")
def test_only_a_hit_that_was_found_true_is_proposed_to_be_cleared(run):
    words = ("REV-2026-000001", "--reason", "a namesake")

    cleared = run("screening", "clear", *words, "--as", "gu.compliance")
    buyer = run("screening", "clear", *words, "--as", "lin.buyer")
    unknown = run("screening", "clear", "REV-2026-009999", *words[1:], "--as", "gu.compliance")

    assert (cleared.code, buyer.code, unknown.code) == (1, 1, 1)
    assert "is cleared; only a hit that was found true has a way back" in cleared.err
    assert "does not hold the role 'compliance'" in buyer.err
    assert "there is no Review" in unknown.err


def test_a_hit_that_was_found_true_is_proposed_to_be_cleared_and_another_decides(run, month):
    day = ("--as-of", story.FILED, "--json")
    terms = Terms(story.FILED, "system:test", lambda: datetime(2026, 12, 2, tzinfo=UTC))
    with open_books(month, terms) as books:
        make.person(books, "yu.compliance")
        make.grant(books, "yu.compliance", "compliance")
        party = make.party(books, name="Borealis Marine Trading LLC")
        raised = Doubt("screening", party, party.id, "Somebody else?", {}, "compliance")
        hit = make.reach(books, doubt(books, raised), "confirmed").reference

    words = ("clear", hit, "--reason", "a namesake", "--as", "gu.compliance", *day)
    (proposed,) = run("screening", *words).rows
    answer = ("approve", "--reason", "seen", *day)
    own = run("decide", proposed["decision"], *answer, "--as", "gu.compliance")
    decided = run("decide", proposed["decision"], *answer, "--as", "yu.compliance")

    assert (proposed["review"], proposed["status"]) == (hit, "confirmed")
    assert (proposed["proposed_by"], proposed["waits_for"]) == ("gu.compliance", "compliance")
    assert (own.code, decided.code) == (1, 0)
