"""People: who decides, and how a test lets them answer."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tests.make.days import AS_OF
from tests.make.rows import put
from vendorops.books import Answer, Books, Opener, answer, waiting
from vendorops.tables import Decision, Party, Person, RoleGrant

ROLES = {
    "lin.buyer": "buyer",
    "wang.approver": "approver",
    "chen.approver": "approver",
    "zhao.finance": "finance",
    "sun.releaser": "releaser",
    "qian.tax": "tax",
    "gu.compliance": "compliance",
}
"""Our own people, without limits unless a test grants otherwise."""


def person(books: Books, handle: str, **changed: Any) -> Person:
    """Someone without any role."""
    return put(books, Person, {"handle": handle}, changed)


def grant(books: Books, handle: str, role: str, **changed: Any) -> RoleGrant:
    """A role without limit, held since the first day of 2026."""
    usual = {
        "handle": handle,
        "role": role,
        "valid_from": date(2026, 1, 1),
        "granted_by": "board",
    }
    return put(books, RoleGrant, usual, changed)


def people(books: Books) -> None:
    """Everyone of ROLES."""
    for handle, role in ROLES.items():
        person(books, handle)
        grant(books, handle, role)


def by(books: Books, handle: str) -> Books:
    """The same transaction in another person's name."""
    return replace(books, actor=handle)


def signer(books: Books, of: Party, handle: str = "he.hengxin") -> Person:
    """Someone who signs for a supplier."""
    row = person(books, handle, party_id=of.id)
    grant(books, handle, "supplier")
    return row


def reply(
    opener: Callable[..., Opener],
    kind: str,
    who: str,
    says: str = "approve",
    *,
    detail: Mapping[str, object] | None = None,
    as_of: date = AS_OF,
) -> list[Decision]:
    """Let a person answer every open question of a kind; fails when there is none."""
    with opener(as_of=as_of, actor=who)() as books:
        asked = [row for row in waiting(books) if row.kind == kind]
        assert asked, f"nobody was asked for a {kind}"
        return [
            answer(books, Answer(row.reference, says, "as the test wants it", detail or {}))
            for row in asked
        ]
