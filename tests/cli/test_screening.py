import pytest

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
