"""Checks a case before a person looks at it: what is missing, expired, or does not fit."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, select

from vendorops.books import Books, vault
from vendorops.documents import draft_contract, kept, pdf_facts
from vendorops.domain.finding import Finding, Level
from vendorops.domain.program import Requirement
from vendorops.domain.refusal import Refused
from vendorops.gateways.child import Answer, run_limited_many
from vendorops.programs import program
from vendorops.stages.onboarding.papers import current_papers
from vendorops.tables import (
    BankAccount,
    CheckFinding,
    ComplianceDocument,
    Party,
    Qualification,
    Supplier,
)

SOON = timedelta(days=60)
"""Documents that end within this time are to be renewed before the contract runs long."""
STOPS_AWARD = "award"


class DocumentRequired(Refused):
    """The program may not be awarded without a document that was not handed in."""


def check_case(books: Books, case: Qualification) -> list[CheckFinding]:
    """Replace what an earlier check found by what is found today.

    Refused when a document is missing without which nothing may be awarded.
    """
    papers = current_papers(books, books.get(Supplier, case.supplier_id))
    found = [
        *_missing(books, case, {paper.kind for paper in papers}),
        *(finding for paper in papers for finding in _validity(books, paper)),
        *_texts(books, case, papers),
        *_holder(books, case),
        *_wording(books, case),
    ]
    for old in findings_of(books, case):
        books.session.delete(old)
    books.session.flush()
    return [_enter(books, case, finding) for finding in found]


def findings_of(books: Books, case: Qualification) -> list[CheckFinding]:
    """Return what the last check found about a case, in the order of code and place."""
    query = select(CheckFinding).where(
        col(CheckFinding.subject_table) == "qualification", col(CheckFinding.subject_id) == case.id
    )
    order = (col(CheckFinding.code), col(CheckFinding.place_in_source))
    return list(books.session.exec(query.order_by(*order)))


def _enter(books: Books, case: Qualification, finding: Finding) -> CheckFinding:
    return books.enter(
        CheckFinding(
            id=books.key(),
            subject_table="qualification",
            subject_id=case.id,
            code=finding.code,
            level=finding.level,
            place_in_source=finding.where,
            message=finding.message,
            found_on=books.as_of,
        )
    )


def party_of(books: Books, case: Qualification) -> Party:
    """Return the party that applied."""
    return books.get(Party, books.get(Supplier, case.supplier_id).party_id)


def required(books: Books, case: Qualification) -> list[Requirement]:
    """Return the documents the program asks of such a party, there and today."""
    kind = party_of(books, case).kind
    return program(case.program).required(case.place, kind, books.as_of)


def _missing(books: Books, case: Qualification, held: set[str]) -> Iterator[Finding]:
    absent = [needed for needed in required(books, case) if needed.kind not in held]
    stopping = [needed for needed in absent if needed.blocks == STOPS_AWARD]
    if stopping:
        told = "; ".join(f"{needed.kind} ({needed.cite})" for needed in stopping)
        raise DocumentRequired(
            f"{case.reference} lacks {told}; hand the application in again with it"
        )
    for needed in absent:
        message = f"{needed.kind} is missing ({needed.cite}); ask for it before: {needed.blocks}"
        yield Finding("document-missing", Level.WARNING, needed.kind, message)


def _validity(books: Books, paper: ComplianceDocument) -> Iterator[Finding]:
    day, ends = books.as_of, paper.valid_to
    if paper.valid_from > day:
        message = f"{paper.kind} holds from {paper.valid_from} only; apply again from that day on"
        yield Finding("document-not-yet-valid", Level.FATAL, paper.kind, message)
    elif ends and ends <= day:
        message = f"{paper.kind} held until {ends} only; hand in the renewed one"
        yield Finding("document-expired", Level.FATAL, paper.kind, message)
    elif ends and ends <= day + SOON:
        message = f"{paper.kind} holds until {ends} only; ask for the renewed one"
        yield Finding("document-expires-soon", Level.WARNING, paper.kind, message)


def _texts(
    books: Books, case: Qualification, papers: list[ComplianceDocument]
) -> Iterator[Finding]:
    """Read what the files say, each in a limited process of its own."""
    name = party_of(books, case).name
    datas = [kept(books, paper.sha256) for paper in papers]
    for paper, answer in zip(papers, run_limited_many(pdf_facts, datas), strict=True):
        yield from _text(books, paper, answer, name)


def _text(
    books: Books, paper: ComplianceDocument, answer: Answer | Refused, name: str
) -> Iterator[Finding]:
    if isinstance(answer, Refused):
        yield Finding("document-unreadable", Level.FATAL, paper.kind, f"{paper.kind}: {answer}")
        return
    text = squeezed(str(answer["text"]))
    books.record("revealed", paper, "its number is looked for in its file")
    if squeezed(name) not in text:
        message = f"the file of {paper.kind} does not name {name}; hand in the applicant's own"
        yield Finding("document-names-another", Level.FATAL, paper.kind, message)
    if squeezed(vault.reveal(books, paper, "number")) not in text:
        message = f"the file of {paper.kind} does not show the number given; compare the two"
        yield Finding("document-number-differs", Level.WARNING, paper.kind, message)


def squeezed(text: str) -> str:
    """Leave out what differs by print only: width, case, spaces and line ends.

    >>> squeezed("No. 12 ab") == squeezed("NO.12AB")
    True
    """
    return re.sub(r"[\s\u200b\ufffe]", "", unicodedata.normalize("NFKC", text)).casefold()


def _holder(books: Books, case: Qualification) -> Iterator[Finding]:
    party = party_of(books, case)
    query = select(BankAccount).where(
        col(BankAccount.party_id) == party.id,
        col(BankAccount.status).in_(("proposed", "verified", "active")),
    )
    for account in books.session.exec(query.order_by(col(BankAccount.reference))):
        if squeezed(account.holder) != squeezed(party.name):
            message = f"{account.reference} is held by {account.holder}, not by the applicant"
            yield Finding("account-of-another", Level.WARNING, account.reference, message)


def _wording(books: Books, case: Qualification) -> Iterator[Finding]:
    """Set the contract for a look: whoever applies is told now what its wording lacks."""
    try:
        draft_contract(books, case, case.reference)
    except Refused as refusal:
        yield Finding("contract-cannot-be-set", Level.FATAL, "contract", str(refusal))
