"""Takes an application in: all of it or nothing, and once however often it is handed in."""

from hashlib import sha256
from pathlib import Path

from sqlmodel import col, select

from vendorops.books import Books, canonical
from vendorops.books.qualifying import expire, has_ended
from vendorops.books.standing import STOPPED
from vendorops.books.withdrawing import withdraw
from vendorops.documents import facts_json, keep
from vendorops.documents.forms import read_form
from vendorops.documents.holding import current_papers
from vendorops.domain.lifecycle import QualificationStatus, SupplierStatus
from vendorops.identifiers import masked
from vendorops.stages.onboarding.application import (
    Application,
    BadApplication,
    proposed_facts,
)
from vendorops.stages.onboarding.contacts import check_signer, enter_reached
from vendorops.stages.onboarding.inviting import take_name, take_up
from vendorops.stages.onboarding.mistakes import check
from vendorops.stages.onboarding.papers import Papers, enter_papers, read_papers
from vendorops.stages.onboarding.parties import (
    enter_party,
    is_established,
    propose_account,
)
from vendorops.tables import LegalEntity, Party, Qualification, Supplier

COPY_SUFFIX = ".json"
"""Of the copy of an application that is kept without its numbers."""


def apply(books: Books, data: bytes, folder: Path) -> Qualification:
    """Enter an application, its documents lying in `folder`, and return its case.

    The same application with the same files changes nothing. A different one of the same party
    for the same program and place takes the place of the one before, until it is approved.
    Who signs, and new contact facts of a known party, are entered when the buyer approves.
    Refused as a whole.
    """
    application = read_form(data, Application, "the application")
    check(application)
    return enter(books, application, folder, sha256(data).hexdigest())


def enter(books: Books, application: Application, folder: Path, digest: str) -> Qualification:
    """Enter an application that was checked; `digest` is the hash of it as it was handed in."""
    papers = read_papers(application, folder)
    supplier = _supplier(books, application)
    case = _case(books, supplier, application)
    if case and _is_same(books, case, digest) and _same_files(books, supplier, papers):
        return case
    keep(
        books,
        masked_copy(application),
        f"application of {supplier.reference}, masked",
        COPY_SUFFIX,
    )
    enter_papers(books, supplier, papers)
    party = books.get(Party, supplier.party_id)
    check_signer(books, application.signer, party)
    fresh = not is_established(books, party)
    account = propose_account(books, party, application.bank_account, application.signer)
    if fresh:
        enter_reached(books, party, application.party, account)
    if case:
        return _anew(books, case, application, digest)
    return _open_case(books, supplier, application, digest)


def masked_copy(application: Application) -> bytes:
    """Return the application as it may be kept in the clear: its numbers are in the vault only."""
    given = application.model_dump(mode="json")
    numbered = (given["party"]["identifier"], given["bank_account"], *given["documents"])
    for part in numbered:
        part["number"] = masked(part["number"])
    given["party"]["phone"] = masked(given["party"]["phone"]) if given["party"]["phone"] else ""
    return canonical(given)


def _supplier(books: Books, application: Application) -> Supplier:
    take_name(books, application.party)
    party = enter_party(books, application.party)
    ours = select(LegalEntity).where(col(LegalEntity.party_id) == party.id)
    if books.session.exec(ours).first():
        raise BadApplication("party: this is one of our own companies, which cannot supply us")
    known = select(Supplier).where(col(Supplier.party_id) == party.id)
    supplier = books.session.exec(known).one_or_none()
    if supplier is None:
        return _new_supplier(books, party, application.supplier_kind)
    if supplier.status in STOPPED:
        raise BadApplication(
            f"{supplier.reference} is {supplier.status} and cannot apply; ask procurement"
        )
    take_up(books, supplier)
    return supplier


def _new_supplier(books: Books, party: Party, kind: str) -> Supplier:
    row = Supplier(id=books.key(), reference=books.reference("SUP"), party_id=party.id, kind=kind)
    supplier = books.enter(row, because="applied")
    books.move(supplier, SupplierStatus.REGISTERED, because="the application is complete")
    return supplier


def _case(books: Books, supplier: Supplier, application: Application) -> Qualification | None:
    query = select(Qualification).where(
        col(Qualification.supplier_id) == supplier.id,
        col(Qualification.program) == application.program,
        col(Qualification.place) == application.place,
    )
    return books.session.exec(query).one_or_none()


def _is_same(books: Books, case: Qualification, digest: str) -> bool:
    """Tell whether a case is this application; one that ran out is applied for anew with it."""
    return case.application_sha256 == digest and not has_ended(books, case)


def _same_files(books: Books, supplier: Supplier, papers: Papers) -> bool:
    held = {paper.kind: paper.sha256 for paper in current_papers(books, supplier)}
    return all(held.get(form.kind) == sha256(data).hexdigest() for form, data in papers)


def _open_case(
    books: Books, supplier: Supplier, application: Application, digest: str
) -> Qualification:
    row = Qualification(
        id=books.key(),
        reference=books.reference("QUA"),
        supplier_id=supplier.id,
        legal_entity_id=_buyer(books, application).id,
        program=application.program,
        place=application.place,
        application_sha256=digest,
        asked_on=books.as_of,
        proposal=facts_json(proposed_facts(application)),
        signer=application.signer,
        name=application.party.name,
        address=application.party.address,
        email=application.party.email,
    )
    return books.enter(row, because=f"{supplier.reference} applied for {application.program}")


def _anew(
    books: Books, case: Qualification, application: Application, digest: str
) -> Qualification:
    """Let a new application take the place of the one before in its case."""
    if case.status == QualificationStatus.APPROVED and not has_ended(books, case):
        raise BadApplication(
            f"{case.reference} is approved; a change of terms is an amendment of its contract"
        )
    if case.status == QualificationStatus.APPROVED:
        expire(books, case)
    withdraw(books, case, because="applied anew")
    if case.status != QualificationStatus.SUBMITTED:
        books.move(case, QualificationStatus.SUBMITTED, because="applied anew")
    case.legal_entity_id = _buyer(books, application).id
    case.application_sha256, case.asked_on = digest, books.as_of
    case.proposal = facts_json(proposed_facts(application))
    case.valid_to = case.asked_anew_on = None
    case.signer, case.name = application.signer, application.party.name
    case.address, case.email = application.party.address, application.party.email
    books.record("replaced", case, "a new application took its place", content_sha256=digest)
    return case


def _buyer(books: Books, application: Application) -> LegalEntity:
    query = select(LegalEntity).where(col(LegalEntity.code) == application.legal_entity)
    entity = books.session.exec(query).one_or_none()
    if entity is None:
        known = ", ".join(books.session.exec(select(LegalEntity.code).order_by(LegalEntity.code)))
        raise BadApplication(
            f"legal_entity: we have no company {application.legal_entity}; "
            f"there is {known or 'none: load company.yaml first'}"
        )
    return entity
