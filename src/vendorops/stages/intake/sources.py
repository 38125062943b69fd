"""Ties credit notes, red-letter invoices and corrections to the invoices they name (BT-25)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.claim import ClaimDocument
from vendorops.domain.finding import Finding, Level
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.domain.money import Money
from vendorops.stages.intake.resolving import NotBookable, normalised
from vendorops.tables import Invoice, InvoiceSource, Supplier

NO_SOURCE, UNKNOWN_SOURCE = "no-source", "source-unknown"


class SourceUnknown(NotBookable):
    """A credit note takes back an invoice that is not in the books."""


class SourceUnfit(NotBookable):
    """The invoice that a credit note names cannot be what it takes back."""


class SourceExceeded(NotBookable):
    """A credit note takes back more than is left of what it names."""


@dataclass(frozen=True)
class Tie:
    """One source, and what of it is taken back."""

    source: Invoice
    number: str
    credited_minor: int


def ties_of(books: Books, supplier: Supplier, claim: ClaimDocument) -> list[Tie]:
    """Return the sources of a claim whose figures have the books' signs, each once.

    What a claim below zero takes back is spread over its sources in the order it names them, as
    far as each goes. Refused where one is unknown, is not what can be taken back from, or all of
    them together are less; the caller holds the log, so that nobody else credits meanwhile.
    """
    left = max(-claim.gross.minor, 0)
    ties: dict[int, Tie] = {}
    for number in claim.preceding_numbers:
        source = _found(books, supplier, number)
        if source is None:
            if claim.gross.minor < 0:
                raise SourceUnknown(_unknown(books, supplier, number))
            continue
        if source.id in ties:
            continue
        _check_fit(source, claim)
        credited = min(left, _remaining(books, source)) if left else 0
        left -= credited
        ties[source.id] = Tie(source, number, credited)
    if left and ties:
        raise SourceExceeded(_exceeded(list(ties.values()), claim, left))
    return list(ties.values())


def source_findings(books: Books, supplier: Supplier, claim: ClaimDocument) -> list[Finding]:
    """Return what a person should know of the sources of a claim that was not refused."""
    if claim.gross.minor < 0 and not claim.preceding_numbers:
        return [
            Finding(
                NO_SOURCE,
                Level.WARNING,
                "BT-25",
                "it takes money back without naming the invoice it belongs to; ask which one",
            )
        ]
    if claim.gross.minor < 0:
        return []
    return [
        Finding(
            UNKNOWN_SOURCE,
            Level.WARNING,
            f"BT-25, {number[:40]}",
            _unknown(books, supplier, number),
        )
        for number in claim.preceding_numbers
        if _found(books, supplier, number) is None
    ]


def enter_ties(books: Books, invoice: Invoice, ties: Sequence[Tie]) -> None:
    """Enter the ties of a claim that was just booked."""
    for tie in ties:
        row = InvoiceSource(
            id=books.key(),
            invoice_id=invoice.id,
            source_id=tie.source.id,
            number=tie.number,
            credited_minor=tie.credited_minor,
        )
        credited = Money(tie.credited_minor, invoice.currency)
        books.enter(
            row, because=f"{invoice.reference} takes {credited} back of {tie.source.reference}"
        )


def _found(books: Books, supplier: Supplier, number: str) -> Invoice | None:
    """Return the supplier's invoice of a number; a rejected one only where there is no other."""
    query = select(Invoice).where(
        col(Invoice.supplier_id) == supplier.id,
        col(Invoice.number_normalised) == normalised(number),
    )
    found = sorted(
        books.session.exec(query), key=lambda row: (row.status == InvoiceStatus.REJECTED, row.id)
    )
    return found[0] if found else None


def _unknown(books: Books, supplier: Supplier, number: str) -> str:
    query = (
        select(Supplier.reference)
        .join(Invoice, col(Invoice.supplier_id) == col(Supplier.id))
        .where(col(Invoice.number_normalised) == normalised(number))
    )
    others = sorted(set(books.session.exec(query)))
    theirs = f" ({', '.join(others[:3])} has one of that number)" if others else ""
    return (
        f"it names the invoice {number[:40]!r} (BT-25), which {supplier.reference} never"
        f" claimed{theirs}; book that one first, or ask which one is meant"
    )


def _check_fit(source: Invoice, claim: ClaimDocument) -> None:
    what = f"it names {source.reference} as its source (BT-25), which"
    if source.status == InvoiceStatus.REJECTED and claim.gross.minor < 0:
        raise SourceUnfit(f"{what} was rejected, so nothing of it can be taken back; reject both")
    if source.currency != claim.currency:
        raise SourceUnfit(
            f"{what} is in {source.currency}, but the claim is in {claim.currency};"
            f" ask for one in {source.currency}"
        )
    if source.gross_minor <= 0 and claim.gross.minor < 0:
        raise SourceUnfit(f"{what} claims nothing itself; ask which invoice is meant")


def _remaining(books: Books, source: Invoice) -> int:
    """Return what is left of a source after the credit notes that were not rejected."""
    query = (
        select(func.coalesce(func.sum(InvoiceSource.credited_minor), 0))
        .join(Invoice, col(Invoice.id) == col(InvoiceSource.invoice_id))
        .where(
            col(InvoiceSource.source_id) == source.id,
            col(Invoice.status) != InvoiceStatus.REJECTED.value,
        )
    )
    return max(source.gross_minor - int(books.session.exec(query).one()), 0)


def _exceeded(ties: Sequence[Tie], claim: ClaimDocument, left: int) -> str:
    names = ", ".join(tie.source.reference for tie in ties)
    taken = -claim.gross.minor
    most = Money(taken - left, claim.currency)
    return (
        f"it takes back {Money(taken, claim.currency)}, but only {most} is left of {names};"
        " ask for one over what is left"
    )
