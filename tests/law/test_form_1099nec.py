"""Who is on Form 1099-NEC of a year, and in which boxes."""

import csv
import io

import pytest

from vendorops.domain.jurisdiction import ReturnFacts, ReturnRow
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.law import jurisdiction

TAX = "us.backup_withholding"


def lines(year, *payees):
    """Return what the form of a year says of payees given as name, cents, tax and home."""
    rows = tuple(
        ReturnRow(
            name, "1", TAX, Money(paid, "USD"), Money(0, "USD"), Money(tax, "USD"), "1", home
        )
        for name, paid, tax, home in payees
    )
    law = jurisdiction("us")
    period = law.return_of("us.1099nec").period(Period.month(f"{year}-12"))
    data = law.render_return("us.1099nec", ReturnFacts("2", period, "USD", rows))
    return list(csv.DictReader(io.StringIO(data.decode())))


@pytest.mark.parametrize(
    ("year", "least", "revision", "box"),
    [(2025, 60_000, "April 2025", "box_1"), (2026, 200_000, "December 2026", "box_1a")],
)
def test_who_reaches_the_threshold_of_the_year_is_on_it_in_the_box_of_its_revision(
    year, least, revision, box
):
    below, reaching = ("below", least - 1, 0, "us"), ("reaching", least, 0, "us")

    on_it, total = lines(year, below, reaching)

    assert (on_it["payee"], on_it["revision"]) == ("reaching", revision)
    assert on_it[box] == total[box] == Money(least, "USD").text


def test_tax_kept_back_is_reported_whatever_was_paid_and_payees_abroad_are_on_another_form():
    taxed, abroad = ("taxed", 100, 24, "us"), ("abroad", 900_000, 0, "xa")

    *on_it, total = lines(2026, taxed, abroad)

    assert [row["payee"] for row in on_it] == ["taxed"]
    assert (total["box_1a"], total["box_4"]) == ("1.00", "0.24")
