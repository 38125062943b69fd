"""What a file claims that no reader is certain of: see what was found, and enter what it says."""

from datetime import datetime
from pathlib import Path

import click
from sqlmodel import col, select

from vendorops.books import Answer, Books, answer
from vendorops.books.questions import OPEN
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    FILE,
    READER,
    WORDS,
    as_option,
    books_of,
    day_option,
    json_option,
    opener,
)
from vendorops.domain.claim_suggestion import ClaimSuggestion
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.stages.intake.forms import claim_form, read_entered
from vendorops.stages.intake.reviewing import KIND, suggested
from vendorops.tables import Decision, Invoice, ReceivedFile

STAGE = "intake"


class NothingToReview(Refused):
    """Nobody asks what the file claims."""


@click.command()
@click.argument("file")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
              help="Write a claim to be filled in.")  # fmt: skip
@click.option("--claim", "claim", type=FILE, help="Enter this claim (YAML), filled in.")
@click.option("--reason", type=WORDS, default="read from the file", help="Kept in the history.")
@as_option
@day_option
@json_option
def review(file: str, output: Path | None, claim: Path | None, **given: object) -> None:
    """Show what FILE (FIL-…) in review seems to claim, or enter what it does claim.

    Only what is entered is booked, in the name of who entered it, with the file as evidence. A
    file that is no claim is rejected with `vendorops decide`.
    """
    as_of = given["as_of"] if isinstance(given["as_of"], datetime) else None
    as_json = bool(given["as_json"])
    if claim:
        _enter(file, claim, (str(given["actor"] or ""), str(given["reason"])), as_of)
        _report(file, as_of, as_json=as_json)
        return
    with opener(READER, as_of)() as books:
        _, found = suggested(books, books.named(ReceivedFile, file))
    if output:
        output.write_text(claim_form(found), "utf-8")
    _show(found, as_json=as_json)


def _show(found: ClaimSuggestion, *, as_json: bool) -> None:
    fields = [
        {"field": each.name, "value": each.value, "where": each.where} for each in found.fields
    ]
    columns = [{"heading": each.heading, "means": each.meaning or None} for each in found.columns]
    emit([{"why": found.why, "lines": len(found.lines)}], as_json=as_json, kind="review")
    emit(fields, as_json=as_json, title="Found", kind="field")
    if columns:
        emit(columns, as_json=as_json, title="Columns", kind="column")


def _enter(file: str, claim: Path, who_why: tuple[str, str], as_of: datetime | None) -> None:
    entered = read_entered(claim.read_bytes())
    actor, reason = who_why
    with books_of(actor, as_of) as books:
        asked = _question(books, file)
        detail = {"claim": entered.model_dump(mode="json")}
        answer(books, Answer(asked.reference, "approve", reason, detail))


def _question(books: Books, file: str) -> Decision:
    row = books.named(ReceivedFile, file)
    query = select(Decision).where(
        col(Decision.subject_table) == "receivedfile",
        col(Decision.subject_id) == row.id,
        col(Decision.kind) == KIND,
        col(Decision.status).in_(OPEN),
    )
    found = books.session.exec(query).first()
    if found is None:
        raise NothingToReview(
            f"nobody asks what {file} claims: it is {row.status}; see vendorops inbox"
        )
    return found


def _report(file: str, as_of: datetime | None, *, as_json: bool) -> None:
    with opener(READER, as_of)() as books:
        ident = books.named(ReceivedFile, file).id
    outcome = sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        row = books.get(ReceivedFile, ident)
        query = select(Invoice.reference).where(col(Invoice.received_file_id) == ident)
        told = {
            "received": file,
            "status": row.status,
            "invoice": books.session.exec(query).one_or_none(),
            "refused": outcome.refused[0][1] if outcome.refused else None,
        }
    emit([told], as_json=as_json, title="Entered")
    if told["refused"]:
        raise NothingToReview(str(told["refused"]))
