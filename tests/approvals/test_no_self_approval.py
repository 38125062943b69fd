"""Every question of the story is tried by everybody who may not answer it, before who may does."""

from collections import Counter
from datetime import date, timedelta
from itertools import chain
from typing import Any

import pytest
from sqlmodel import select

from tests.make import grant, person, put
from vendorops.books import Answer, answer, correct, waiting
from vendorops.books.questions import NotAllowed
from vendorops.demo import PlainWorld, hear_the_bank, story, tell
from vendorops.gateways.clock import now
from vendorops.invariants import verify
from vendorops.settings import SIMULATED, Settings
from vendorops.tables import Decision, Delegation, Person

OPPOSITE = {"approve": "reject", "reject": "approve"}
ANOTHER_DAY = date(2027, 1, 1)
UNASKED = {"document", "first_payment_above_cap", "supplier_change"}
"""What the story has an answer to, but never asks in its month."""


class UndoneError(Exception):
    """Takes back what a try entered."""


class Trial:
    """One open question, and those who try to answer it; nothing of it lasts."""

    def __init__(self, world, day, asked: Decision, said=answer) -> None:
        self.world, self.day, self.asked, self.said = world, day, asked, said
        self.refused: Counter[str] = Counter()

    def by(self, who: str, why: str, told: str, *enter: Any) -> None:
        """Let somebody try, once what `enter` says was entered; it must be refused by name."""
        with pytest.raises(UndoneError), self.world.act(who, self.day) as books:
            for step in enter:
                step(books)
            with pytest.raises(NotAllowed, match=told):
                self.said(books, Answer(self.asked.reference, self.verdict, "let me"))
            raise UndoneError
        self.refused[why] += 1

    def somebody(self, handle="probe", *, party_id=None, **granted):
        """Return what enters a person who holds the role that is asked."""
        role = granted.pop("role", self.asked.role)

        def enter(books):
            known = books.session.exec(select(Person).where(Person.handle == handle)).first()
            if known is None:
                person(books, handle, party_id=party_id)
            grant(books, handle, role, **({"valid_from": date(2025, 1, 1)} | granted))

        return enter

    @property
    def verdict(self):
        """What is tried: what the story says or, correcting it, the opposite."""
        told = story.VERDICTS.get(self.asked.kind, "approve")
        return told if self.said is answer else OPPOSITE[told]

    @property
    def belonging(self):
        """The party of who answers such a question."""
        return self.asked.party_id if self.asked.role == "supplier" else None

    def of_those_who_took_part(self) -> None:
        for who in (self.asked.asked_by, *self.asked.not_by.split()):
            holds = self.somebody(who, party_id=self.belonging)
            self.by(who, "took part", "took part", holds)
            if self.asked.role != "supplier":
                told = f"{who} took part"
                self.by("probe", "stands in for him", told, holds, self.standing_in(who))

    def standing_in(self, who):
        """Return what lets somebody else answer in a person's place."""

        def enter(books):
            handed = {"delegator": who, "role": self.asked.role, "entered_by": who}
            person(books, "probe")
            put(books, Delegation, HANDED | handed | {"valid_from": self.day}, {})

        return enter

    def of_the_other_side(self) -> None:
        if self.asked.role == "supplier":
            self.by("probe", "one of ours signs", "must belong", self.somebody())
        elif self.asked.party_id:
            insider = self.somebody(party_id=self.asked.party_id)
            self.by("probe", "belongs to the party", "must not belong", insider)

    def of_those_without_the_right(self) -> None:
        belonging = {"party_id": self.belonging}
        ended = self.somebody(valid_to=self.day, **belonging)
        early = self.somebody(valid_from=self.day + timedelta(days=1), **belonging)
        self.by("nobody", "unknown", "nobody is known as 'nobody'")
        for grants in (ended, early):
            self.by("probe", "grant over or to come", "does not hold the role", grants)
        if self.asked.role != "supplier":
            self.by("feng.admin", "admin", "does not hold the role")
            deputy = self.somebody("probe.chief", deputy="probe")
            self.by("probe", "deputy", "only once", lambda books: person(books, "probe"), deputy)
        if self.asked.role == "approver":
            self.by("probe", "superior", "only once", self.somebody(role="cfo"))
        if self.asked.amount_minor > 0:
            for limit, currency in ((self.asked.amount_minor - 1, "CNY"), (10**15, "XTS")):
                little = self.somebody(limit_minor=limit, currency=currency, **belonging)
                self.by("probe", f"limit in {currency}", "above the limit of probe", little)

    def all(self) -> Counter[str]:
        self.of_those_who_took_part()
        self.of_the_other_side()
        self.of_those_without_the_right()
        return self.refused


HANDED = {
    "reference": "DLG-2026-000999",
    "delegate": "probe",
    "valid_to": ANOTHER_DAY,
    "reason": "annual leave",
}


def test_nobody_approves_what_he_may_not_whatever_is_asked(settings, monkeypatch):
    (settings.home / SIMULATED).touch()
    world = PlainWorld(Settings.at(settings.home), now)
    tried: dict[str, Counter[str]] = {}
    answer_all = story._answer_all  # noqa: SLF001 - who tries comes just before who may.

    def trying(world, day):
        with world.act("reader", day) as books:
            asked = waiting(books)
        for row in asked:
            tried.setdefault(f"{row.kind}/{row.role}", Counter()).update(
                Trial(world, day, row).all()
            )
        count = answer_all(world, day)
        for row in asked[:1]:  # Whoever may not answer may not correct either.
            Trial(world, day, row, said=correct).of_those_who_took_part()
        return count

    monkeypatch.setattr(story, "_answer_all", trying)
    for _ in chain(tell(world), hear_the_bank(world)):
        pass

    kinds = {key.partition("/")[0] for key in tried}
    assert kinds == {*story.REASONS} - UNASKED
    assert "contract/cfo" in tried
    for key, refused in tried.items():
        assert refused["took part"], key
        assert refused["grant over or to come"], key
    assert sum(sum(refused.values()) for refused in tried.values()) > 250
    with world.act("system:verify", story.FILED) as books:
        assert verify(books).violations == []
