"""What accepted work rests on: who accepted it, and the contract's term on the day it was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vendorops.books import Books
from vendorops.documents import revisions, sheet_quantities
from vendorops.domain.contract_facts import ContractFacts
from vendorops.domain.dated import Dated
from vendorops.domain.measure import extended, price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.domain.program import Performed
from vendorops.programs import program
from vendorops.tables import Contract, Decision, ServiceSheet, WorkItem
from vendorops.tracing.decisions import decision_node, decisions_about
from vendorops.tracing.tree import Check, Node


@dataclass(frozen=True)
class Grounds:
    """Work with its sheets, the answers to them, and its contracts with their terms."""

    work: Mapping[int, WorkItem]
    sheets: Mapping[int, ServiceSheet]
    accepted: Mapping[int, list[Decision]]
    """By sheet."""
    contracts: Mapping[int, Contract]
    facts: Mapping[int, Dated[ContractFacts]]
    """By sheet: as known when it was handed in."""
    quantities: Mapping[int, Mapping[str, int]]
    """By sheet, then by code: they choose tiers."""


def grounds(books: Books, work: Sequence[WorkItem]) -> Grounds:
    """Return what some work rests on."""
    wanted = {item.service_sheet_id for item in work}
    sheets = [books.get(ServiceSheet, ident) for ident in sorted(wanted)]
    contracts = {
        ident: books.get(Contract, ident) for ident in {item.contract_id for item in work}
    }
    return Grounds(
        work={item.id: item for item in work},
        sheets={sheet.id: sheet for sheet in sheets},
        accepted=decisions_about(books, sheets),
        contracts=contracts,
        facts={
            sheet.id: revisions(books, contracts[sheet.contract_id], sheet.submitted_on)
            for sheet in sheets
        },
        quantities={sheet.id: sheet_quantities(books, sheet) for sheet in sheets},
    )


def trace_work(books: Books, reference: str) -> Node:
    """Return the tree of one piece of work."""
    item = books.named(WorkItem, reference)
    return work_node(grounds(books, [item]), item.id)


def work_node(known: Grounds, ident: int) -> Node:
    """Return a piece of work, its acceptance, and the term that prices it."""
    item = known.work[ident]
    facts = {
        "what": item.description,
        "done_on": item.performed_on.isoformat(),
        "delivered": quantity_text(item.quantity_e4),
        "accepted": quantity_text(item.accepted_e4),
        "claimed": quantity_text(item.claimed_e4),
        "price": price_text(item.price_e6),
        "sheet": known.sheets[item.service_sheet_id].reference,
    }
    answers = known.accepted[item.service_sheet_id][-1:]  # Earlier ones could not be followed.
    return Node(
        "work",
        item.reference,
        extended(item.accepted_e4, item.price_e6, item.currency),
        facts,
        (_within_accepted(item),),
        (*map(decision_node, answers), _term_node(known, item)),
    )


def _within_accepted(item: WorkItem) -> Check:
    claimed, accepted = quantity_text(item.claimed_e4), quantity_text(item.accepted_e4)
    return Check(
        f"claimed {claimed} of {accepted} accepted", 0 <= item.claimed_e4 <= item.accepted_e4
    )


def _term_node(known: Grounds, item: WorkItem) -> Node:
    """Return the term in force on the day, and whether the price follows from it."""
    contract, day = known.contracts[item.contract_id], item.performed_on
    agreed = known.facts[item.service_sheet_id].on(day)
    values = agreed.values(day, known.quantities[item.service_sheet_id])
    performed = Performed(item.term, item.quantity_e4, item.basis_minor)
    price = program(contract.program).price(performed, values, contract.currency)
    agrees = price == item.price_e6
    facts = {
        "term": item.term,
        "value": price_text(values[item.term]) if item.term in values else "",
        "since": agreed.rates_on(day)[item.term].valid_from.isoformat()
        if item.term in values
        else "",
        "of": Money(item.basis_minor, item.currency) if item.basis_minor else "",
        "status": contract.status,
        "template": contract.template,
        "signed_by": contract.signed_by or "",
        "document_sha256": contract.signed_sha256 or contract.document_sha256,
    }
    said = (
        f"the term makes {price_text(price)} {'=' if agrees else '≠'} {price_text(item.price_e6)}"
    )
    return Node("term", contract.reference, facts=facts, checks=(Check(said, agrees),))
