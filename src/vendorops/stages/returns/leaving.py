"""A version leaves the house: its file is promised, then people record what became of it."""

import json
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books, promise_file
from vendorops.books.answers.filing_submission import refuse_known
from vendorops.books.many import move_all
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import FilingStatus, WithholdingStatus
from vendorops.paying.declaring import IN_FORCE, duty_of, in_force, release, versions
from vendorops.stages.returns.asking import OUTCOME
from vendorops.tables import (
    Decision,
    Effect,
    Filing,
    FilingLine,
    FilingReceipt,
    FilingSheet,
    Withholding,
)


def write(books: Books, filing: Filing) -> None:
    """Promise the approved files to the outgoing folder, under names that have their hashes.

    A version that says what an earlier one said is the file that lies there already.
    """
    written = books.move(filing, FilingStatus.WRITTEN, because=f"approved by {filing.approved_by}")
    own = (filing.file_sha256, f"{filing.reference}.{duty_of(filing).law.suffix}")
    for sha256, name in (own, *_sheets(books, filing)):
        query = select(Effect.id).where(col(Effect.sha256) == sha256, col(Effect.kind) == "file")
        if books.session.exec(query).first() is None:
            promise_file(books, written, sha256, name)


def _sheets(books: Books, filing: Filing) -> list[tuple[str, str]]:
    """Return hash and name of each file beside the form."""
    query = select(FilingSheet).where(col(FilingSheet.filing_id) == filing.id)
    return [
        (row.sha256, f"{filing.reference}-{row.layout}{row.suffix}")
        for row in books.session.exec(query.order_by(col(FilingSheet.layout)))
    ]


def submitted(books: Books, filing: Filing, decision: Decision) -> None:
    """Record that a version was handed in: its tax is filed, and what it amends is amended.

    Raises NoReceipt for a number that was recorded for another return of the company there.
    """
    number = str(json.loads(decision.detail).get("receipt", ""))
    refuse_known(books, filing, number)
    receipt = _receipt(books, filing, decision, "submitted")
    because = f"receipt {receipt.number}, recorded by {receipt.recorded_by}"
    before = in_force(books, filing.legal_entity_id, duty_of(filing))
    if before:
        amended = f"{filing.reference} is handed in"
        withdraw(books, before, amended, OUTCOME)  # What the office says now, it says of this one.
        books.move(before, FilingStatus.AMENDED, because=amended)
    books.move(filing, FilingStatus.SUBMITTED, because=because)
    _move(books, filing, WithholdingStatus.BOOKED, WithholdingStatus.FILED)


def told(books: Books, filing: Filing, decision: Decision) -> None:
    """Record what the office said of a version that was handed in."""
    if decision.answer == "reject":
        _receipt(books, filing, decision, "rejected")
        rejected(books, filing, f"the office: {decision.reason}")
        return
    receipt = _receipt(books, filing, decision, "accepted")
    books.move(
        filing,
        FilingStatus.ACCEPTED,
        because=f"{receipt.words}, recorded by {receipt.recorded_by}",
    )


def rejected(books: Books, filing: Filing, because: str) -> None:
    """Let what a version declares go into another one; what it amended stands again."""
    was_in = filing.status == FilingStatus.SUBMITTED
    books.move(filing, FilingStatus.REJECTED, because=because)
    if was_in:
        _reinstate(books, filing)
    release(books, filing)
    if was_in:
        _take_back(books, filing)


def _reinstate(books: Books, filing: Filing) -> None:
    """Let the newest version before stand again, as far as the office had come with it.

    That need not be the one it was to amend: the office may have rejected that one meanwhile.
    """
    known = versions(books, filing.legal_entity_id, duty_of(filing))
    amended = [row for row in known if row.status == FilingStatus.AMENDED]
    if not amended:
        return
    before = amended[-1]
    query = select(FilingReceipt.id).where(
        col(FilingReceipt.filing_id) == before.id, col(FilingReceipt.event) == "accepted"
    )
    accepted = books.session.exec(query).first() is not None
    after = FilingStatus.ACCEPTED if accepted else FilingStatus.SUBMITTED
    books.move(before, after, because=f"the office rejected {filing.reference}")


def _take_back(books: Books, filing: Filing) -> None:
    """Let tax that no version in force declares count as not filed."""
    declared = select(FilingLine.withholding_id).where(col(FilingLine.filing_id) == filing.id)
    standing = (
        select(FilingLine.withholding_id)
        .join(Filing, col(Filing.id) == col(FilingLine.filing_id))
        .where(col(Filing.status).in_(IN_FORCE), col(FilingLine.withholding_id).in_(declared))
    )
    query = select(Withholding.id).where(
        col(Withholding.id).in_(declared),
        col(Withholding.id).not_in(standing),
        col(Withholding.status) == WithholdingStatus.FILED,
    )
    idents = list(books.session.exec(query.order_by(col(Withholding.id))))
    arrow = (WithholdingStatus.FILED, WithholdingStatus.BOOKED)
    move_all(books, Withholding, idents, arrow, f"{filing.reference} is rejected")


def _move(
    books: Books, filing: Filing, before: WithholdingStatus, after: WithholdingStatus
) -> None:
    query = (
        select(Withholding.id)
        .join(FilingLine, col(FilingLine.withholding_id) == col(Withholding.id))
        .where(col(FilingLine.filing_id) == filing.id, col(Withholding.status) == before)
    )
    idents = list(books.session.exec(query.order_by(col(Withholding.id))))
    move_all(books, Withholding, idents, (before, after), f"{filing.reference} is handed in")


def _receipt(books: Books, filing: Filing, decision: Decision, event: str) -> FilingReceipt:
    told_so = json.loads(decision.detail)
    return books.enter(
        FilingReceipt(
            id=books.key(),
            filing_id=filing.id,
            legal_entity_id=filing.legal_entity_id,
            place=filing.place,
            event=event,
            number=str(told_so.get("receipt", "")),
            on_day=date.fromisoformat(told_so["on"]) if "on" in told_so else _answered(decision),
            words=decision.reason,
            recorded_by=str(decision.answered_by),
            sha256=told_so.get("evidence"),
        ),
        because=f"{filing.reference} {event}: {told_so.get('receipt', '')}".rstrip(": "),
    )


def _answered(decision: Decision) -> date:
    assert decision.answered_on  # noqa: S101 - an answer has its day.
    return decision.answered_on
