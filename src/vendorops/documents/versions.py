"""Enters drafts of a contract: each one whole, under a number, with the paper it was set as."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.contracts import RenderedContract
from vendorops.documents.facts_json import facts_json, facts_sha256
from vendorops.documents.keeping import keep
from vendorops.domain.contract_facts import ContractFacts
from vendorops.tables import Contract, ContractVersion


@dataclass(frozen=True)
class Draft:
    """What somebody proposes, and why."""

    facts: ContractFacts
    rendered: RenderedContract
    proposed_by: str
    because: str


def columns(facts: ContractFacts) -> dict[str, Any]:
    """Return the columns of a contract that repeat its facts."""
    text = facts_json(facts)
    return {
        "facts": text,
        "facts_sha256": facts_sha256(text),
        "currency": facts.currency,
        "starts_on": facts.starts_on,
        "ends_on": facts.ends_on,
        "cap_minor": facts.cap_minor,
    }


def enter_version(books: Books, contract: Contract, draft: Draft) -> ContractVersion:
    """Enter a draft, the contract's row being of it already."""
    return books.enter(
        ContractVersion(
            id=books.key(),
            contract_id=contract.id,
            version=contract.version,
            facts=contract.facts,
            facts_sha256=contract.facts_sha256,
            template=contract.template,
            source_sha256=draft.rendered.source_sha256,
            document_sha256=contract.document_sha256,
            drafted_on=books.as_of,
            proposed_by=draft.proposed_by,
            because=draft.because,
        )
    )


def put_version(books: Books, contract: Contract, draft: Draft) -> ContractVersion:
    """Let a draft take the place of the one before; that one stays as a version."""
    for name, value in columns(draft.facts).items():
        setattr(contract, name, value)
    contract.version += 1
    contract.template = draft.rendered.template
    title = f"contract {contract.reference}, draft {contract.version}"
    contract.document_sha256 = keep(books, draft.rendered.pdf, title, ".pdf")
    contract.sent_sha256 = None
    books.session.flush()
    return enter_version(books, contract, draft)


def versions_of(books: Books, contract: Contract) -> list[ContractVersion]:
    """Return the drafts of a contract in their order."""
    query = select(ContractVersion).where(col(ContractVersion.contract_id) == contract.id)
    return list(books.session.exec(query.order_by(col(ContractVersion.version))))
