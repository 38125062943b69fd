"""Lets candidates in only from suppliers that were asked, in time, and may represent them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import keep
from vendorops.documents.store import SUFFIX
from vendorops.domain.lifecycle import DistributionStatus, SubmissionStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, Distribution, Requisition, Submission, Supplier
from vendorops.working.sourcing.fitness import refuse_unfit
from vendorops.working.sourcing.forms import ConsentForm, SubmissionForm
from vendorops.working.sourcing.owning import submissions_for
from vendorops.working.sourcing.rights import refuse_no_supplier
from vendorops.working.sourcing.states import OUT, SUBMITTABLE, refuse_unless


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
class Case:
    """What a submission hangs on."""

    requisition: Requisition
    distribution: Distribution
    supplier: Supplier


@dataclass(frozen=True)
class Consent:
    """The candidate's word that the supplier represents him."""

    given_on: date
    sha256: str


def case_of(books: Books, form: SubmissionForm) -> Case:
    """Return what a submission hangs on; refused late, unasked, or from an unfit supplier."""
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
    return Case(requisition, distribution, supplier)


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


def refuse_again(books: Books, case: Case, candidate_key: str, owner: Submission | None) -> None:
    """Refuse a candidate whom the same supplier proposed before, as long as somebody owns him."""
    before = [
        row
        for row in submissions_for(books, case.requisition, candidate_key)
        if row.supplier_id == case.supplier.id and row.status != SubmissionStatus.WITHDRAWN
    ]
    if owner is None or not before:
        return
    known = before[0]
    raise OwnCandidateTwice(
        f"{case.supplier.reference} proposed this candidate for {case.requisition.reference}"
        f" before: {known.reference} is {known.status}; a candidate is proposed once"
    )


def consent_of(
    books: Books, case: Case, given: ConsentForm | None, beside: Callable[[str], bytes]
) -> Consent:
    """Keep the proof of the right to represent; refused where there is none."""
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
    return Consent(given.given_on, keep(books, data, title, suffix))
