"""The cash to come, as people and scripts read it."""

import pytest

pytestmark = pytest.mark.usefixtures("month")
WORDS = ("--from", "2026-11-10", "--as-of", "2026-11-10", "--days", "40", "--items", "--json")


def test_a_forecast_names_the_lowest_day_and_tells_tax_on_the_day_of_the_law(run):
    ran = run("cash", "forecast", *WORDS)

    assert ran.code == 0, ran.err
    days = {row["day"]: row for row in ran.of("day")}
    assert days["2026-12-15"]["tax"] == "4986.40"
    assert days["2026-12-15"]["lowest"] == "lowest"
    assert [row["day"] for row in days.values() if row["lowest"]] == ["2026-12-15"]
    (tax,) = [row for row in ran.of("item") if row["for"] == "tax"]
    assert (tax["day"], tax["amount"], tax["currency"]) == ("2026-12-15", "4986.40", "CNY")
    (finding,) = ran.of("finding")
    assert "no statement tells what stands on ACC-2026-000001" in finding["finding"]


def test_a_company_that_is_none_of_ours_is_refused(run):
    ran = run("cash", "forecast", "--company", "NOBODY")

    assert ran.code == 1
    assert "there is no company 'NOBODY' of ours" in ran.err
