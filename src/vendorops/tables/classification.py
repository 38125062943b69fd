"""What engagements were found to be, who asks for that, and the facts that dispatch rests on."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from vendorops.domain.lifecycle import ClassificationStatus, Status
from vendorops.tables.columns import (
    Row,
    day,
    lifecycle,
    link,
    once_where,
    one_of,
    strict,
    text,
    whole,
)


class ClassificationDecision(Row, table=True):
    """What one questionnaire came to about a contract, an order or a supplier; all are kept.

    Nothing is ordered or reported while one that stands is held and nobody has settled it, or
    somebody has upheld the hold.
    """

    __table_args__ = strict(
        lifecycle(ClassificationStatus),
        one_of("subject_table", ("contract", "workorder", "supplier")),
        one_of("outcome", ("", "by_rule", "cleared", "upheld")),
        UniqueConstraint("reference"),
        CheckConstraint("held IN (0, 1)", name="held"),
        once_where(
            "uq_classificationdecision_one_stands",
            ("subject_table", "subject_id", "questionnaire"),
            "status <> 'superseded'",
        ),
        Index("ix_classificationdecision_subject", "subject_table", "subject_id"),
    )
    states: ClassVar[type[Status]] = ClassificationStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"outcome", "decided_on", "appealed_by", "appeal_reason"}
    )

    reference: str = text()
    subject_table: str = text()
    subject_id: int = whole()
    subject_reference: str = text()
    party_id: int = link("party")
    """The supplier's, whose own people never settle a hold."""
    questionnaire: str = text()
    version: str = text()
    """First day of the questionnaire's version."""
    method: str = text()
    rules_sha256: str = text()
    """Of the questionnaire's file: the rules that decided."""
    asked_for_day: date = day()
    """The day whose threshold was asked."""
    answers: str = text()
    """Canonical JSON: question to answer, and what it rests on."""
    answers_sha256: str = text()
    result: str = text()
    score: int = whole()
    held: int = whole()
    """1 where a person must settle it."""
    reasons: str = text()
    """Canonical JSON list of what decided."""
    stated_by: str = text()
    """Who answered, and therefore settles neither hold nor appeal."""
    stated_on: date = day()
    outcome: str = text(default="")
    """by_rule; cleared or upheld by a person; empty while it waits."""
    decided_on: date | None = day(default=None)
    appealed_by: str = text(default="")
    appeal_reason: str = text(default="")
    status: str = text(default=ClassificationStatus.PROPOSED.value, index=True)


class ClassificationDuty(Row, table=True):
    """From a day on, contracts of a program and place, or one, need a questionnaire answered."""

    __table_args__ = strict(
        UniqueConstraint("program", "place", "contract_id", "questionnaire", "valid_from"),
    )
    witnessed: ClassVar[bool] = True

    program: str = text(default="")
    """Empty for every program."""
    place: str = text(default="")
    contract_id: int | None = link("contract", optional=True)
    questionnaire: str = text()
    valid_from: date = day()
    reason: str = text()
    entered_by: str = text()


class Headcount(Row, table=True):
    """How many people a legal entity of ours employs in a place from a day on.

    The last word holds: a correction is another row of the same day.
    """

    __table_args__ = strict(
        CheckConstraint("employees >= 0", name="employees"),
        Index("ix_headcount_of", "legal_entity_id", "place", "valid_from"),
    )
    witnessed: ClassVar[bool] = True

    legal_entity_id: int = link("legalentity")
    place: str = text()
    valid_from: date = day()
    employees: int = whole()
    """Under a labour contract of its own; dispatched workers are not among them."""
    reason: str = text()
    entered_by: str = text()


class DispatchPost(Row, table=True):
    """What is known of a post that dispatched workers fill; the last word holds.

    It is the post of every order under the contract whose role or title is its name.
    """

    __table_args__ = strict(
        UniqueConstraint("reference"),
        one_of("kind", ("temporary", "auxiliary", "substitute")),
        one_of("main_business", ("yes", "no", "")),
        one_of("procedure_done", ("yes", "no", "")),
    )
    witnessed: ClassVar[bool] = True

    reference: str = text()
    contract_id: int = link("contract")
    name: str = text()
    """Role code or title of the orders placed on it."""
    kind: str = text()
    main_business: str = text(default="")
    procedure_done: str = text(default="")
    """Of an auxiliary post: discussed by the employees, negotiated and published."""
    exists_from: date | None = day(default=None)
    """Of a temporary post: since when there is such a post."""
    absent_employee: str = text(default="")
    """Of a substitute post: our own number of whom it stands in for, never a name."""
    absent_because: str = text(default="")
    absent_until: date | None = day(default=None)
    entered_by: str = text()
    entered_on: date = day()
