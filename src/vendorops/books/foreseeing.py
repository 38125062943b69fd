"""Tells who would have to approve a question, before anybody asks it."""

from sqlmodel import col, select

from vendorops.books.questions.matrix import Path, in_force
from vendorops.books.questions.rights import TO_ROLE, Right, rights
from vendorops.books.unit import Books
from vendorops.books.working_days import working_days
from vendorops.domain.approvals import Scope, narrowest
from vendorops.domain.money import Money
from vendorops.tables import ApprovalRule


def foresee(books: Books, kind: str, question: Scope) -> list[dict[str, object]]:
    """Return the steps of a question asked today, and who may take each; none without a row.

    A step is due as late as it may be when those before it take all their days.
    """
    rows = in_force(books, kind, books.as_of)
    scope = narrowest(rows, question)
    return _steps(books, rows[scope], question) if scope else []


def _steps(books: Books, path: Path, question: Scope) -> list[dict[str, object]]:
    days = working_days(books)
    taken = [step.due_days for step in path.steps]
    found = rights(books, [step.role for step in path.steps])
    return [
        {
            "step": step.step,
            "role": step.role,
            "due_days": step.due_days,
            "due": days.after(books.as_of, sum(taken[: step.step]), question.place),
            "people": [_shown(right) for right in found if _may(right, step.role, question)],
            "matrix": path.rule.reference if path.rule else "",
            "cite": path.rule.cite if path.rule else "",
        }
        for step in path.steps
    ]


def _may(right: Right, role: str, question: Scope) -> bool:
    return (
        right.answers == role
        and right.from_escalation == TO_ROLE
        and right.covers(question.from_minor, question.currency)
    )


def _shown(right: Right) -> str:
    place = f" for {right.on_behalf_of}" if right.on_behalf_of else ""
    if right.limit_minor is None:
        return f"{right.holder}{place}"
    return f"{right.holder}{place} (up to {Money(right.limit_minor, right.currency)})"


def matrix_on(books: Books) -> list[dict[str, object]]:
    """Return every row of the matrix in force today, by kind and from the widest to the narrow."""
    kinds = books.session.exec(
        select(ApprovalRule.kind).distinct().order_by(col(ApprovalRule.kind))
    )
    return [
        _row(path.rule, scope, path)
        for kind in kinds
        for scope, path in sorted(in_force(books, kind, books.as_of).items(), key=_width)
        if path.rule
    ]


def _width(pair: tuple[Scope, Path]) -> tuple[object, ...]:
    scope = pair[0]
    return (scope.risk, scope.program, scope.place, scope.currency, scope.from_minor)


def _row(rule: ApprovalRule, scope: Scope, path: Path) -> dict[str, object]:
    return {
        "matrix": rule.reference,
        "kind": rule.kind,
        "program": scope.program or None,
        "place": scope.place or None,
        "risk": scope.risk or None,
        "from": str(Money(scope.from_minor, scope.currency)) if scope.currency else None,
        "steps": [f"{step.role} ({step.due_days} days)" for step in path.steps],
        "valid_from": rule.valid_from,
        "cite": rule.cite,
    }
