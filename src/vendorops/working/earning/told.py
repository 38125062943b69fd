"""Statements of earnings as they are entered, kept and shown."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from vendorops.domain.earnings import Line, Statement
from vendorops.domain.money import Money


class Due(NamedTuple):
    """What a stretch comes to for one contract and kind of line."""

    to: str
    """Reference of a broker's contract; empty for the one of the terms."""
    kind: str
    minor: int


def dues(statement: Statement) -> Iterator[Due]:
    """Yield what is due for each part, and what is taken off the own one."""
    for to, minor in statement.parts:
        yield Due(to, "earned", minor)
    yield Due("", "deduction", statement.deducted_minor)
    yield Due("", "advance", statement.recovered_minor)


def calculation(statement: Statement) -> dict[str, object]:
    """Return the calculation of a stretch, so that anybody can do it again."""
    terms, left = statement.agreed.terms, statement.left

    def text(minor: int) -> str:
        return Money(minor, terms.currency).text

    def lines(of: Sequence[Line]) -> list[list[str]]:
        return [[line.code, text(line.minor), line.formula] for line in of]

    return {
        "terms": statement.agreed.reference,
        "method": terms.method,
        "plan": terms.plan,
        "stretch": statement.stretch.label,
        "facts": [fact.key for fact in statement.facts],
        "basis": lines(statement.basis.lines),
        "earned": lines(statement.earned),
        "parts": [[to or "self", text(minor)] for to, minor in statement.parts],
        "deducted": text(statement.deducted_minor),
        "recovered": text(statement.recovered_minor),
        "net": text(statement.net_minor),
        "left": {
            "short": text(left.short_minor),
            "deductions": text(left.deductions_minor),
            "advances": text(left.advances_minor),
        },
    }


def told_statement(statement: Statement) -> dict[str, Any]:
    """Return a statement as people and scripts read it."""
    terms, left = statement.agreed.terms, statement.left

    def money(minor: int) -> Money | None:
        return Money(minor, terms.currency) if minor else None

    def said(lines: Sequence[Line]) -> str:
        told = (f"{line.code} {Money(line.minor, terms.currency).text}" for line in lines)
        return ", ".join(told)

    brokers = sum(minor for to, minor in statement.parts if to)
    return {
        "terms": statement.agreed.reference,
        "stretch": statement.stretch.label,
        "earned": Money(statement.earned_minor, terms.currency),
        "brokers": money(brokers),
        "deducted": money(statement.deducted_minor),
        "recovered": money(statement.recovered_minor),
        "net": Money(statement.net_minor, terms.currency),
        "short": money(left.short_minor),
        "deductions_open": money(left.deductions_minor),
        "advances_open": money(left.advances_minor),
        "basis": said(statement.basis.lines),
        "formula": "; ".join(
            f"{line.code} {Money(line.minor, terms.currency).text} = {line.formula}"
            for line in statement.earned
        ),
    }
