"""What keeps a claim from being paid as claimed: holds, and disputes with all that was said."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.disputing import BESIDES, TERMS, Turn, days_used
from vendorops.domain.money import Money, total
from vendorops.tables import (
    CreditMemo,
    Dispute,
    DisputeCredit,
    DisputeEvidence,
    DisputeMessage,
    Invoice,
    InvoiceHold,
    InvoiceLine,
    LineAdjustment,
)
from vendorops.tracing.decisions import trace_decisions
from vendorops.tracing.tree import Check, Node, adds_up


def hold_nodes(books: Books, invoice: Invoice) -> tuple[Node, ...]:
    """Return every hold of a claim, past ones too, with who decided its release."""
    query = select(InvoiceHold).where(col(InvoiceHold.invoice_id) == invoice.id)
    return tuple(
        _hold(books, row) for row in books.session.exec(query.order_by(col(InvoiceHold.id)))
    )


def _hold(books: Books, row: InvoiceHold) -> Node:
    facts = {
        "because": row.reason,
        "by": row.held_by,
        "on": row.held_on.isoformat(),
        "line": _line(books, row.invoice_line_id),
        "until": row.until_on.isoformat() if row.until_on else "",
        "release_asked_by": row.release_asked_by or "",
        "release_because": row.release_reason,
        "status": row.status,
    }
    return Node("hold", row.reference, facts=facts, parts=trace_decisions(books, row))


def dispute_nodes(books: Books, invoice: Invoice) -> tuple[Node, ...]:
    """Return every dispute of a claim, and those that it credits where it is a credit note."""
    credited = select(DisputeCredit.dispute_id).where(col(DisputeCredit.invoice_id) == invoice.id)
    query = select(Dispute).where(
        (col(Dispute.invoice_id) == invoice.id) | col(Dispute.id).in_(credited)
    )
    found = books.session.exec(query.order_by(col(Dispute.id))).all()
    return tuple(_dispute(books, row) for row in found)


def trace_dispute(books: Books, reference: str) -> Node:
    """Return the tree of a dispute."""
    return _dispute(books, books.named(Dispute, reference))


def _dispute(books: Books, row: Dispute) -> Node:
    query = select(DisputeMessage).where(col(DisputeMessage.dispute_id) == row.id)
    said = books.session.exec(query.order_by(col(DisputeMessage.number))).all()
    turns = [Turn(each.written_on, each.clock_owner) for each in said]
    facts = {
        "about": books.get(Invoice, row.invoice_id).reference,
        "line": _line(books, row.invoice_line_id),
        "reason": row.reason,
        "because": BESIDES.get(row.reason, ""),
        "never_paid": "it is a finding of the match" if row.difference_id else "",
        "opened_by": f"{row.opened_by}, for the {row.opened_side}",
        "turn_of": row.clock_owner if row.ended_on is None else "",
        "until": row.due_on.isoformat() if row.ended_on is None else "",
        "days_used": days_used(turns, row.ended_on or books.as_of),
        "terms": TERMS.on(row.opened_on).cite,
        "proposed_by": row.outcome_by or "",
        "outcome": row.outcome_reason,
        "credit": Money(row.credit_minor, row.currency) if row.credit_minor else "",
        "credit_by": row.credit_by,
        "status": row.status,
    }
    parts = (
        *(_message(books, each) for each in said),
        *trace_decisions(books, row),
        *_credits(books, row),
    )
    amount = Money(row.amount_minor, row.currency)
    return Node("dispute", row.reference, amount, facts, tuple(_checks(books, row)), parts)


def _checks(books: Books, row: Dispute) -> list[Check]:
    """Check that each cent of what a finding left unpaid was paid or credited, and once."""
    if row.status != "closed" or row.difference_id is None:
        return []
    query = select(LineAdjustment.amount_minor).where(
        col(LineAdjustment.dispute_id) == row.id,
        col(LineAdjustment.difference_id) == row.difference_id,
    )
    paid = [Money(minor, row.currency) for minor in books.session.exec(query)]
    credit = Money(row.credit_minor, row.currency)
    whole = Money(row.amount_minor, row.currency)
    return [adds_up("credited, and paid as claimed", [credit, total(paid, row.currency)], whole)]


def _message(books: Books, row: DisputeMessage) -> Node:
    files = select(DisputeEvidence.sha256).where(col(DisputeEvidence.dispute_message_id) == row.id)
    facts = {
        "said": row.words,
        "by": f"{row.written_by}, for the {row.side}",
        "on": row.written_on.isoformat(),
        "then_turn_of": f"{row.clock_owner} until {row.due_on}",
        "evidence": list(books.session.exec(files.order_by(col(DisputeEvidence.id)))),
    }
    return Node("message", str(row.number), facts=facts)


def _credits(books: Books, row: Dispute) -> list[Node]:
    query = select(DisputeCredit).where(col(DisputeCredit.dispute_id) == row.id)
    return [
        Node(
            "credited by",
            books.get(Invoice, each.invoice_id).reference
            if each.invoice_id
            else books.get(CreditMemo, each.credit_memo_id or 0).reference,
            Money(each.amount_minor, row.currency),
            {
                "on": each.credited_on.isoformat(),
                "of_it_not_taken_off": Money(each.offset_minor, row.currency),
            },
        )
        for each in books.session.exec(query.order_by(col(DisputeCredit.id)))
    ]


def _line(books: Books, ident: int | None) -> object:
    return books.get(InvoiceLine, ident).line if ident else ""
