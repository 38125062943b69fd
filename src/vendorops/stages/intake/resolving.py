"""Finds in the books what a claim speaks of: its supplier, and the work of its lines."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_
from sqlmodel import col, select

from vendorops import identifiers
from vendorops.books import Books
from vendorops.books.vault import blind_index
from vendorops.domain.claim import ClaimDocument
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, Invoice, Party, ReceivedFile, Supplier, WorkItem

AT_ONCE = 20_000
"""References asked for in one query; databases take about thirty thousand parameters."""


class NotBookable(Refused):
    """The claim does not fit what is in the books; it may fit later."""


@dataclass(frozen=True)
class KnownWork:
    """Work that a line names."""

    id: int
    performed_on: date


def seller(books: Books, claim: ClaimDocument) -> Supplier:
    """Return the supplier by any of the seller's numbers, or by the reference we gave it."""
    found = _by_number(books, claim.seller_identifiers)
    if len(found) > 1:
        names = ", ".join(sorted(supplier.reference for supplier in found))
        raise NotBookable(f"the seller's numbers are those of {names}; ask who sent the invoice")
    if not found:
        raise NotBookable(
            f"no supplier has a number of the seller {_named(claim)!r} (BT-29 to BT-32);"
            " onboard it first, or ask for an invoice with its registration number"
        )
    return found[0]


def _named(claim: ClaimDocument) -> str:
    """Return the seller's name, or a reference of ours; its numbers may be a person's."""
    ours = (number for number in claim.seller_identifiers if number.startswith("SUP-"))
    return (claim.seller_name or next(ours, ""))[:60]


def refuse_other(books: Books, file: ReceivedFile, supplier: Supplier) -> None:
    """Refuse a claim of another supplier than the one whose file a person said it is."""
    if file.supplier_id not in (None, supplier.id):
        said = books.get(Supplier, file.supplier_id or 0).reference
        raise NotBookable(
            f"the claim is of {supplier.reference}, but {file.reference} was taken in as a file of"
            f" {said}; ask who sent it"
        )


def supplier_of(books: Books, numbers: Sequence[str]) -> Supplier | None:
    """Return the one supplier that some of the numbers are of; None for none or for several."""
    found = _by_number(books, numbers) if numbers else []
    return found[0] if len(found) == 1 else None


def _by_number(books: Books, numbers: Sequence[str]) -> Sequence[Supplier]:
    indices = or_(
        col(Supplier.reference).in_(numbers),
        *(
            and_(col(Party.identifier_scheme) == scheme, col(Party.identifier_index) == index)
            for scheme, index in _indices(books, numbers)
        ),
    )
    query = select(Supplier).join(Party, col(Supplier.party_id) == col(Party.id)).where(indices)
    return books.session.exec(query).all()


def _indices(books: Books, numbers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Return the blind index of each number under every scheme whose number it can be."""
    for scheme in identifiers.codes():
        for number in numbers:
            try:
                yield (
                    scheme,
                    blind_index(books, identifiers.identifier(scheme).check(number), scheme),
                )
            except Refused:
                continue  # A number of another scheme, not a fault of the file.


def normalised(number: str) -> str:
    """Return a claim's number as duplicates are told by.

    >>> normalised("inv-001"), normalised("INV 001")
    ('INV001', 'INV001')
    """
    plain = unicodedata.normalize("NFKC", number).upper()
    kept = "".join(letter for letter in plain if letter.isalnum())
    if not kept:
        raise NotBookable("the number (BT-1) has neither letters nor digits; ask for one that has")
    return kept


def refuse_duplicate(books: Books, supplier: Supplier, number: str) -> None:
    """Refuse a number of which the supplier has a claim that was not rejected."""
    query = select(Invoice).where(
        col(Invoice.supplier_id) == supplier.id,
        col(Invoice.number_normalised) == normalised(number),
        col(Invoice.status) != InvoiceStatus.REJECTED.value,
    )
    earlier = books.session.exec(query).first()
    if earlier:
        raise NotBookable(
            f"{supplier.reference} has claimed under the number {number[:40]!r} before:"
            f" {earlier.reference}; reject that one first if this replaces it"
        )


def named_work(books: Books, contract: Contract, claim: ClaimDocument) -> dict[str, KnownWork]:
    """Return the work of the contract by the references that lines give exactly."""
    wanted = sorted({line.work_reference for line in claim.lines} - {""})
    found: dict[str, KnownWork] = {}
    for start in range(0, len(wanted), AT_ONCE):
        query = select(
            col(WorkItem.reference), col(WorkItem.id), col(WorkItem.performed_on)
        ).where(
            col(WorkItem.contract_id) == contract.id,
            col(WorkItem.reference).in_(wanted[start : start + AT_ONCE]),
        )
        for reference, ident, performed_on in books.session.exec(query):
            found[reference] = KnownWork(ident, performed_on)
    return found


def month_of(
    claim: ClaimDocument,
    work: Mapping[str, KnownWork],
    covered: Sequence[str],
    today: date,
) -> Period:
    """Return the month in which most lines' work was done, the later one of equals.

    `covered` are the months of sheets that lines name whole. Where no line names known work it is
    the month before the claim was issued, but none that has not begun: nobody would look there.
    """
    known = [work[line.work_reference] for line in claim.lines if line.work_reference in work]
    months = Counter(Period.month_of(item.performed_on) for item in known)
    months.update(Period.month(label) for label in covered)
    if not months:
        return min(Period.month_before(claim.issue_date), Period.month_of(today))
    return max(months, key=lambda month: (months[month], month))
