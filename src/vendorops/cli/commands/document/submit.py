"""Hand in a document of an approved supplier, such as a renewed licence."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import FILE, READER, as_option, day_option, json_option, opener
from vendorops.cli.waiting import waits_for
from vendorops.domain.finding import Level
from vendorops.domain.lifecycle import ComplianceDocumentStatus, ReviewStatus
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.stages.onboarding.renewing import hand_in
from vendorops.stages.watch.renewed import findings_of
from vendorops.tables import ComplianceDocument, Review, Supplier

STAGES = ("watch", "reviews")


class DocumentRejected(Refused):
    """The document was entered, and its checks found that it cannot be relied on."""


@click.command(
    help="Hand in FILE for the approved SUPPLIER. It is checked, and verified by a person."
)
@click.argument("supplier")
@click.argument("file", type=FILE)
@click.option("--kind", required=True, help="Such as dispatch_licence.")
@click.option("--number", prompt="Number of the document", help="Asked for when left out.")
@click.option("--issuer", required=True, help="Who issued it.")
@click.option("--valid-from", required=True, help="First day on which it holds: 2028-01-01.")
@click.option("--valid-to", help="First day on which it no longer holds; none without end.")
@click.option(
    "--figure",
    "figures",
    multiple=True,
    metavar="NAME=NUMBER",
    help="What it must state, such as registered_capital=5000000.",
)
@as_option
@day_option
@json_option
def submit(supplier: str, file: Path, **given: Any) -> None:  # noqa: ANN401 - click's own options.
    """Enter the document, check it at once, and say for whom it waits."""
    actor, as_of = given["actor"], given["as_of"]
    with opener(actor or "system:watch", as_of)() as books:
        ident = hand_in(books, supplier, _said(file, given), file.read_bytes()).id
    _run(ident, as_of)
    with opener(READER, as_of)() as books:
        paper = books.get(ComplianceDocument, ident)
        found = findings_of(books, paper)
        emit([_told(books, paper)], as_json=given["as_json"], title="Handed in", kind="document")
        told = [{"level": each.level, "finding": each.message} for each in found]
        emit(told, as_json=given["as_json"], title="The checks found", kind="finding")
    if paper.status == ComplianceDocumentStatus.REJECTED:
        why = "; ".join(each.message for each in found if each.level == Level.FATAL)
        raise DocumentRejected(f"{paper.reference} is rejected: {why}")


def _said(file: Path, given: dict[str, Any]) -> bytes:
    """Return what was said of the document as the form that every way of handing in fills."""
    figures = dict(pair.partition("=")[::2] for pair in given["figures"])
    said = {
        "kind": given["kind"],
        "issuer": given["issuer"],
        "number": given["number"],
        "valid_from": given["valid_from"],
        "figures": figures,
        "file": f"document{file.suffix.lower()}",
    }
    ends = {"valid_to": given["valid_to"]} if given["valid_to"] else {}
    return json.dumps(said | ends, ensure_ascii=False).encode()


def _run(ident: int, as_of: datetime | None) -> None:
    """Check the document; what no program could read is put before a person at once."""
    sweep("watch", opener("system:watch", as_of), [ident])
    sweep("reviews", opener("system:reviews", as_of))


def _told(books: Books, paper: ComplianceDocument) -> dict[str, Any]:
    return {
        "document": paper.reference,
        "supplier": books.get(Supplier, paper.supplier_id).reference,
        "type": paper.kind,
        "version": paper.version,
        "number": paper.number_masked,
        "valid_from": paper.valid_from,
        "valid_to": paper.valid_to,
        "status": paper.status,
        **_waits_for(books, paper),
    }


def _waits_for(books: Books, paper: ComplianceDocument) -> dict[str, Any]:
    """Return who is asked about a document, or first about a file that no program could read."""
    query = select(Review).where(
        col(Review.subject_table) == "compliancedocument",
        col(Review.subject_id) == paper.id,
        col(Review.status) == ReviewStatus.OPEN,
    )
    return waits_for(books, books.session.exec(query).first() or paper)
