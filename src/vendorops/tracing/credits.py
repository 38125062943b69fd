"""What credit memos rest on: the rule's calculation, and the settlements that took them off."""

import json

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.statements import credits_of
from vendorops.domain.money import Money
from vendorops.tables import Contract, CreditMemo, Settlement, SettlementCredit
from vendorops.tracing.adjustments import source_of
from vendorops.tracing.decisions import trace_decisions
from vendorops.tracing.earnings import earning_behind
from vendorops.tracing.tree import Check, Node


def trace_credit(books: Books, reference: str) -> Node:
    """Return the tree of a credit memo."""
    memo = books.named(CreditMemo, reference)
    query = select(SettlementCredit, Settlement).join(
        Settlement, col(Settlement.id) == col(SettlementCredit.settlement_id)
    )
    taken = [
        Node("settlement", settlement.reference, Money(-part.net_minor, memo.currency))
        for part, settlement in books.session.exec(
            query.where(col(SettlementCredit.credit_memo_id) == memo.id)
        )
    ]
    return _node(books, memo, Money(memo.net_minor, memo.currency), tuple(taken))


def credit_nodes(books: Books, settlement: Settlement) -> tuple[Node, ...]:
    """Return what a settlement takes off, below zero."""
    return tuple(
        _node(books, memo, Money(-part.net_minor, memo.currency), ()).sharing(
            Money(-part.net_minor - part.tax_minor, memo.currency)
        )
        for memo, part in credits_of(books, settlement)
    )


def _node(books: Books, memo: CreditMemo, amount: Money, parts: tuple[Node, ...]) -> Node:
    facts = {
        "why": memo.sentence,
        "kind": memo.kind,
        "borne_by": memo.borne_by,
        "of": memo.source_reference,
        "contract": books.get(Contract, memo.contract_id).reference,
        "month": memo.month,
        "tax": Money(memo.tax_minor, memo.currency) if memo.tax_minor else "",
        "status": memo.status,
        "calculation": json.loads(memo.basis),
    }
    within = Check(
        f"taken off {Money(memo.applied_minor, memo.currency)} of"
        f" {Money(memo.net_minor, memo.currency)}",
        0 <= memo.applied_minor <= memo.net_minor,
    )
    return Node(
        "credit",
        memo.reference,
        amount,
        facts,
        (within,),
        (
            *source_of(books, memo),
            *earning_behind(books, memo),
            *trace_decisions(books, memo),
            *parts,
        ),
    )
