"""Several who may answer do so at the same moment: one answer stands, the other is told."""

import pytest
from sqlmodel import col, select

from tests import make
from vendorops.books import Question, decided
from vendorops.books.engine import engine
from vendorops.demo import PlainWorld, story
from vendorops.gateways.clock import now
from vendorops.invariants import verify
from vendorops.settings import Settings
from vendorops.tables import Decision, Supplier

ROUNDS = 12
RIVALS = ("wang.approver", "zhu.approver")


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request, line, tmp_path):
    """A company with two approvers, who are asked some questions."""
    address = request.getfixturevalue("new_database")() if request.param == "postgresql" else ""
    home = tmp_path / "home"
    line.ask("found", home, database=address)
    made = PlainWorld(Settings.at(home, address), now)
    story.ACTS[0][1](made)
    with made.act("system:test", story.APPLIED) as books:
        make.person(books, RIVALS[1])
        make.grant(books, RIVALS[1], "approver")
        supplier = make.supplier(books)
        for number in range(ROUNDS):
            decided(books, Question(f"race{number}", supplier, {}, "So?", "approver"))
    yield made
    engine(made.settings).dispose()


def race(line, world, reference, verdicts):
    """Let both answer at once; return what each was told."""
    here = {"home": str(world.settings.home), "database": world.settings.database}
    with line.both() as zygotes:
        for zygote, who, verdict in zip(zygotes, RIVALS, verdicts, strict=True):
            zygote.start("decide", reference=reference, who=who, verdict=verdict, **here)
        return [zygote.answer() for zygote in zygotes]


def test_of_two_who_answer_at_once_one_stands_and_the_other_is_told_who_was_faster(line, world):
    with world.act("reader", story.APPLIED) as books:
        asked = list(books.session.exec(select(Decision).order_by(col(Decision.id))))
        assert len(asked) == ROUNDS

    for number, row in enumerate(asked):
        verdicts = ("approve", "reject") if number % 2 else ("approve", "approve")
        told = race(line, world, row.reference, verdicts)

        assert told.count("answered") == 1, told
        first = told.index("answered")
        [late] = [each for each in told if each != "answered"]
        assert f"{row.reference} is answered: {RIVALS[first]} said {verdicts[first]}" in late
        with world.act("reader", story.APPLIED) as books:
            kept = make.only(books, Decision, id=row.id)
            assert (kept.answered_by, kept.answer) == (RIVALS[first], verdicts[first])
    with world.act("system:verify", story.APPLIED) as books:
        assert make.only(books, Supplier).reference
        assert verify(books).violations == []
