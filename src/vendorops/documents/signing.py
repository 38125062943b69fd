"""Signs papers for the company, and takes the other side's signature in whatever form it comes.

The supplier's signer clicks, uploads the signed PDF, or hands in the receipt of an e-signature
service: each time an answer to the same question, bound to the hash of the paper that was sent.
"""

import json
from datetime import UTC, datetime, time
from pathlib import Path

from sqlmodel import col, select

from vendorops.books import Answer, Books, Question, answer, decided
from vendorops.books.questions import OPEN
from vendorops.documents.forms import Form, Words, read_form
from vendorops.documents.keeping import keep, kept
from vendorops.documents.signed_files import faults
from vendorops.domain.finding import Finding, Level
from vendorops.domain.refusal import Refused
from vendorops.gateways.pdf_signatures import certificate_sha256, new_certificate, sign_pdf
from vendorops.settings import Settings
from vendorops.tables import (
    Amendment,
    CheckFinding,
    Contract,
    Decision,
    LegalEntity,
    Party,
    Row,
    TaskAssignment,
)

Paper = Contract | Amendment | TaskAssignment
NOON = time(12)
FIELD = "Client"
"""Name of our signature in the file."""
TAMPERED = "signed-file-tampered"
OTHER_PAPER = "receipt-of-another-paper"


class NotToSign(Refused):
    """The paper does not wait for a signature, or the file offered is not its signed copy."""


class ReceiptForm(Form):
    """What an e-signature service says of a signed paper."""

    provider: Words
    envelope: Words
    signer: Words
    signed_at: Words
    document_sha256: Words


def certificate_of(settings: Settings, entity: LegalEntity) -> Path:
    """Return where the certificate and key that sign for a company lie, as PKCS#12."""
    return settings.home / "signing" / f"{entity.code}.p12"


def found_certificate(books: Books, entity: LegalEntity) -> str:
    """Make a company the certificate that it issues to itself, unless it has one; tell which.

    It is for trial: other programs show it as not trusted. Put the PKCS#12 file of a trust
    service in its place before anything is signed that must hold.
    """
    path = certificate_of(books.settings, entity)
    if path.exists():
        return certificate_sha256(path)
    name = books.get(Party, entity.party_id).name
    return new_certificate(path, name, datetime.combine(books.as_of, time(0), UTC))


def contract_of(books: Books, paper: Paper) -> Contract:
    """Return the contract that a paper is, or is about."""
    return paper if isinstance(paper, Contract) else books.get(Contract, paper.contract_id)


def send(books: Books, paper: Paper) -> None:
    """Put our signature on a paper; where the company has no certificate it is sent as it is.

    The time in it is noon of the business day: what is signed again after a breakdown is the same
    file. The instant is in the history.
    """
    entity = books.get(LegalEntity, contract_of(books, paper).legal_entity_id)
    certificate = certificate_of(books.settings, entity)
    data = kept(books, paper.document_sha256)
    paper.sent_sha256 = paper.document_sha256
    if certificate.exists():
        signed = sign_pdf(data, certificate, datetime.combine(books.as_of, NOON, UTC), FIELD)
        paper.sent_sha256 = keep(books, signed, f"{paper.reference}, signed by us", ".pdf")
    books.session.flush()


def signature_found(books: Books, paper: Paper, party: Party) -> Decision | None:
    """Return what the supplier's signer said of a paper, or ask; a yes is put on the paper."""
    decision = decided(books, _question(books, paper, party))
    if decision and decision.answer == "approve":
        detail = json.loads(decision.detail or "{}")
        sent = str(paper.sent_sha256)
        signed = str(detail.get("file", sent))
        wrong = faults(kept(books, signed), kept(books, sent)) if signed != sent else []
        if wrong:
            raise NotToSign(f"the signed file of {paper.reference} is not ours: {wrong[0]}")
        kept(books, signed)  # Refused when the paper is no longer what was signed.
        paper.signed_sha256, paper.signed_by = signed, decision.answered_by
        paper.signed_how = next((how for how in ("file", "receipt") if how in detail), "portal")
    return decision


def _question(books: Books, paper: Paper, party: Party) -> Question:
    sent = str(paper.sent_sha256)
    return Question(
        kind="signature",
        subject=paper,
        content={
            "contract": contract_of(books, paper).reference,
            "paper": paper.reference,
            "document": paper.document_sha256,
            "sent": sent,
        },
        sentence=f"Does {party.name} sign {paper.reference}, the document whose SHA-256 starts "
        f"with {sent[:16]}?",
        role="supplier",
        party_id=party.id,
    )


def offer_file(books: Books, paper: Paper, data: bytes) -> list[Finding]:
    """Take a PDF signed by the supplier as its yes; return what is wrong with it, if anything.

    What is wrong is kept as a finding, and then nothing is signed.
    """
    asked = _asked(books, paper)
    wrong = faults(data, kept(books, str(paper.sent_sha256)))
    if wrong:
        return [_noted(books, paper, TAMPERED, sentence) for sentence in wrong]
    digest = keep(books, data, f"{paper.reference}, signed by both", ".pdf")
    answer(books, Answer(asked.reference, "approve", "signed in the file", {"file": digest}))
    return []


def offer_receipt(books: Books, paper: Paper, data: bytes) -> list[Finding]:
    """Take the receipt of an e-signature service as the supplier's yes, as `offer_file` does."""
    asked = _asked(books, paper)
    receipt = read_form(data, ReceiptForm, "the receipt")
    if receipt.document_sha256 != paper.sent_sha256:
        said = f"the receipt {receipt.envelope} is about another document than the one sent"
        return [_noted(books, paper, OTHER_PAPER, said)]
    digest = keep(books, data, f"{paper.reference}, receipt of its signature", ".json")
    detail = {"receipt": digest, "provider": receipt.provider, "envelope": receipt.envelope}
    answer(books, Answer(asked.reference, "approve", "signed with the provider", detail))
    return []


def _asked(books: Books, paper: Paper) -> Decision:
    query = select(Decision).where(
        col(Decision.kind) == "signature",
        col(Decision.subject_id) == paper.id,
        col(Decision.status).in_(OPEN),
    )
    asked = books.session.exec(query).one_or_none()
    if asked is None:
        raise NotToSign(f"{paper.reference} is {paper.status} and waits for no signature")
    return asked


def _noted(books: Books, paper: Row, code: str, sentence: str) -> Finding:
    books.enter(
        CheckFinding(
            id=books.key(),
            subject_table=type(paper).__name__.lower(),
            subject_id=paper.id,
            code=code,
            level=Level.FATAL.value,
            place_in_source="signed file",
            message=sentence,
            found_on=books.as_of,
        )
    )
    return Finding(code, Level.FATAL, "signed file", sentence)
