"""What tests of questions share: people with roles, rows of the matrix, and a question to put."""

from datetime import date
from typing import Any

from sqlmodel import select

from tests.books.test_unit import supplier
from tests.make import AS_OF
from vendorops.books import Answer, Question, answer, decided, waiting
from vendorops.tables import ApprovalRule, ApprovalStep, Person, RoleGrant, Supplier

SINCE = date(2026, 1, 1)


def person(books, handle, role="approver", limit=None, **more):
    """Somebody with one role, in euros where there is a limit."""
    party_id = more.pop("party_id", None)
    known = books.session.exec(select(Person).where(Person.handle == handle)).first()
    if known is None:
        books.enter(Person(id=books.key(), handle=handle, party_id=party_id))
    given: dict[str, Any] = {
        "valid_from": SINCE,
        "granted_by": "board",
        "currency": "EUR" if limit else "",
    }
    books.enter(
        RoleGrant(id=books.key(), handle=handle, role=role, limit_minor=limit, **(given | more))
    )


def row(books, *roles, kind="check", **more):
    """A row of the matrix with a step for each role."""
    given: dict[str, Any] = {"valid_from": SINCE, "cite": "policy 1"}
    rule = books.enter(
        ApprovalRule(
            id=books.key(),
            reference=books.reference("APR"),
            kind=kind,
            **(given | more),
        )
    )
    for step, role in enumerate(roles, start=1):
        books.enter(
            ApprovalStep(id=books.key(), rule_id=rule.id, step=step, role=role, due_days=2)
        )
    return rule


def question(books, figure=1, kind="check", **more):
    """A question about the one supplier there is."""
    subject = books.session.exec(select(Supplier)).first() or supplier(books)
    given = {"role": "approver", "party_id": subject.party_id} | more
    return Question(kind, subject, {"figure": figure}, "Is this right?", **given)


def ask(lend, **more):
    """Put the question as a run would; return the answer to act on, if there is one."""
    with lend()() as books:
        return decided(books, question(books, **more))


def asked(lend):
    """Return the questions that wait."""
    with lend()() as books:
        return waiting(books)


def say(lend, who, verdict="approve", **more):
    """Let somebody answer the one question that waits."""
    [one] = asked(lend)
    with lend(who)() as books:
        return answer(books, Answer(one.reference, verdict, "as the test wants it", **more))


__all__ = ["AS_OF", "SINCE", "ask", "asked", "person", "question", "row", "say"]
