"""Puts a checked application before the buyer, and does what the buyer says."""

import json
from collections.abc import Mapping
from datetime import date

from vendorops.books import Books, Question, decided
from vendorops.books.reviewing import doubts
from vendorops.domain.finding import Level
from vendorops.domain.lifecycle import (
    ComplianceDocumentStatus,
    QualificationStatus,
    ReviewStatus,
    SupplierStatus,
)
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.stages.onboarding.cases import findings_of, party_of, required
from vendorops.stages.onboarding.contacts import contacts_shown, enter_contacts
from vendorops.stages.onboarding.papers import current_papers
from vendorops.tables import CheckFinding, ComplianceDocument, Decision, Qualification, Supplier


class ChecksFailed(Refused):
    """What the check found stops the case until the supplier applies anew."""


def question(books: Books, case: Qualification) -> Question:
    """Return what the buyer is asked about a case; refused while a finding stops it."""
    findings = findings_of(books, case)
    stopping = [finding.message for finding in findings if finding.level == Level.FATAL]
    if stopping:
        raise ChecksFailed(f"{case.reference}: {'; '.join(stopping)}")
    supplier = books.get(Supplier, case.supplier_id)
    party = party_of(books, case)
    contacts = contacts_shown(books, case, party)
    content = {
        "case": case.reference,
        "supplier": supplier.reference,
        "name": party.name,
        "identifier": f"{party.identifier_scheme} {party.identifier_masked}",
        "program": case.program,
        "place": case.place,
        "application": case.application_sha256,
        "proposal": json.loads(case.proposal),
        "documents": [_shown(paper) for paper in current_papers(books, supplier)],
        "findings": [_told(finding) for finding in findings],
        "doubts_settled": [
            f"{doubt.reference} {doubt.kind}"
            for doubt in doubts(books, party.id, ReviewStatus.CLEARED)
        ],
        **contacts,
    }
    title = program(case.program).title
    noted = f"; the checks noted: {len(findings)}" if findings else ""
    return Question(
        kind="qualification",
        subject=case,
        content=content,
        sentence=f"May {party.name} serve us with {title} in {case.place}, with "
        f"{case.signer} signing for it{_changing(contacts)}{noted}?",
        role="buyer",
        party_id=party.id,
    )


def _changing(contacts: Mapping[str, object]) -> str:
    return " and with another address or email" if contacts["contact_changes"] else ""


def _shown(paper: ComplianceDocument) -> dict[str, object]:
    return {
        "kind": paper.kind,
        "version": paper.version,
        "issuer": paper.issuer,
        "number": paper.number_masked,
        "valid_from": paper.valid_from.isoformat(),
        "valid_to": paper.valid_to.isoformat() if paper.valid_to else "",
        "sha256": paper.sha256,
    }


def _told(finding: CheckFinding) -> dict[str, object]:
    return {
        "code": finding.code,
        "level": finding.level,
        "where": finding.place_in_source,
        "message": finding.message,
    }


def decide(books: Books, case: Qualification) -> bool:
    """Ask the buyer, or do what the buyer said; False while nobody has answered.

    A doubt about the applicant that nobody has settled waits for its own answer first, and one
    that was found true ends the case.
    """
    party = party_of(books, case)
    true = doubts(books, party.id, ReviewStatus.CONFIRMED)
    if true:
        because = f"{true[0].reference}, {true[0].kind}, was found true"
        books.move(case, QualificationStatus.REJECTED, because=because)
        return True
    if doubts(books, party.id, ReviewStatus.OPEN):
        return False
    decision = decided(books, question(books, case))
    if decision is None:
        return False
    if decision.answer == "approve":
        _approve(books, case, decision)
    else:
        _reject(books, case, decision)
    return True


def _because(decision: Decision) -> str:
    return f"{decision.answer} by {decision.answered_by}, {decision.reference}"


def _approve(books: Books, case: Qualification, decision: Decision) -> None:
    supplier = books.get(Supplier, case.supplier_id)
    for paper in _received(books, supplier):
        books.move(paper, ComplianceDocumentStatus.VERIFIED, because=_because(decision))
    if supplier.status == SupplierStatus.REGISTERED:
        books.move(supplier, SupplierStatus.QUALIFIED, because=_because(decision))
    enter_contacts(books, case, party_of(books, case), decision)
    case.valid_to = _holds_until(books, case, supplier)
    books.move(case, QualificationStatus.APPROVED, because=_because(decision))


def _reject(books: Books, case: Qualification, decision: Decision) -> None:
    for paper in _received(books, books.get(Supplier, case.supplier_id)):
        books.move(paper, ComplianceDocumentStatus.REJECTED, because=_because(decision))
    books.move(case, QualificationStatus.REJECTED, because=_because(decision))


def _received(books: Books, supplier: Supplier) -> list[ComplianceDocument]:
    papers = current_papers(books, supplier)
    return [paper for paper in papers if paper.status == ComplianceDocumentStatus.RECEIVED]


def _holds_until(books: Books, case: Qualification, supplier: Supplier) -> date | None:
    """Return the first day on which a required document no longer holds."""
    kinds = {needed.kind for needed in required(books, case)}
    papers = [paper for paper in current_papers(books, supplier) if paper.kind in kinds]
    return min((paper.valid_to for paper in papers if paper.valid_to), default=None)
