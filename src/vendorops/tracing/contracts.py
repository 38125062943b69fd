"""What was agreed: the contract, who approved and signed it, and the clause that names a price."""

from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.clauses import Paper, paper
from vendorops.documents.store import DocumentMissing
from vendorops.domain.lifecycle import AmendmentStatus
from vendorops.domain.measure import price_text
from vendorops.domain.money import Money
from vendorops.tables import Amendment, Contract, Supplier
from vendorops.tracing.decisions import trace_decisions
from vendorops.tracing.tree import Node
from vendorops.working import Agreement


class Clauses:
    """Finds the clauses of contracts, reading each paper once."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.papers: dict[str, Paper | None] = {}
        self.found: dict[tuple[int, str, date], dict[str, str]] = {}

    def clause(self, agreed: Agreement, term: str, day: date) -> dict[str, str]:
        """Return where a term in force on a day is agreed: paper, article and page, if known."""
        since = agreed.facts.since(day)
        key = (agreed.contract.id, term, since)
        if key not in self.found:
            self.found[key] = self._look(agreed, term, day)
        return self.found[key]

    def _look(self, agreed: Agreement, term: str, day: date) -> dict[str, str]:
        facts = agreed.facts.on(day)
        rate = facts.rates_on(day).get(term)
        told = {}
        for reference, sha256 in self._sources(agreed, day):
            told = {"agreed_in": reference, "document_sha256": sha256}
            text = self._paper(sha256)
            place = (
                text.place(rate.description, price_text(rate.value_e6)) if text and rate else None
            )
            if place:
                return {**told, "clause": place.article, "page": str(place.page)}
        return told

    def _sources(self, agreed: Agreement, day: date) -> list[tuple[str, str]]:
        """Return the papers a term of a day may stand in: the amendment, then the contract."""
        contract = agreed.contract
        query = select(Amendment).where(
            col(Amendment.contract_id) == contract.id,
            col(Amendment.status) == AmendmentStatus.EFFECTIVE,
            col(Amendment.valid_from) == agreed.facts.since(day),
        )
        amended = self.books.session.exec(query.order_by(col(Amendment.number))).all()
        rows = [(row.reference, row.document_sha256) for row in reversed(amended)]
        return [*rows, (contract.reference, contract.document_sha256)]

    def _paper(self, sha256: str) -> Paper | None:
        if sha256 not in self.papers:
            try:
                self.papers[sha256] = paper(self.books, sha256)
            except DocumentMissing:  # Verifying says so (F4); the rest is explained all the same.
                self.papers[sha256] = None
        return self.papers[sha256]


def trace_contract(books: Books, reference: str) -> Node:
    """Return what was agreed, by whom, and the most it may cost."""
    return contract_node(books, books.named(Contract, reference))


def contract_node(books: Books, contract: Contract) -> Node:
    """Return a contract with its approval, its signatures and its amendments."""
    query = select(Amendment).where(col(Amendment.contract_id) == contract.id)
    amendments = books.session.exec(query.order_by(col(Amendment.number)))
    facts = {
        "supplier": books.get(Supplier, contract.supplier_id).reference,
        "program": contract.program,
        "place": contract.place,
        "from": contract.starts_on.isoformat(),
        "until": contract.ends_on.isoformat(),
        "at_most": Money(contract.cap_minor, contract.currency),
        "status": contract.status,
        "template": contract.template,
        "facts_sha256": contract.facts_sha256,
        **_signed(contract),
    }
    parts = (*trace_decisions(books, contract), *(_amendment(books, row) for row in amendments))
    return Node("contract", contract.reference, facts=facts, parts=parts)


def _signed(row: Contract | Amendment) -> dict[str, str]:
    return {
        "document_sha256": row.document_sha256,
        "signed_by": row.signed_by or "",
        "signed_how": row.signed_how,
        "signed_sha256": row.signed_sha256 or "",
    }


def _amendment(books: Books, row: Amendment) -> Node:
    facts = {
        "why": row.reason,
        "from": row.valid_from.isoformat(),
        "proposed_by": row.proposed_by,
        "status": row.status,
        "facts_sha256": row.facts_sha256,
        **_signed(row),
    }
    return Node("amendment", row.reference, facts=facts, parts=trace_decisions(books, row))
