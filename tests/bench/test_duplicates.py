"""The seeded set of 2,000 claims, booked by the real stage one after the other."""

import pytest
from sqlmodel import select

from vendorops.bench import duplicates
from vendorops.bench._invoices import HABITS
from vendorops.bench._sent import WAYS, written
from vendorops.tables import PossibleDuplicate


def test_of_two_thousand_claims_duplicates_are_seen_and_honest_ones_let_through():
    figures = duplicates.run(claims=2_000, earlier=2_000)

    assert int(figures["duplicates"]) > 250
    assert float(figures["recall"]) >= 0.99
    assert float(figures["false_alarm_share"]) <= 0.02
    assert figures["both_pass"] == 0


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 21))
def test_whatever_the_seed_duplicates_are_seen_and_honest_claims_let_through(seed):
    figures = duplicates.run(claims=2_000, earlier=1_000, seed=seed)

    assert float(figures["recall"]) >= 0.99
    assert float(figures["false_alarm_share"]) <= 0.02
    assert figures["both_pass"] == 0


def test_the_seeded_set_holds_every_habit_and_every_way():
    drawn = written(2_000, duplicates.SEED)

    assert {claim.way for claim in drawn} == {"", *(way.__name__ for way in WAYS)}
    assert {claim.supplier % len(HABITS) for claim in drawn} == set(range(len(HABITS)))
    assert drawn == written(2_000, duplicates.SEED)


def test_honest_claims_of_one_amount_month_after_month_are_never_held(opener):
    """Without the noise of duplicates nobody's regular claims are looked at."""
    honest = [claim for claim in written(150, seed=5) if not claim.way]
    regular = [claim for claim in honest if claim.lines[0].text != "Courier"]
    with opener()() as books:
        duplicates.enter(books, regular)

        seen = [duplicates.booked(books, at, claim) for at, claim in enumerate(regular)]

        assert set(seen) == {""}
        assert books.session.exec(select(PossibleDuplicate)).all() == []
