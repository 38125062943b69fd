"""References are numbered without a gap, however many are taken at once."""

import pytest


def test_references_follow_each_other_without_a_gap(lend):
    with lend()() as books:
        numbers = [books.reference("INV") for _ in range(3)]

    assert numbers == ["INV-2026-000001", "INV-2026-000002", "INV-2026-000003"]


def test_references_taken_at_once_go_on_where_the_series_stands(lend):
    with lend()() as books:
        first = books.references("WRK", 2)
        assert books.reference("WRK") == "WRK-2026-000003"
        more = books.references("WRK", 2)
        assert books.references("WRK", 0) == []

    assert first == ["WRK-2026-000001", "WRK-2026-000002"]
    assert more == ["WRK-2026-000004", "WRK-2026-000005"]
    with lend()() as books:
        assert books.reference("WRK") == "WRK-2026-000006"


def test_references_of_a_transaction_that_fails_are_given_again(lend):
    with lend()() as books:
        books.reference("WRK")
    with pytest.raises(ZeroDivisionError), lend()() as books:
        books.references("WRK", 5)
        raise ZeroDivisionError

    with lend()() as books:
        assert books.references("WRK", 1) == ["WRK-2026-000002"]
