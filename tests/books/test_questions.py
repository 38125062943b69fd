from datetime import timedelta

import pytest
from sqlmodel import select

from tests.books.test_unit import supplier
from tests.make import AS_OF
from vendorops.books import Answer, Question, Terms, answer, decided, open_books, waiting
from vendorops.books.questions import AlreadyAnswered, NotAllowed
from vendorops.domain.money import Money
from vendorops.domain.reasons import Wordless
from vendorops.gateways.clock import now
from vendorops.tables import Decision, Person, RoleGrant, Supplier

YES = Answer("DEC-2026-000001", "approve", "looks right")
NO = Answer("DEC-2026-000001", "reject", "looks wrong")


def person(books, handle, role="approver", limit=None, party_id=None):
    books.enter(Person(id=books.key(), handle=handle, party_id=party_id))
    books.enter(
        RoleGrant(
            id=books.key(),
            handle=handle,
            role=role,
            limit_minor=limit,
            currency="EUR" if limit else "",
            valid_from=AS_OF,
            granted_by="board",
        )
    )


def question(books, figure=1, **more):
    row = books.session.exec(select(Supplier)).first() or supplier(books)
    given = {"role": "approver", "party_id": row.party_id} | more
    return Question("check", row, {"figure": figure}, "Is this right?", **given)


@pytest.fixture
def asked(lend):
    def ask(**more):
        with lend()() as books:
            person(books, "li", limit=100_00)
            person(books, "wang")
            assert decided(books, question(books, **more)) is None
            return books.session.exec(select(Decision)).one()

    return ask


def test_an_answer_is_found_by_the_next_run(lend, asked):
    asked()

    with lend("li")() as books:
        answer(books, YES)

    with lend()() as books:
        found = decided(books, question(books))
        assert found
        assert (found.answer, found.answered_by) == ("approve", "li")
        assert waiting(books) == []


def test_a_question_is_put_once_however_often_a_run_needs_it(lend, asked):
    asked()

    with lend()() as books:
        decided(books, question(books))
        assert len(waiting(books)) == 1


def test_an_answer_to_other_content_does_not_count(lend, asked):
    asked()
    with lend("li")() as books:
        answer(books, YES)

    with lend()() as books:
        assert decided(books, question(books, figure=2)) is None
        assert [row.reference for row in waiting(books)] == ["DEC-2026-000002"]


def test_changed_content_voids_the_open_question(lend, asked):
    asked()
    with lend()() as books:
        decided(books, question(books, figure=2))

    with pytest.raises(AlreadyAnswered, match="is void"), lend("li")() as books:
        answer(books, YES)


def test_the_same_answer_twice_is_one_answer(lend, asked):
    asked()
    for _ in range(2):
        with lend("li")() as books:
            assert answer(books, YES).answer == "approve"


def test_a_second_and_different_answer_comes_too_late(lend, asked):
    asked()
    with lend("li")() as books:
        answer(books, YES)

    with pytest.raises(AlreadyAnswered, match="is answered"), lend("wang")() as books:
        answer(books, NO)


def test_who_asked_may_not_answer(lend, asked):
    with lend()() as books:
        person(books, "system:test")
    asked()

    with pytest.raises(NotAllowed, match="took part"), lend("system:test")() as books:
        answer(books, YES)


def test_who_took_part_before_may_not_answer(lend, asked):
    asked(not_by=("li",))

    with pytest.raises(NotAllowed, match="took part"), lend("li")() as books:
        answer(books, YES)


def test_an_amount_above_the_limit_needs_somebody_else(lend, asked):
    asked(amount=Money(100_01, "EUR"))

    with pytest.raises(NotAllowed, match="above the limit of li"), lend("li")() as books:
        answer(books, YES)
    with lend("wang")() as books:
        assert answer(books, YES).answered_by == "wang"


def test_a_stranger_may_not_answer_at_all(lend, asked):
    asked()

    with (
        pytest.raises(NotAllowed, match="nobody is known as 'mallory'"),
        lend("mallory")() as books,
    ):
        answer(books, YES)


def test_a_role_that_is_not_held_does_not_answer(lend, asked):
    asked(role="tax")

    with pytest.raises(NotAllowed, match="does not hold the role 'tax'"), lend("li")() as books:
        answer(books, YES)


def test_nobody_decides_for_the_party_he_belongs_to(lend, asked):
    party_id = asked().party_id
    with lend()() as books:
        person(books, "insider", party_id=party_id)

    with pytest.raises(NotAllowed, match="must not belong"), lend("insider")() as books:
        answer(books, YES)


def test_only_its_own_people_sign_for_a_supplier(lend, asked):
    party_id = asked(role="supplier").party_id
    with lend()() as books:
        person(books, "signer", role="supplier", party_id=party_id)
        person(books, "clerk", role="supplier")

    with pytest.raises(NotAllowed, match="must belong"), lend("clerk")() as books:
        answer(books, YES)
    with lend("signer")() as books:
        assert answer(books, YES).answered_by == "signer"


def test_an_answer_needs_a_reason(lend, asked):
    asked()

    for reason, told in (
        ("  ", "say why DEC-2026-000001"),
        ("x", "'x' is too short to say why DEC"),
    ):
        with pytest.raises(Wordless, match=told), lend("li")() as books:
            answer(books, Answer("DEC-2026-000001", "approve", reason))


def test_a_question_is_not_answered_on_a_day_before_it_was_asked(asked, anywhere):
    asked()
    day_before = Terms(AS_OF - timedelta(days=1), "li", now)

    with pytest.raises(NotAllowed, match="before it"), open_books(anywhere, day_before) as books:
        answer(books, YES)
