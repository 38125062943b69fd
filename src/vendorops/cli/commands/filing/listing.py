"""List returns, and show one with its checks, findings, receipts and other versions."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.naming_us import our_company
from vendorops.cli.laid_out import laid_out
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, Month, day_option, json_option, one_of, opener
from vendorops.cli.waiting import days_late, waits_for
from vendorops.domain.lifecycle import FilingStatus
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.paying.declaring import duty_of, late, versions
from vendorops.stages.returns import CHECKS
from vendorops.tables import CheckFinding, Filing, FilingReceipt, FilingSheet, LegalEntity

HANDED_IN = (FilingStatus.SUBMITTED, FilingStatus.ACCEPTED, FilingStatus.AMENDED)
OVER = (FilingStatus.REJECTED, FilingStatus.SUPERSEDED, FilingStatus.AMENDED)


@click.command("list", help="Returns: what each comes to, how far it is, for whom it waits.")
@click.option("--month", type=Month(), help="Only of this month, such as 2026-11.")
@click.option(
    "--status",
    type=one_of(FilingStatus),
    help="Only in this state.",
)
@click.option("--entity", default="", help="Only of this company of ours, by its code.")
@click.option("--all", "every", is_flag=True, help="Versions that another one replaced, too.")
@day_option
@json_option
def listed(**given: Any) -> None:  # noqa: ANN401 - click's own.
    """Print returns, the most urgent first."""
    with opener(READER, given["as_of"])() as books:
        rows = [told(books, row) for row in _wanted(books, given)]
    emit(rows, as_json=given["as_json"], title="Returns")


def _wanted(books: Books, given: dict[str, Any]) -> Iterator[Filing]:
    month: Period | None = given["month"]
    query = select(Filing).join(LegalEntity, col(LegalEntity.id) == col(Filing.legal_entity_id))
    if month:
        query = query.where(col(Filing.month) == month.label)
    if given["entity"]:
        query = query.where(col(LegalEntity.id) == our_company(books, given["entity"]).id)
    if given["status"]:
        query = query.where(col(Filing.status) == given["status"])
    elif not given["every"]:
        query = query.where(col(Filing.status).not_in(OVER))
    yield from books.session.exec(query.order_by(col(Filing.due_on), col(Filing.reference)))


@click.command(help="Show FILING (RET-…): its versions, what its checks say, and its receipts.")
@click.argument("filing")
@day_option
@json_option
def show(filing: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Print one version and everything around it."""
    with opener(READER, as_of)() as books:
        row = books.named(Filing, filing)
        parts = [
            ("Return", "return", [told(books, row)]),
            ("Files", "file", [*_files(books, row)]),
            ("Checks", "check", [*checks(books, row)]),
            ("Findings", "finding", [*_findings(books, row)]),
            ("Receipts", "receipt", [*_receipts(books, row)]),
            ("Versions", "version", [*_versions(books, row)]),
        ]
    for title, kind, rows in parts:
        if rows or not as_json:
            emit(rows, as_json=as_json, title=title, kind=kind)


def _files(books: Books, row: Filing) -> Iterator[dict[str, Any]]:
    yield {"file": "form", "sha256": row.file_sha256, "path": laid_out(books, row.file_sha256)}
    query = select(FilingSheet).where(col(FilingSheet.filing_id) == row.id)
    for sheet in books.session.exec(query.order_by(col(FilingSheet.layout))):
        path = laid_out(books, sheet.sha256)
        yield {"file": sheet.layout, "sha256": sheet.sha256, "path": path}


def told(books: Books, row: Filing) -> dict[str, Any]:
    """Return a version as people and scripts read it."""
    open_still = row.status not in (*HANDED_IN, *OVER)
    return {
        "return": row.reference,
        "legal_entity": books.get(LegalEntity, row.legal_entity_id).code,
        "form": row.form,
        "month": row.month,
        "version": row.version,
        "hand_in_by": row.due_on,
        "days_late": days_late(row.due_on, books.as_of) if open_still else None,
        "rows": row.rows,
        "total": Money(row.total_minor, row.currency),
        "file": laid_out(books, row.file_sha256),
        "status": row.status,
        **waits_for(books, row),
    }


def checks(books: Books, row: Filing) -> Iterator[dict[str, Any]]:
    """Yield what each check says of a version today."""
    if row.status in OVER:
        return
    for each in CHECKS:
        try:
            said, holds = each(books, row), True
        except Refused as refusal:
            said, holds = str(refusal), False
        yield {"check": each.__name__, "holds": holds, "said": said}
    missing = late(books, row)
    said = f"{missing} withholdings of its period came later: another version is due"
    yield {
        "check": "declares_everything",
        "holds": not missing,
        "said": said if missing else "it declares everything kept back in its period",
    }


def _findings(books: Books, row: Filing) -> Iterator[dict[str, Any]]:
    query = select(CheckFinding).where(
        col(CheckFinding.subject_table) == "filing", col(CheckFinding.subject_id) == row.id
    )
    for found in books.session.exec(query.order_by(col(CheckFinding.id))):
        yield {"code": found.code, "level": found.level, "message": found.message}


def _receipts(books: Books, row: Filing) -> Iterator[dict[str, Any]]:
    query = select(FilingReceipt).where(col(FilingReceipt.filing_id) == row.id)
    for found in books.session.exec(query.order_by(col(FilingReceipt.id))):
        yield {
            "event": found.event,
            "number": found.number,
            "on": found.on_day,
            "by": found.recorded_by,
            "words": found.words,
            "evidence": found.sha256,
        }


def _versions(books: Books, row: Filing) -> Iterator[dict[str, Any]]:
    for each in versions(books, row.legal_entity_id, duty_of(row)):
        yield {
            "version": each.version,
            "return": each.reference,
            "prepared_on": each.prepared_on,
            "prepared_by": each.prepared_by,
            "checked_by": each.checked_by,
            "approved_by": each.approved_by,
            "rows": each.rows,
            "total": Money(each.total_minor, each.currency),
            "status": each.status,
        }
