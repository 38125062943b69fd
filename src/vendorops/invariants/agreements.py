"""Agreements: what must be true between a contract, its drafts, its amendments and its rates."""

from collections.abc import Iterator

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import facts_of, facts_sha256, kept
from vendorops.documents.versions import columns, versions_of
from vendorops.domain.contract_facts import ContractFacts
from vendorops.domain.lifecycle import AmendmentStatus, ContractStatus, TerminationStatus
from vendorops.domain.refusal import Refused
from vendorops.invariants._rule import Invariant
from vendorops.tables import Amendment, Contract, ContractTerm, Termination

BOUND = (
    ContractStatus.SIGNED,
    ContractStatus.EFFECTIVE,
    ContractStatus.EXPIRED,
    ContractStatus.TERMINATED,
)


def _columns_repeat_what_was_drafted(books: Books) -> Iterator[str]:
    for contract in books.session.exec(select(Contract).order_by(col(Contract.reference))):
        drafts = {draft.version: draft for draft in versions_of(books, contract)}
        draft = drafts.get(contract.version)
        same = draft and all(
            getattr(draft, name) == getattr(contract, name)
            for name in ("facts", "facts_sha256", "template", "document_sha256")
        )
        if not same or not _follows(books, contract, _newest(books, contract)):
            yield contract.reference


def _newest(books: Books, contract: Contract) -> str:
    amended = _effective(books, contract)
    return amended[-1].facts if amended else contract.facts


def _effective(books: Books, contract: Contract) -> list[Amendment]:
    query = select(Amendment).where(
        col(Amendment.contract_id) == contract.id,
        col(Amendment.status) == AmendmentStatus.EFFECTIVE,
    )
    return list(books.session.exec(query.order_by(col(Amendment.number))))


def _follows(books: Books, contract: Contract, newest: str) -> bool:
    """Tell whether cap and period are those of the newest facts, and the facts those hashed.

    A termination that was approved moves the end.
    """
    try:
        wanted = columns(facts_of(newest))
    except Refused:
        return False
    ended = select(Termination).where(
        col(Termination.contract_id) == contract.id,
        col(Termination.status).in_((TerminationStatus.APPROVED, TerminationStatus.EFFECTIVE)),
    )
    termination = books.session.exec(ended).one_or_none()
    if termination:
        wanted["ends_on"] = termination.ends_on
    followed = ("currency", "starts_on", "ends_on", "cap_minor")
    hashed = facts_sha256(contract.facts) == contract.facts_sha256
    return hashed and all(getattr(contract, name) == wanted[name] for name in followed)


def _rates_are_rows(books: Books) -> Iterator[str]:
    query = select(Contract).where(col(Contract.status).in_(BOUND))
    for contract in books.session.exec(query.order_by(col(Contract.reference))):
        try:
            agreed = facts_of(_newest(books, contract))
        except Refused:
            yield contract.reference
            continue
        if _rates(agreed) != _rows(books, contract):
            yield contract.reference


def _rates(facts: ContractFacts) -> set[tuple[object, ...]]:
    return {(rate.code, rate.valid_from, rate.value_e6) for rate in facts.rates}


def _rows(books: Books, contract: Contract) -> set[tuple[object, ...]]:
    query = select(ContractTerm).where(col(ContractTerm.contract_id) == contract.id)
    return {(term.code, term.valid_from, term.value_e6) for term in books.session.exec(query)}


def _signed_files_hold_what_was_sent(books: Books) -> Iterator[str]:
    signed = [
        *books.session.exec(select(Contract).where(col(Contract.signed_sha256).is_not(None))),
        *books.session.exec(select(Amendment).where(col(Amendment.signed_sha256).is_not(None))),
    ]
    for paper in sorted(signed, key=lambda paper: paper.reference):
        try:
            document, sent, whole = (
                kept(books, str(digest))
                for digest in (paper.document_sha256, paper.sent_sha256, paper.signed_sha256)
            )
        except Refused:
            continue  # That a document is missing or damaged is told of itself (F4).
        if not (whole.startswith(sent) and sent.startswith(document)):
            yield paper.reference


INVARIANTS = (
    Invariant(
        "S50",
        "a contract says what its draft says, and its cap and period what its newest facts say",
        _columns_repeat_what_was_drafted,
    ),
    Invariant(
        "S51",
        "the prices of a contract that binds are those of its facts",
        _rates_are_rows,
    ),
    Invariant(
        "F8",
        "what both signed begins with what we sent, and that with what was approved",
        _signed_files_hold_what_was_sent,
    ),
    Invariant(
        "S52",
        "an amendment in effect was approved by one person and signed by the supplier's signer",
        """
        SELECT a.reference FROM amendment a
        WHERE a.status IN ('signed', 'effective')
        AND (a.signed_sha256 IS NULL OR a.signed_by IS NULL
        OR NOT EXISTS (SELECT 1 FROM storeddocument d WHERE d.sha256 = a.signed_sha256)
        OR NOT EXISTS (
            SELECT 1 FROM decision d WHERE d.kind = 'amendment' AND d.subject_id = a.id
            AND d.answer = 'approve' AND d.answered_by <> a.proposed_by))
        """,
    ),
)
