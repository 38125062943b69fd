import pytest
from sqlmodel import col, select

from tests.approvals.asking import ask, asked, person, question, row, say
from vendorops.books import Answer, answer, correct, decided
from vendorops.books.questions import AlreadyAnswered, NotAllowed, TookEffect, answered
from vendorops.tables import Decision, Event

FIRST = "DEC-2026-000001"


@pytest.fixture
def office(lend):
    with lend()() as books:
        person(books, "li")
        person(books, "wang")
        person(books, "tang", role="cfo")
    return lend


@pytest.fixture
def approved(office):
    """A question that li approved; no stage has seen it yet."""
    ask(office)
    say(office, "li")
    return office


def put_right(lend, who="li", verdict="reject", reference=FIRST, **more):
    with lend(who)() as books:
        return correct(books, Answer(reference, verdict, "seen again", **more))


def rows(lend):
    with lend()() as books:
        found = books.session.exec(select(Decision).order_by(col(Decision.id)))
        return [(one.reference, one.status, one.answer, one.answered_by) for one in found]


@pytest.mark.parametrize("who", ["li", "wang"])
def test_a_later_answer_takes_the_place_of_an_earlier_one_and_both_are_kept(approved, who):
    newer = put_right(approved, who)

    assert rows(approved) == [
        (FIRST, "corrected", "approve", "li"),
        ("DEC-2026-000002", "answered", "reject", who),
    ]
    with approved()() as books:
        assert newer.corrects_id == books.named(Decision, FIRST).id
        assert newer.content_sha256 == books.named(Decision, FIRST).content_sha256
        found = decided(books, question(books))
        assert found
        assert found.reference == newer.reference
        told = books.session.exec(select(Event.after).where(Event.subject_table == "decision"))
        assert list(told)[-5:] == ["answered", "corrected", "requested", "answered", ""]


def test_once_a_stage_acted_on_it_it_is_not_corrected_any_more(approved):
    assert ask(approved).effective_on

    with pytest.raises(TookEffect, match=r"took effect on .* is not corrected any more; undo"):
        put_right(approved)


def test_who_only_looks_at_an_answer_leaves_it_to_be_corrected(approved):
    with approved()() as books:
        seen = answered(books, question(books))
        assert seen
        assert seen.answer == "approve"

    assert put_right(approved).answer == "reject"


def test_a_stage_that_fails_after_the_answer_has_not_acted_on_it(approved):
    with pytest.raises(ZeroDivisionError), approved()() as books:
        decided(books, question(books))
        raise ZeroDivisionError

    assert put_right(approved).answer == "reject"


def test_who_might_not_answer_does_not_correct_either(approved):
    for who, told in (("tang", "does not hold the role"), ("mallory", "nobody is known")):
        with pytest.raises(NotAllowed, match=told):
            put_right(approved, who)


def test_a_correction_given_twice_is_one(approved):
    first, again = (put_right(approved) for _ in range(2))

    assert first.reference == again.reference


def test_a_correction_says_something_else(approved):
    with pytest.raises(AlreadyAnswered, match="already says approve"):
        put_right(approved, verdict="approve")


def test_what_is_accepted_is_corrected_too(approved):
    newer = put_right(approved, verdict="approve", detail={"accept": {"WRK-1": "2"}})

    assert (newer.answer, newer.detail) == ("approve", '{"accept":{"WRK-1":"2"}}')


def test_a_correction_is_corrected_in_its_turn(approved):
    newer = put_right(approved)
    put_right(approved, "wang", "approve", newer.reference)

    assert [one[1:3] for one in rows(approved)] == [
        ("corrected", "approve"),
        ("corrected", "reject"),
        ("answered", "approve"),
    ]
    with pytest.raises(AlreadyAnswered, match="correct DEC-2026-000002 instead"):
        put_right(approved, "wang")


def test_an_open_question_has_nothing_to_correct(office):
    ask(office)

    with pytest.raises(AlreadyAnswered, match="there is nothing to correct"):
        put_right(office)


def test_a_plain_second_answer_tells_of_the_correction(approved):
    with (
        pytest.raises(AlreadyAnswered, match=r"li said approve on .* --correct"),
        approved("wang")() as books,
    ):
        answer(books, Answer(FIRST, "reject", "no"))


@pytest.fixture
def half_way(office):
    """Two steps, of which li took the first."""
    with office()() as books:
        row(books, "approver", "cfo")
    ask(office)
    say(office, "li")
    ask(office)
    return office


def test_a_correction_takes_back_what_was_asked_because_of_the_answer(half_way):
    put_right(half_way)

    assert asked(half_way) == []
    assert ask(half_way).answer == "reject"


def test_an_answer_that_another_was_built_on_is_not_corrected(half_way):
    say(half_way, "tang")

    with pytest.raises(AlreadyAnswered, match="tang answered DEC-2026-000002 on top of"):
        put_right(half_way)
    assert put_right(half_way, "tang", "reject", "DEC-2026-000002").step == 2
    assert ask(half_way).answer == "reject"


def test_both_steps_take_effect_together(half_way):
    say(half_way, "tang")
    ask(half_way)

    with pytest.raises(TookEffect):
        put_right(half_way)
