"""Checks a document handed in for an approved supplier, and has a person verify it."""

from collections.abc import Iterator

from sqlmodel import col, select

from vendorops.books import Books, Question, decided
from vendorops.books.reviewing import doubts
from vendorops.documents.asking import asked_of, shown
from vendorops.documents.paper_findings import reading, sufficiency, validity
from vendorops.documents.verifying import verify
from vendorops.domain.finding import Finding, Level
from vendorops.domain.lifecycle import ComplianceDocumentStatus, ReviewStatus
from vendorops.stages import Step
from vendorops.tables import CheckFinding, ComplianceDocument, Decision, Party, Review, Supplier

UNDECIDED = (ComplianceDocumentStatus.RECEIVED, ComplianceDocumentStatus.CHECKED)


def waiting(books: Books) -> list[int]:
    """Return the documents that came by themselves and that nobody has verified or rejected."""
    query = select(ComplianceDocument.id).where(
        col(ComplianceDocument.came_with) == "renewal",
        col(ComplianceDocument.status).in_(UNDECIDED),
    )
    return list(books.session.exec(query))


def is_waiting(paper: ComplianceDocument) -> bool:
    """Tell whether a document came by itself and waits to be verified."""
    return paper.came_with == "renewal" and paper.status in UNDECIDED


def advance(books: Books, paper: ComplianceDocument) -> Step:
    """Check a document, or have it verified; until then the one before is relied on."""
    if paper.status == ComplianceDocumentStatus.RECEIVED:
        return _check(books, paper)
    supplier = books.get(Supplier, paper.supplier_id)
    mine = _doubts(books, paper, supplier)
    true = [doubt for doubt in mine if doubt.status == ReviewStatus.CONFIRMED]
    if true:
        return _reject(books, paper, f"{true[0].reference}, {true[0].kind}, was found true")
    if any(doubt.status == ReviewStatus.OPEN for doubt in mine):
        return Step.WAITING
    decision = decided(books, _question(books, paper, supplier, mine))
    if decision is None:
        return Step.WAITING
    return _conclude(books, paper, decision)


def _check(books: Books, paper: ComplianceDocument) -> Step:
    found = {(each.code, each.where): each for each in _findings(books, paper)}.values()
    for finding in found:
        _enter(books, paper, finding)
    stopping = [finding.message for finding in found if finding.level is Level.FATAL]
    if stopping:
        return _reject(books, paper, f"the checks found: {'; '.join(stopping)}")
    books.move(paper, ComplianceDocumentStatus.CHECKED, because=f"checked: {len(found)} findings")
    return Step.AGAIN


def _findings(books: Books, paper: ComplianceDocument) -> Iterator[Finding]:
    supplier = books.get(Supplier, paper.supplier_id)
    party = books.get(Party, supplier.party_id)
    asked = [needed for needed in asked_of(books, supplier) if paper.kind in needed.kinds]
    yield from validity(books, paper, asked[0] if asked else None)
    for needed in dict.fromkeys(asked):
        if needed.kind == paper.kind:
            yield from sufficiency(books, paper, needed, party)
    yield from reading(books, party, [paper])


def _enter(books: Books, paper: ComplianceDocument, finding: Finding) -> None:
    books.enter(
        CheckFinding(
            id=books.key(),
            subject_table="compliancedocument",
            subject_id=paper.id,
            code=finding.code,
            level=finding.level,
            place_in_source=finding.where,
            message=finding.message,
            found_on=books.as_of,
        )
    )


def findings_of(books: Books, paper: ComplianceDocument) -> list[CheckFinding]:
    """Return what the check of a document found, in the order of code and place."""
    query = select(CheckFinding).where(
        col(CheckFinding.subject_table) == "compliancedocument",
        col(CheckFinding.subject_id) == paper.id,
    )
    order = (col(CheckFinding.code), col(CheckFinding.place_in_source))
    return list(books.session.exec(query.order_by(*order)))


def _doubts(books: Books, paper: ComplianceDocument, supplier: Supplier) -> list[Review]:
    return [
        doubt
        for doubt in doubts(books, supplier.party_id)
        if (doubt.subject_table, doubt.subject_id) == ("compliancedocument", paper.id)
    ]


def _reject(books: Books, paper: ComplianceDocument, because: str) -> Step:
    books.move(paper, ComplianceDocumentStatus.REJECTED, because=because)
    return Step.DONE


def _conclude(books: Books, paper: ComplianceDocument, decision: Decision) -> Step:
    because = f"{decision.answer} by {decision.answered_by}, {decision.reference}"
    if decision.answer != "approve":
        return _reject(books, paper, because)
    verify(books, paper, because)
    return Step.DONE


def _question(
    books: Books, paper: ComplianceDocument, supplier: Supplier, settled: list[Review]
) -> Question:
    party, found = books.get(Party, supplier.party_id), findings_of(books, paper)
    ends = f"to {paper.valid_to}" if paper.valid_to else "without end"
    noted = f"; the checks noted: {'; '.join(each.message for each in found)}" if found else ""
    return Question(
        kind="document",
        subject=paper,
        content={
            "document": paper.reference,
            "supplier": supplier.reference,
            "name": party.name,
            **shown(paper),
            "figures": paper.figures,
            "findings": [[each.code, each.level, each.message] for each in found],
            "doubts_settled": [f"{doubt.reference} {doubt.kind}" for doubt in settled],
        },
        sentence=f"Is {paper.reference}, the {paper.kind} of {party.name} by {paper.issuer}, "
        f"valid from {paper.valid_from} {ends}, in order{noted}?",
        role="buyer",
        party_id=party.id,
        not_by=(paper.handed_in_by,),
    )
