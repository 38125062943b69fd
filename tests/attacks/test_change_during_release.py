"""K06: a change is proposed while a payment is released, by two at once, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from functools import partial
from threading import Barrier

import pytest
from sqlmodel import select

from tests import make
from tests.attacks.actions import perform
from tests.attacks.play import START, Play, found
from vendorops.books import Opener, Terms, migrate, open_books
from vendorops.books.engine import engine
from vendorops.invariants import check, every
from vendorops.settings import Settings
from vendorops.tables import BankAccount, Event, PaymentBatch

DATABASES = ["sqlite", "postgresql"]


@pytest.fixture
def settings(request, tmp_path):
    """An installation of its own on one of the two databases."""
    lite = request.param == "sqlite"
    settings = Settings.at(tmp_path, "" if lite else request.getfixturevalue("new_database")())
    settings.key_file.write_bytes(make.MASTER_KEY)
    settings.key_file.chmod(0o600)
    migrate.upgrade(settings)
    yield settings
    engine(settings).dispose()


def opener_of(settings) -> Callable[..., Opener]:
    def make_opener(as_of: date = make.AS_OF, actor: str = "system:test", month: str = ""):
        del month
        instant = datetime.combine(as_of, time(9), UTC)
        return partial(open_books, settings, Terms(as_of, actor, lambda: instant))

    return make_opener


@pytest.mark.parametrize("settings", DATABASES, indirect=True)
@pytest.mark.parametrize("_again", range(3))
def test_a_change_proposed_during_a_release_comes_before_it_or_after_it(settings, _again):
    found(opener_of(settings))
    play = Play(lambda day, who, now: open_books(settings, Terms(day, who, lambda: now)), START)
    release = ("run", "release")
    for act in (
        ("run", "payment"),
        release,
        ("say", "payment_approval", "chen.approver"),
        release,
    ):
        perform(play, act)
    perform(play, ("say", "payment_release", "sun.releaser"))
    both = Barrier(2)

    def at_once(act):
        both.wait()
        perform(play, act)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(at_once, [release, ("propose", "he.hengxin", "new")]))

    with open_books(settings, Terms(make.AS_OF, "reader", lambda: START)) as books:
        new = next(row for row in books.session.exec(select(BankAccount)) if row.proposed_at)
        [batch] = books.session.exec(select(PaymentBatch)).all()
        order = {
            (event.subject_id, event.after): event.seq
            for event in books.session.exec(select(Event))
        }
        sent_at, proposed_at = order.get((batch.id, "released")), order[new.id, "proposed"]
        assert batch.status == ("approved" if sent_at is None else "released")
        assert sent_at is None or sent_at < proposed_at
        rules = [rule for rule in every() if rule.code in {"M16", "S20", "S02", "S03", "S04"}]
        assert [violation for rule in rules for violation in check(books, rule)] == []
