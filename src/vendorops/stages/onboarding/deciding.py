"""Puts a checked application before the buyer, and does what the buyer says."""

import json
from collections.abc import Mapping
from datetime import date

from vendorops.books import Books, Question, decided
from vendorops.books.reviewing import doubts
from vendorops.books.standing import refuse_stopped
from vendorops.documents.asking import shown
from vendorops.documents.holding import GONE, current_papers, refuse_lapsed
from vendorops.documents.verifying import holds_until, verify
from vendorops.domain.finding import Level
from vendorops.domain.lifecycle import (
    ComplianceDocumentStatus,
    QualificationStatus,
    ReviewStatus,
    SupplierStatus,
)
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.risk import RULES, assess, months_after
from vendorops.risk import shown as risk_shown
from vendorops.screening import screen
from vendorops.stages.onboarding.cases import findings_of, party_of
from vendorops.stages.onboarding.contacts import contacts_shown, enter_contacts
from vendorops.tables import (
    CheckFinding,
    ComplianceDocument,
    Decision,
    Qualification,
    Review,
    Supplier,
)


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
    risk = assess(books, case)
    content = {
        "case": case.reference,
        "supplier": supplier.reference,
        "name": party.name,
        "identifier": f"{party.identifier_scheme} {party.identifier_masked}",
        "program": case.program,
        "place": case.place,
        "application": case.application_sha256,
        "proposal": json.loads(case.proposal),
        "documents": [shown(paper) for paper in current_papers(books, supplier)],
        "findings": [_told(finding) for finding in findings],
        "doubts_settled": [
            f"{doubt.reference} {doubt.kind}"
            for doubt in doubts(books, party.id, ReviewStatus.CLEARED)
        ],
        "risk": risk_shown(risk),
        **contacts,
    }
    title = program(case.program).title
    noted = f"; the checks noted: {len(findings)}" if findings else ""
    risky = "; its risk is high" if risk.tier == "high" else ""
    return Question(
        kind="qualification",
        subject=case,
        content=content,
        sentence=f"May {party.name} serve us with {title} in {case.place}, with "
        f"{case.signer} signing for it{_changing(contacts)}{noted}{risky}?",
        role="buyer",
        party_id=party.id,
        program=case.program,
        risk=risk.tier,
        place=case.place,
    )


def _changing(contacts: Mapping[str, object]) -> str:
    return " and with another address or email" if contacts["contact_changes"] else ""


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
    refuse_stopped(books.get(Supplier, case.supplier_id))
    screen(books, party)  # A list may have come in since the check.
    true = [
        doubt
        for doubt in doubts(books, party.id, ReviewStatus.CONFIRMED)
        if _still_stands(books, doubt)
    ]
    if true:
        _reject_doubted(books, true)
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


def _still_stands(books: Books, found: Review) -> bool:
    """Tell whether a doubt is about what lies before us; a document that was replaced does not."""
    if found.subject_table != ComplianceDocument.__name__.lower():
        return True
    return books.get(ComplianceDocument, found.subject_id).status not in GONE


def _reject_doubted(books: Books, true: list[Review]) -> None:
    """Reject the documents that were found wanting, so that others may be handed in."""
    for found in true:
        if found.subject_table == ComplianceDocument.__name__.lower():
            paper = books.get(ComplianceDocument, found.subject_id)
            if ComplianceDocumentStatus.REJECTED in ComplianceDocumentStatus(paper.status).follows:
                because = f"{found.reference}, {found.kind}, was found true"
                books.move(paper, ComplianceDocumentStatus.REJECTED, because=because)


def _because(decision: Decision) -> str:
    return f"{decision.answer} by {decision.answered_by}, {decision.reference}"


def _approve(books: Books, case: Qualification, decision: Decision) -> None:
    supplier = books.get(Supplier, case.supplier_id)
    for paper in _received(books, supplier):
        verify(books, paper, _because(decision))
    refuse_lapsed(books, supplier, case.program, case.place)
    if supplier.status == SupplierStatus.REGISTERED:
        books.move(supplier, SupplierStatus.QUALIFIED, because=_because(decision))
    enter_contacts(books, case, party_of(books, case), decision)
    case.asked_anew_on = _asked_anew_on(books, case)
    case.valid_to = min(holds_until(books, case) or case.asked_anew_on, case.asked_anew_on)
    books.move(case, QualificationStatus.APPROVED, because=_because(decision))


def _reject(books: Books, case: Qualification, decision: Decision) -> None:
    for paper in _received(books, books.get(Supplier, case.supplier_id)):
        if paper.came_with == "renewal":
            continue  # It is verified, or not, by itself.
        books.move(paper, ComplianceDocumentStatus.REJECTED, because=_because(decision))
    books.move(case, QualificationStatus.REJECTED, because=_because(decision))


def _received(books: Books, supplier: Supplier) -> list[ComplianceDocument]:
    undecided = (ComplianceDocumentStatus.RECEIVED, ComplianceDocumentStatus.CHECKED)
    return [paper for paper in current_papers(books, supplier) if paper.status in undecided]


def _asked_anew_on(books: Books, case: Qualification) -> date:
    """Return the day on which the rhythm of its risk has a supplier qualified anew."""
    return months_after(books.as_of, RULES.on(books.as_of).months[assess(books, case).tier])
