"""Loads who must approve what, and how lateness is dealt with: dated and cited, never edited."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field, StringConstraints
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.questions import SUPPLIER_ROLE
from vendorops.books.questions.matrix import in_force, scope_of, steps_of
from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.documents.proposal_forms import Code, Currency
from vendorops.domain.approvals import Scope, unclear
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.law import jurisdiction
from vendorops.programs import program
from vendorops.tables import ApprovalRule, ApprovalStep, EscalationRule, RoleGrant

Days = Annotated[str, StringConstraints(pattern=r"^([0-9]|[1-9][0-9]|1[0-9][0-9])$")]
"""Working days, from 0 to 199."""


class BadMatrix(Refused):
    """The approval matrix cannot be entered as it is."""


class StepForm(Form):
    """One who must approve."""

    role: Code
    due_days: Days


class ApprovalForm(Form):
    """Who must approve one kind of question, in turn; without steps, the row before it ends."""

    kind: Code
    program: Code | None = None
    """Any, where nothing is said; so are place, risk and currency."""
    place: Code | None = None
    risk: Code | None = None
    currency: Currency | None = None
    from_amount: Annotated[Words | None, Field(alias="from")] = None
    """Least amount for which it holds."""
    steps: tuple[StepForm, ...]
    valid_from: IsoDay
    cite: Words


class EscalationForm(Form):
    """After how many working days past the due day a question is chased, and by whom at last."""

    kind: Code | None = None
    role: Code | None = None
    remind_after: Days
    deputy_after: Days
    superior_after: Days
    escalates_to: Code | None = None
    valid_from: IsoDay
    cite: Words


def load_matrix(books: Books, forms: Iterable[ApprovalForm]) -> None:
    """Enter rows of the approval matrix; refuse rows that leave open who must approve.

    Two rows that fit one question, neither narrower than the other, need a third for what both
    fit. That must be so on every day on which a row begins.
    """
    listed = list(forms)
    for form in listed:
        _load(books, form)
    for kind in sorted({form.kind for form in listed}):
        _check_clear(books, kind)


def _load(books: Books, form: ApprovalForm) -> None:
    scope = _scope(books, form)
    query = select(ApprovalRule).where(
        col(ApprovalRule.kind) == form.kind, col(ApprovalRule.valid_from) == form.valid_from
    )
    known = next((row for row in books.session.exec(query) if scope_of(row) == scope), None)
    if known is None:
        _enter(books, form, scope)
        return
    steps = steps_of(books, [known.id]).get(known.id, [])
    if _as_told(form) != [(step.role, step.due_days) for step in steps]:
        raise BadMatrix(
            f"the row of the approval matrix for {form.kind} ({scope}) from {form.valid_from} is "
            "another one in our books; agree on a new one from a later day"
        )


def _scope(books: Books, form: ApprovalForm) -> Scope:
    if form.program:
        program(form.program)
    if form.place:
        jurisdiction(form.place)
    if form.from_amount and not form.currency:
        raise BadMatrix(f"approvals of {form.kind}: an amount needs a currency")
    for step in form.steps:
        _check_role(books, f"approvals of {form.kind}", step.role)
    least = 0
    if form.from_amount and form.currency:
        least = Money.parse(form.from_amount, form.currency).minor
    if least < 0:
        raise BadMatrix(f"approvals of {form.kind}: an amount is zero or more")
    return Scope(form.program or "", form.place or "", form.risk or "", form.currency or "", least)


def _check_role(books: Books, where: str, role: str) -> None:
    """Refuse a role that the other party holds, or nobody: it may be a slip of the pen."""
    held = books.session.exec(select(RoleGrant.id).where(col(RoleGrant.role) == role)).first()
    if role == SUPPLIER_ROLE or held is None:
        raise BadMatrix(f"{where}: nobody of ours holds the role {role!r}; grant it first")


def _as_told(form: ApprovalForm) -> list[tuple[str, int]]:
    return [(step.role, int(step.due_days)) for step in form.steps]


def _enter(books: Books, form: ApprovalForm, scope: Scope) -> None:
    row = books.enter(
        ApprovalRule(
            id=books.key(),
            reference=books.reference("APR"),
            kind=form.kind,
            valid_from=form.valid_from,
            cite=form.cite,
            **vars(scope),
        )
    )
    for number, (role, due_days) in enumerate(_as_told(form), start=1):
        books.enter(
            ApprovalStep(id=books.key(), rule_id=row.id, step=number, role=role, due_days=due_days)
        )


def _check_clear(books: Books, kind: str) -> None:
    days = books.session.exec(
        select(col(ApprovalRule.valid_from)).where(col(ApprovalRule.kind) == kind).distinct()
    )
    for day in sorted(days):
        open_between = unclear(in_force(books, kind, day))
        if open_between:
            one, other, shared = open_between
            raise BadMatrix(
                f"approvals of {kind} on {day}: the rows for ({one}) and ({other}) both fit "
                f"({shared}), and neither is narrower; add a row for ({shared})"
            )


def load_escalation(books: Books, form: EscalationForm) -> None:
    """Enter how lateness is dealt with; what is there is never edited."""
    if form.escalates_to:
        if not form.role:
            raise BadMatrix("escalations: a superior role is that of a role; name the role")
        _check_role(books, f"escalations of {form.role}", form.escalates_to)
    days = (int(form.remind_after), int(form.deputy_after), int(form.superior_after))
    if list(days) != sorted(days) or form.escalates_to == form.role is not None:
        raise BadMatrix(
            "escalations: first comes the reminder, then the deputy, then the superior role, "
            "which is another one"
        )
    query = select(EscalationRule).where(
        col(EscalationRule.kind) == (form.kind or ""),
        col(EscalationRule.role) == (form.role or ""),
        col(EscalationRule.valid_from) == form.valid_from,
    )
    known = books.session.exec(query).one_or_none()
    if known is None:
        remind, deputy, superior = days
        books.enter(
            EscalationRule(
                id=books.key(),
                kind=form.kind or "",
                role=form.role or "",
                remind_days=remind,
                deputy_days=deputy,
                superior_days=superior,
                escalates_to=form.escalates_to or "",
                valid_from=form.valid_from,
                cite=form.cite,
            )
        )
    elif (
        known.remind_days,
        known.deputy_days,
        known.superior_days,
        known.escalates_to,
    ) != (*days, form.escalates_to or ""):
        raise BadMatrix(
            f"the escalation of {form.role or 'any role'} from {form.valid_from} is another one "
            "in our books; agree on a new one from a later day"
        )
