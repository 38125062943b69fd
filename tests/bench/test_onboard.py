"""The benchmark of onboarding takes in what is in order, all of it, and says how fast."""

from vendorops import bench
from vendorops.bench._applications import spreadsheet


def test_every_seeded_applicant_is_entered_and_comes_before_the_buyer():
    figures = bench.member("onboard").run(lines=40)

    assert (figures["bench"], figures["lines"]) == ("onboard", 40)
    assert (figures["entered"], figures["waiting"], figures["refused"]) == (40, 40, 0)
    assert int(figures["rows_written"]) > 40 * 10
    assert float(figures["ratio"]) > 1
    for step in ("read", "validate", "enter", "check", "ask"):
        assert int(figures[f"{step}_per_second"]) > 0


def test_the_same_number_of_applicants_is_the_same_file():
    assert spreadsheet(3) == spreadsheet(3)
    assert spreadsheet(3).count(b"\n") == 4
