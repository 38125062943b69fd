"""Takes candidates from suppliers: whom they may represent, and nobody else's silently."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlmodel import col, select

from vendorops.books import Books, log, vault
from vendorops.books.moments import latest
from vendorops.documents import keep
from vendorops.documents.forms import read_form
from vendorops.documents.store import SUFFIX
from vendorops.domain.lifecycle import DistributionStatus, RequisitionStatus, SubmissionStatus
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.identifiers import identifier, masked
from vendorops.tables import Contract, Distribution, Requisition, Submission, Supplier
from vendorops.working.sourcing.fitness import refuse_unfit
from vendorops.working.sourcing.forms import SubmissionForm
from vendorops.working.sourcing.owning import OWNED_DAYS, owner_of, submissions_for
from vendorops.working.sourcing.rights import refuse_no_supplier
from vendorops.working.sourcing.states import OUT, SUBMITTABLE, refuse_unless

COLUMN, RETENTION = "identifier", "identity"
"""Under which the vault keeps a candidate's number."""


class NotSubmittable(Refused):
    """The candidate cannot be taken as proposed."""


class PastDeadline(NotSubmittable):
    """Candidates are no longer taken."""


class NotDistributed(NotSubmittable):
    """The supplier was not asked, not yet, or said no."""


class NoRightToRepresent(NotSubmittable):
    """The supplier shows no consent of the candidate."""


class OwnCandidateTwice(NotSubmittable):
    """The supplier proposed the candidate before."""


@dataclass(frozen=True)
class _Case:
    """What a submission hangs on."""

    requisition: Requisition
    distribution: Distribution
    supplier: Supplier


@dataclass(frozen=True)
class _Consent:
    """The candidate's word that the supplier represents him."""

    given_on: date
    sha256: str


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
    case = _case(books, form)
    number = _number(books, form)
    owner = owner_of(books, case.requisition, number.index)
    _refuse_again(books, case, number, owner)
    consent = _consent(books, case, form, beside)
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


def _case(books: Books, form: SubmissionForm) -> _Case:
    requisition = books.named(Requisition, form.requisition)
    supplier = books.named(Supplier, form.supplier)
    refuse_no_supplier(books, supplier, "submit candidates for it")
    refuse_unless(requisition, OUT, "answered")
    if requisition.deadline < books.as_of:
        raise PastDeadline(
            f"{requisition.reference} took candidates until {requisition.deadline}; ask its buyer,"
            f" {requisition.opened_by}, for a new one"
        )
    distribution = _distribution(books, requisition, supplier)
    refuse_unfit(books, requisition, books.get(Contract, distribution.contract_id))
    return _Case(requisition, distribution, supplier)


def _distribution(books: Books, requisition: Requisition, supplier: Supplier) -> Distribution:
    query = select(Distribution).where(
        col(Distribution.requisition_id) == requisition.id,
        col(Distribution.supplier_id) == supplier.id,
    )
    found = books.session.exec(query.order_by(col(Distribution.id).desc())).first()
    if found is None or found.status == DistributionStatus.SCHEDULED:
        when = "was not" if found is None else "is not yet"
        raise NotDistributed(
            f"{requisition.reference} {when} distributed to {supplier.reference}; candidates are"
            " taken from suppliers that were asked, once they were"
        )
    if found.status not in SUBMITTABLE:
        raise NotDistributed(
            f"{supplier.reference} takes no part in {requisition.reference}: {found.reference} is"
            f" {found.status} ({found.ended_because}); have it distributed anew"
        )
    return found


def _number(books: Books, form: SubmissionForm) -> _Number:
    given = form.candidate.identifier
    canonical = identifier(given.scheme).check(given.number)
    return _Number(canonical, vault.blind_index(books, canonical, given.scheme))


def _refuse_again(books: Books, case: _Case, number: _Number, owner: Submission | None) -> None:
    """Refuse a candidate whom the same supplier proposed before, as long as somebody owns him."""
    before = [
        row
        for row in submissions_for(books, case.requisition, number.index)
        if row.supplier_id == case.supplier.id and row.status != SubmissionStatus.WITHDRAWN
    ]
    if owner is None or not before:
        return
    known = before[0]
    raise OwnCandidateTwice(
        f"{case.supplier.reference} proposed this candidate for {case.requisition.reference}"
        f" before: {known.reference} is {known.status}; a candidate is proposed once"
    )


def _consent(
    books: Books, case: _Case, form: SubmissionForm, beside: Callable[[str], bytes]
) -> _Consent:
    """Keep the proof of the right to represent; refused where there is none."""
    given = form.right_to_represent
    if given is None:
        raise NoRightToRepresent(
            f"right_to_represent is missing: {case.supplier.reference} shows no consent of the"
            " candidate to represent him; add its day and file"
        )
    if given.given_on > books.as_of:
        raise NoRightToRepresent(
            f"right_to_represent: {given.given_on} has not come yet; have the consent given first"
        )
    data = beside(given.file)
    if not data:
        raise NoRightToRepresent(f"right_to_represent: {given.file} is empty; send the consent")
    suffix = Path(given.file).suffix.lower()
    suffix = suffix if SUFFIX.fullmatch(suffix) else ""
    title = f"right to represent, {case.supplier.reference}"
    return _Consent(given.given_on, keep(books, data, title, suffix))


def _row(
    books: Books, case: _Case, form: SubmissionForm, number: _Number, consent: _Consent
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


def _answered(books: Books, case: _Case, row: Submission) -> None:
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
