"""What can be said of a document: whether it holds, says enough, and is what was told of it.

The checks of an application and those of a renewed document ask the same here.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlmodel import col, select

from vendorops.books import Books, vault
from vendorops.books.reviewing import Doubt, doubt
from vendorops.documents.keeping import kept
from vendorops.documents.paper_text import Told, contradictions
from vendorops.domain.finding import Finding, Level
from vendorops.domain.money import exact
from vendorops.domain.periods import months_after
from vendorops.domain.refusal import Refused
from vendorops.domain.requirement import Requirement
from vendorops.gateways.child import run_limited_many
from vendorops.gateways.pdf_text import pdf_facts
from vendorops.tables import BankAccount, ComplianceDocument, Party

UNREADABLE = "unreadable_document"
SOON_DAYS = 60
"""Where no requirement says how long before its end a document is to be renewed."""


def validity(
    books: Books, paper: ComplianceDocument, needed: Requirement | None
) -> Iterator[Finding]:
    """Yield that a document does not hold yet, holds no longer, or ends soon.

    A renewed document may begin later: the one before it is relied on until then.
    """
    day, ends, kind = books.as_of, paper.valid_to, paper.kind
    soon = timedelta(days=needed.renew_days if needed else SOON_DAYS)
    if paper.valid_from > day and paper.came_with == "application":
        message = f"{kind} holds from {paper.valid_from} only; apply again from that day on"
        yield Finding("document-not-yet-valid", Level.FATAL, kind, message)
    elif ends and ends <= day:
        message = f"{kind} held until {ends} only; hand in the renewed one"
        yield Finding("document-expired", Level.FATAL, kind, message)
    elif ends and ends <= day + soon:
        message = f"{kind} holds until {ends} only; ask for the renewed one"
        yield Finding("document-expires-soon", Level.WARNING, kind, message)


def sufficiency(
    books: Books, paper: ComplianceDocument, needed: Requirement, party: Party
) -> Iterator[Finding]:
    """Yield what a document does not say that it must, by what was entered about it."""
    yield from _term(paper, needed)
    yield from _figures(paper, needed)
    if needed.proves and not _proves(books, paper, needed, party):
        whose = (
            "the applicant is registered under"
            if needed.proves == "identity"
            else ("the applicant wants its money on")
        )
        message = f"the number of {paper.kind} is not the one {whose}; correct it"
        yield Finding("document-number-of-another", Level.FATAL, paper.kind, message)


def _term(paper: ComplianceDocument, needed: Requirement) -> Iterator[Finding]:
    if needed.term_months is None:
        return
    given = f"such documents are given for {needed.term_months} months ({needed.source})"
    if paper.valid_to is None:
        message = f"{paper.kind} has no end, but {given}; enter the end printed on it"
        yield Finding("document-without-end", Level.FATAL, paper.kind, message)
    elif paper.valid_to > months_after(paper.valid_from, needed.term_months):
        message = f"{paper.kind} holds until {paper.valid_to}, but {given}; compare the days"
        yield Finding("document-too-long", Level.WARNING, paper.kind, message)


def _figures(paper: ComplianceDocument, needed: Requirement) -> Iterator[Finding]:
    stated = json.loads(paper.figures)
    for name, least in needed.figures.items():
        asked = f"at least {least.at_least:,} {least.unit} ({needed.source})"
        where = f"{paper.kind}, {name}"
        if name not in stated:
            message = f"{paper.kind} must state {name} of {asked}; give it under figures"
            yield Finding("document-figure-missing", Level.FATAL, where, message)
        elif exact(stated[name]) < least.at_least:
            message = f"{paper.kind} states {name} of {stated[name]}, but it must be {asked}"
            yield Finding("document-figure-too-low", Level.FATAL, where, message)


def _proves(books: Books, paper: ComplianceDocument, needed: Requirement, party: Party) -> bool:
    """Tell by blind indexes, without reading it, whether a document shows the right number."""
    shown = dict(json.loads(paper.number_indexes))
    if needed.proves == "identity":
        return shown.get(party.identifier_scheme) == party.identifier_index
    return any(shown.get(row.scheme) == row.number_index for row in _accounts(books, party))


def _accounts(books: Books, party: Party) -> Sequence[BankAccount]:
    query = select(BankAccount).where(
        col(BankAccount.party_id) == party.id,
        col(BankAccount.status).in_(("proposed", "verified", "active")),
    )
    return books.session.exec(query).all()


def reading(books: Books, party: Party, papers: Sequence[ComplianceDocument]) -> Iterator[Finding]:
    """Yield where a file contradicts what was entered about it.

    Each is read in a limited process of its own. One that cannot be read goes to a person, and
    nothing that rests on it goes on before the answer.
    """
    datas = [kept(books, paper.sha256) for paper in papers]
    for paper, answer in zip(papers, run_limited_many(pdf_facts, datas), strict=True):
        if isinstance(answer, Refused):
            doubt(books, _unreadable(paper, party, str(answer)))
            continue
        books.record("revealed", paper, "its number is looked for in its file")
        told = Told(
            kind=paper.kind,
            name=party.name,
            number=vault.reveal(books, paper, "number"),
            valid_from=paper.valid_from,
            valid_to=paper.valid_to,
            figures=json.loads(paper.figures),
        )
        yield from contradictions(str(answer["text"]), told)


def _unreadable(paper: ComplianceDocument, party: Party, why: str) -> Doubt:
    ends = f"until {paper.valid_to}" if paper.valid_to else "without end"
    return Doubt(
        kind=UNREADABLE,
        subject=paper,
        party_id=party.id,
        question=f"Has a person read {paper.reference}, the {paper.kind} of {party.name} by "
        f"{paper.issuer}, number {paper.number_masked}, from {paper.valid_from} {ends}, and is "
        f"it in order? No program could read it: {why}",
        evidence={"document": paper.reference, "sha256": paper.sha256, "why": why},
    )
