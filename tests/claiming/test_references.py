"""A spoilt reference leads to the work that was meant, and to nothing far from it."""

import pytest

from vendorops.claiming.references.open_work import OpenWork
from vendorops.claiming.references.scoring import Known, Said, likely

OPEN = [
    Known(at, f"WRK-2026-{at:06d}", f"WO-2026-{at // 10:06d}", f"sorting {at}", at * 10_000, 46)
    for at in range(1, 400)
]


def found(reference: str, description: str = "", quantity: int = 0, price: int = 0) -> list[str]:
    """Return the references suggested for a line, the likeliest first."""
    line = Said(reference, description, quantity, price)
    scored = [
        one for one in (likely(line, work) for work in OpenWork(OPEN).worth_a_look(line)) if one
    ]
    return [one.work.reference for one in sorted(scored, key=lambda one: -one.score)]


@pytest.mark.parametrize(
    "spoilt",
    ["WRK-2026-OOO123", "WRK 2026 l23", "WRK-2026-0000123", "2026-000123", "000123", "WRK-123"],
)
def test_letters_for_digits_zeros_and_missing_prefixes_lead_to_the_work(spoilt):
    assert found(spoilt)[0] == "WRK-2026-000123"


@pytest.mark.parametrize("spoilt", ["WKR-2026-000123", "WRK-2026-00123X", "WRK-2026-0001233"])
def test_slips_of_the_hand_are_suggested_where_quantity_or_price_agree(spoilt):
    assert found(spoilt, "sorting 123", 1_230_000, 46)[0] == "WRK-2026-000123"


def test_a_line_that_names_an_order_is_led_to_work_of_the_order_that_fits_it():
    assert found("WO-2026-000012", "sorting 123", 1_230_000, 46)[0] == "WRK-2026-000123"


def test_a_line_without_any_reference_is_led_by_quantity_price_and_words():
    assert found("", "sorting 123", 1_230_000, 46) == ["WRK-2026-000123"]


@pytest.mark.parametrize("foreign", ["PO-123", "WRK-2025-000123", "thank you", "7"])
def test_what_is_no_reference_of_ours_leads_nowhere_by_itself(foreign):
    assert "WRK-2026-000123" not in found(foreign)


def test_no_suggestion_is_ever_certain_and_each_says_why():
    line = Said("WRK-2026-OOO123", "sorting 123", 1_230_000, 46)

    best = max(
        (one for one in (likely(line, work) for work in OPEN) if one), key=lambda x: x.score
    )

    assert best.score == 99
    assert len(best.because) == 4
