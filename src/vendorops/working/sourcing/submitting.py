"""Takes candidates from suppliers: whom they may represent, and nobody else's silently."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from vendorops.books import Books, log, vault
from vendorops.books.moments import latest
from vendorops.documents.forms import read_form
from vendorops.domain.lifecycle import DistributionStatus, RequisitionStatus, SubmissionStatus
from vendorops.domain.money import Money
from vendorops.identifiers import identifier, masked
from vendorops.tables import Requisition, Submission, Supplier
from vendorops.working.sourcing.admitting import (
    Case,
    Consent,
    NotSubmittable,
    case_of,
    consent_of,
    refuse_again,
)
from vendorops.working.sourcing.forms import SubmissionForm
from vendorops.working.sourcing.owning import OWNED_DAYS, owner_of

COLUMN, RETENTION = "identifier", "identity"
"""Under which the vault keeps a candidate's number."""


@dataclass(frozen=True)
class _Number:
    """The candidate's number, as it is kept."""

    canonical: str
    index: str


def submit(books: Books, data: bytes, beside: Callable[[str], bytes]) -> Submission:
    """Enter a candidate; one whom somebody else owns is entered as a duplicate that says whose.

    `beside` returns the file of a name that lies beside the form.
    """
    form = read_form(data, SubmissionForm, "the submission")
    log.lock(books.session)  # Of two suppliers at once, one comes first.
    case = case_of(books, form)
    number = _number(books, form)
    owner = owner_of(books, case.requisition, number.index)
    refuse_again(books, case, number.index, owner)
    consent = consent_of(books, case, form.right_to_represent, beside)
    row = _row(books, case, form, number, consent)
    books.enter(row, because=f"{case.supplier.reference} for {case.requisition.reference}")
    vault.keep(books, row, COLUMN, number.canonical, retention=RETENTION)
    _answered(books, case, row)
    if owner:
        _note_duplicate(books, row, owner)
    elif case.requisition.status == RequisitionStatus.DISTRIBUTED:
        case.requisition.started_at = row.submitted_at
        because = f"first candidate {row.reference}"
        books.move(case.requisition, RequisitionStatus.IN_PROGRESS, because=because)
    return row


def _number(books: Books, form: SubmissionForm) -> _Number:
    given = form.candidate.identifier
    canonical = identifier(given.scheme).check(given.number)
    return _Number(canonical, vault.blind_index(books, canonical, given.scheme))


def _row(
    books: Books, case: Case, form: SubmissionForm, number: _Number, consent: Consent
) -> Submission:
    days = OWNED_DAYS.on(books.as_of)
    return Submission(
        id=books.key(),
        reference=books.reference("SUB"),
        requisition_id=case.requisition.id,
        distribution_id=case.distribution.id,
        supplier_id=case.supplier.id,
        candidate_name=form.candidate.name,
        email=form.candidate.email,
        born_on=form.candidate.born_on,
        identifier_scheme=form.candidate.identifier.scheme,
        identifier_masked=masked(number.canonical),
        candidate_key=number.index,
        pay_minor=_amount(case.requisition, form.pay, "pay"),
        bill_minor=_amount(case.requisition, form.bill, "bill"),
        represented_on=consent.given_on,
        consent_sha256=consent.sha256,
        owned_until=books.as_of + timedelta(days=days),
        submitted_by=books.actor,
        submitted_at=latest(books),
    )


def _amount(requisition: Requisition, text: str, where: str) -> int:
    """Return an amount for one unit; the one that the requisition is about must be told."""
    asked = "pay" if requisition.pay_kind == "salary" else "bill"
    minor = Money.parse(text, requisition.currency).minor if text else 0
    if minor < 0 or (where == asked and not minor):
        raise NotSubmittable(
            f"{where}: give what one {requisition.pay_unit} costs, in {requisition.currency},"
            " above nothing"
        )
    return minor


def _answered(books: Books, case: Case, row: Submission) -> None:
    if case.distribution.status == DistributionStatus.RESPONDED:
        return
    case.distribution.responded_at = row.submitted_at
    case.distribution.answered_by = books.actor
    because = f"first candidate {row.reference}"
    books.move(case.distribution, DistributionStatus.RESPONDED, because=because)


def _note_duplicate(books: Books, row: Submission, owner: Submission) -> None:
    who = books.get(Supplier, owner.supplier_id)
    because = (
        f"{owner.reference} of {who.reference} came first, on"
        f" {owner.submitted_at:%Y-%m-%d %H:%M} UTC, and owns the candidate for this requisition"
        f" until {owner.owned_until}"
    )
    row.duplicate_of_id = owner.id
    row.ended_at, row.ended_by, row.ended_because = row.submitted_at, books.actor, because
    books.move(row, SubmissionStatus.DUPLICATE, because=because)
