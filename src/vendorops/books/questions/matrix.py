"""The approval matrix of the company: which steps a question takes, as agreed on its day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from vendorops.books.questions.question import SUPPLIER_ROLE, Question
from vendorops.books.remembering import remembered
from vendorops.books.unit import Books
from vendorops.domain.approvals import Scope, narrowest
from vendorops.tables import ApprovalRule, ApprovalStep


@dataclass(frozen=True)
class Path:
    """Who must answer, in turn, and under which row of the matrix."""

    rule: ApprovalRule | None
    steps: tuple[ApprovalStep, ...] = ()

    @property
    def length(self) -> int:
        """How many people must answer."""
        return len(self.steps) or 1

    def role(self, step: int, otherwise: str) -> str:
        """Return who answers a step, counted from one."""
        return self.steps[step - 1].role if self.steps else otherwise


def scope_of(rule: ApprovalRule) -> Scope:
    """Return the questions a row holds for."""
    return Scope(rule.program, rule.place, rule.risk, rule.currency, rule.from_minor)


def in_force(
    books: Books, kind: str, day: date, entered_before: int | None = None
) -> dict[Scope, Path]:
    """Return the rows for one kind of question on a day: of each the newest, unless ended.

    `entered_before` is the key of a row, to leave out what nobody knew when it was entered.
    """
    name = ("matrix", kind, day, entered_before)
    return remembered(books, name, lambda: _read(books, kind, day, entered_before))


def _read(books: Books, kind: str, day: date, entered_before: int | None) -> dict[Scope, Path]:
    query = select(ApprovalRule).where(col(ApprovalRule.kind) == kind)
    if entered_before is not None:
        query = query.where(col(ApprovalRule.id) < entered_before)
    rules = list(books.session.exec(query.order_by(col(ApprovalRule.valid_from))))
    newest = {scope_of(rule): rule for rule in rules if rule.valid_from <= day}
    steps = steps_of(books, [rule.id for rule in newest.values()])
    return {
        scope: Path(rule, tuple(steps[rule.id]))
        for scope, rule in newest.items()
        if rule.id in steps
    }


def steps_of(books: Books, rules: Iterable[int]) -> dict[int, list[ApprovalStep]]:
    """Return the steps of some rows, in turn."""
    wanted = list(rules)
    found: dict[int, list[ApprovalStep]] = {}
    if wanted:
        query = select(ApprovalStep).where(col(ApprovalStep.rule_id).in_(wanted))
        for step in books.session.exec(query.order_by(col(ApprovalStep.step))):
            found.setdefault(step.rule_id, []).append(step)
    return found


def path_for(books: Books, question: Question) -> Path:
    """Return the way a question takes when it is asked today; a supplier signs by himself."""
    if question.role == SUPPLIER_ROLE:
        return Path(None)
    rows = in_force(books, question.kind, books.as_of)
    scope = narrowest(rows, question.scope)
    return rows[scope] if scope else Path(None)


def path_under(books: Books, rule_id: int | None) -> Path:
    """Return the way of a question that was asked under a row, whatever holds since."""
    if rule_id is None:
        return Path(None)
    steps = steps_of(books, [rule_id])
    return Path(books.get(ApprovalRule, rule_id), tuple(steps[rule_id]))
