"""How much each likeness of two claims counts from a day on, and which score needs a person."""

from dataclasses import dataclass
from datetime import date

from vendorops.domain.dated import Dated

SCORER = "claims alike 2"
"""Name and version: raised when the same two claims would be scored otherwise."""


@dataclass(frozen=True)
class Weights:
    """Points in millionths; the score is their sum."""

    same_number: int
    """The numbers print alike, or differ in leading zeros."""
    same_serial: int
    """One number is the other without its prefix or year."""
    slip: int
    """One sign is missing, doubled, or changed places with the next."""
    same_gross: int
    same_net: int
    """Net agrees although tax or rounding does not."""
    other_amount: int
    same_work: int
    """The same work again, more than was delivered; in part as far as it is the same."""
    other_work: int
    """Both name work, and none of it is the same."""
    room_for_both: int
    """The same work, of which enough was delivered for both: two parts of it."""
    same_period_text: int
    """Lines of the same words and quantities, and the words name a period."""
    same_text: int
    other_figures: int
    """The words differ in figures or periods alone: the next of a series."""
    other_text: int
    same_day: int
    near: int
    far: int
    rhythm: int
    """The supplier claims this amount at regular intervals, and one has passed."""
    threshold: int
    """From here on a person looks."""
    near_days: int
    far_days: int
    cite: str


WEIGHTS = Dated(
    "the weights of likenesses between claims",
    {
        date(2020, 1, 1): Weights(
            same_number=600_000,
            same_serial=250_000,
            slip=150_000,
            same_gross=200_000,
            same_net=150_000,
            other_amount=-50_000,
            same_work=600_000,
            other_work=-400_000,
            room_for_both=-300_000,
            same_period_text=350_000,
            same_text=250_000,
            other_figures=-150_000,
            other_text=-100_000,
            same_day=150_000,
            near=100_000,
            far=-100_000,
            rhythm=-300_000,
            threshold=540_000,
            near_days=20,
            far_days=100,
            cite="Payables policy 1: of duplicates 99 in 100 must be seen, and no more than 2 in "
            "100 honest claims held, as measured by `vendorops bench duplicates` on 2,000 seeded "
            "claims",
        ),
    },
)
