"""Funds are right from the first day of a policy on, whatever was paid and confirmed before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests import make
from tests.soundness import broken
from tests.stages.bank_statements.told import UNPROVED, our_company
from tests.stages.funding.test_funding import confirmed, pays_in, policy
from tests.stages.funding.world import World
from tests.stages.settlement.month import claim, paid, settled, staffing
from vendorops.books.ledger import FloorBroken
from vendorops.paying.funding import (
    NotFunding,
    funds,
    must_be_funded,
)
from vendorops.stages.onboarding.fundings import BadFunding, load_funding
from vendorops.tables import (
    BankAccount,
    BankFile,
    BankStatement,
    Filing,
    LegalEntity,
)

pytestmark = pytest.mark.breaks(UNPROVED)
FIRST = date(2026, 12, 1)
DAY = timedelta(days=1)


def load(opener, payouts, since):
    with opener()() as books:
        load_funding(books, make.only(books, LegalEntity), policy(payouts, str(since)))


@pytest.fixture
def one_settled(opener):
    """Our company, which pays from whatever it has; one supplier is owed 1971.60."""
    with opener()() as books:
        our_company(books)
        claim(books, staffing(books), ("40", "46.50"))
    settled(opener)


@pytest.mark.usefixtures("one_settled")
@pytest.mark.parametrize("since", ["2026-01-01", str(make.AS_OF)])
def test_a_policy_from_a_day_on_which_money_went_is_refused_and_tells_what_to_do(opener, since):
    paid(opener)

    with pytest.raises(BadFunding, match=f"a first day after {make.AS_OF}"):
        load(opener, "confirmed", since)
    load(opener, "confirmed", make.AS_OF + DAY)

    with opener(as_of=make.AS_OF + DAY)() as books:
        assert {each.split()[0] for each in broken(books)} <= {UNPROVED}
        assert must_be_funded(books, make.only(books, LegalEntity).id)


@pytest.mark.usefixtures("one_settled")
def test_what_was_paid_before_the_first_day_is_not_there_to_be_paid_once_more(opener):
    pays_in(opener, "2000.00")
    paid(opener)
    load(opener, "confirmed", FIRST)

    with opener(as_of=FIRST - DAY)() as books:
        before = funds(books, make.only(books, LegalEntity), "CNY").confirmed.minor
    with opener(as_of=FIRST)() as books:
        since = funds(books, make.only(books, LegalEntity), "CNY")

    assert before == confirmed(opener) == 200_000
    assert (since.confirmed.minor, since.spent.minor) == (200_000 - 197_160, 197_160)


@pytest.fixture
def ours(opener):
    """A function that opens the books of our company, in which nothing has happened yet."""
    with opener()() as books:
        our_company(books)
        account = make.only(books, BankAccount)
        file = books.enter(
            BankFile(
                id=books.key(),
                reference=books.reference("BKF"),
                sha256=make.SHA,
                name="told.xml",
                size=1,
                received_on=make.AS_OF,
                received_by="zhao.finance",
            )
        )
        books.enter(
            BankStatement(
                id=books.key(),
                reference=books.reference("BST"),
                bank_file_id=file.id,
                bank_account_id=account.id,
                kind="statement",
                ident="1",
                currency="CNY",
                lines=0,
                content_sha256=make.SHA,
            )
        )
        make.filing(books)
    return opener()


ACTS = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["in", "in", "late", "out", "pay", "pay", "pay", "back", "policy", "policy"]),
    st.integers(1, 500),
)


FREE_TWICE = [
    (0, "pay", 400),  # More than there is: forgotten on the first day of the policy.
    (0, "policy", 1),
    (1, "in", 150),
    (0, "pay", 50),
    (0, "policy", 1),
    (1, "pay", 30),
    (0, "policy", 1),
    (1, "pay", 71),
    (0, "pay", 70),
]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(ACTS, min_size=4, max_size=20))
@example(acts=FREE_TWICE)
def test_whatever_came_and_went_funds_are_what_going_through_the_days_leaves(ours, acts):
    with ours() as books:
        world = World(books, make.only(books, BankStatement), make.only(books, Filing))
        for days, act, minor in acts:
            world.books = replace(world.books, as_of=world.books.as_of + days * DAY)
            _play(world, act, minor)

            left = funds(world.books, world.entity, "CNY").confirmed.minor
            assert world.reckoned() in (None, left)
        books.session.rollback()


def _play(world: World, act: str, minor: int) -> None:
    """Let one thing happen; what is refused must be what the reckoning has no funds for."""
    day, left = world.books.as_of, world.reckoned()
    if act in ("in", "late"):
        world.told("credit", minor, day - minor % 7 * DAY if act == "late" else day)
    elif act == "out":
        try:
            world.told("debit", minor, day)
        except (FloorBroken, NotFunding):
            assert left is None or left < minor
    elif act == "pay":
        short = world.pay(minor)
        assert bool(short) == (left is not None and left < minor)
    elif act == "back":
        world.give_back()
    elif day + DAY not in world.policies:
        held = world.policies[max(world.policies)] if world.policies else False
        confirmed = not held
        form = policy("confirmed" if confirmed else "any", str(day + DAY))
        load_funding(world.books, world.entity, form)
        world.policies[day + DAY] = confirmed
