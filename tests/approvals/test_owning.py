import pytest

from tests.approvals.asking import ask, asked, person
from vendorops.domain.money import Money

AMOUNT = Money(100_00, "EUR")


def owner(lend, **more):
    ask(lend, **more)
    return asked(lend)[-1].owner


def staff(lend, **limits):
    with lend()() as books:
        for handle, limit in limits.items():
            person(books, handle, limit=limit)


def test_who_has_the_lowest_limit_that_is_enough_owns_a_question(lend):
    staff(lend, chief=None, high=500_00, middle=200_00, low=50_00)

    assert owner(lend, amount=AMOUNT) == "middle"


def test_without_an_amount_the_lowest_limit_is_enough(lend):
    staff(lend, high=500_00, low=50_00)

    assert owner(lend) == "low"


def test_of_equals_who_has_less_to_do_owns_the_next_question(lend):
    staff(lend, ann=None, bob=None)

    assert owner(lend) == "ann"
    ask(lend, kind="other")
    assert sorted(row.owner for row in asked(lend)) == ["ann", "bob"]


def test_who_took_part_or_asked_does_not_own_it(lend):
    staff(lend, ann=None, bob=None, **{"system:test": None})

    assert owner(lend, not_by=("ann",)) == "bob"


@pytest.mark.parametrize(
    ("limits", "more", "told"),
    [
        ({}, {}, "nobody holds the role approver"),
        (
            {"low": 50_00},
            {"amount": AMOUNT},
            "no approver has a limit of 100.00 EUR or more",
        ),
        (
            {"ann": None},
            {"not_by": ("ann",)},
            "ann took part, and no other approver has the limit",
        ),
    ],
)
def test_where_nobody_may_answer_it_says_what_is_missing(lend, limits, more, told):
    staff(lend, **limits)

    assert owner(lend, **more) == ""
    assert asked(lend)[0].missing == told


def test_a_limit_in_another_currency_is_none(lend):
    staff(lend, ann=500_00)

    assert owner(lend, amount=Money(1, "USD")) == ""
