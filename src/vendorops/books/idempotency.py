"""Commands that are given once: the same key means the same command, and gets the same answer."""

from collections.abc import Callable, Mapping

from sqlmodel import col, select

from vendorops.books import log
from vendorops.books.chain import content_sha256
from vendorops.books.unit import Books
from vendorops.domain.refusal import Refused
from vendorops.tables import IdempotencyKey


class OtherCommand(Refused):
    """The key was used before, for something else."""


def once(books: Books, key: str, command: Mapping[str, object], act: Callable[[], str]) -> str:
    """Do what a command asks, unless its key was used: then return the answer given at that time.

    Keys belong to the actor and are never forgotten: a script may repeat after weeks. Raises
    OtherCommand when the key stands for another command.
    """
    log.lock(books.session)  # Of two at once, the second waits here and finds the answer.
    query = select(IdempotencyKey).where(
        col(IdempotencyKey.actor) == books.actor, col(IdempotencyKey.key) == key
    )
    known = books.session.exec(query).one_or_none()
    body = content_sha256(dict(command))
    if known is None:
        answer = act()
        row = IdempotencyKey(
            id=books.key(), actor=books.actor, key=key, body_sha256=body, answer=answer
        )
        return books.enter(row).answer
    if known.body_sha256 != body:
        raise OtherCommand(f"key {key!r} stands for another command of yours; use a new key")
    return known.answer
