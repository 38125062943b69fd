"""Ties the documents that bring an agreed credit back to its dispute, each cent once.

A note of the supplier is tied to the disputes of what it credits, the oldest first. Of what was
never paid, or what a memo of ours took off, it takes nothing off once more: its lines are adjusted
by as much.
"""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.claiming.undecided import DECIDED, tied_minor
from vendorops.domain.disputing import BUYER, SUPPLIER
from vendorops.domain.lifecycle import CreditMemoStatus, DisputeStatus, InvoiceStatus
from vendorops.domain.money import Money
from vendorops.stages.disputes.agreeing import MEMO, NONE, NOTE, adjust
from vendorops.stages.disputes.parties import took_part
from vendorops.stages.disputes.stakes import settled_by
from vendorops.stages.disputes.turns import Said, credit_due, end, enter_message
from vendorops.tables import (
    Contract,
    CreditMemo,
    Difference,
    Dispute,
    DisputeCredit,
    Invoice,
    InvoiceLine,
    InvoiceSource,
    LineAdjustment,
)
from vendorops.working.claiming import explained_by
from vendorops.working.crediting import Credit, raise_credit

GONE = (CreditMemoStatus.DRAFT, CreditMemoStatus.CANCELLED)


def untied(books: Books, dispute: Dispute) -> list[Invoice]:
    """Return the explained credit notes of a disputed claim that can be tied, oldest first."""
    tied = select(DisputeCredit.invoice_id).where(
        col(DisputeCredit.dispute_id) == dispute.id, col(DisputeCredit.invoice_id).is_not(None)
    )
    query = (
        select(Invoice)
        .join(InvoiceSource, col(InvoiceSource.invoice_id) == col(Invoice.id))
        .where(
            col(InvoiceSource.source_id) == dispute.invoice_id,
            col(Invoice.kind) == "credit_note",
            col(Invoice.status) == InvoiceStatus.ACCEPTED.value,
            col(Invoice.id).not_in(tied),
            tied_minor() < -col(Invoice.net_minor),
        )
    )
    found = books.session.exec(query.order_by(col(Invoice.id))).all()
    return [note for note in found if not settled_by(books, note)]


def tie_note(books: Books, dispute: Dispute, note: Invoice) -> None:
    """Tie what a note still has to a dispute, as far as its credit goes."""
    mine = select(DisputeCredit.amount_minor).where(col(DisputeCredit.invoice_id) == note.id)
    free = -note.net_minor - sum(books.session.exec(mine))
    minor = min(free, dispute.credit_minor - dispute.noted_minor)
    is_offset = dispute.difference_id is not None or _is_taken_off(books, dispute)
    books.enter(
        DisputeCredit(
            id=books.key(),
            dispute_id=dispute.id,
            invoice_id=note.id,
            amount_minor=minor,
            offset_minor=minor if is_offset else 0,
            credited_on=books.as_of,
        ),
        because=f"{note.reference} brings {Money(minor, dispute.currency)} of it back",
    )
    if is_offset:
        _offset(books, dispute, note, minor)
    dispute.noted_minor += minor
    books.session.flush()
    if dispute.status == DisputeStatus.AGREED and dispute.noted_minor == dispute.credit_minor:
        end(books, dispute, DisputeStatus.CLOSED, f"{note.reference} covers it")


def _offset(books: Books, dispute: Dispute, note: Invoice, minor: int) -> None:
    """Adjust the lines of a note in turn, until so much of it takes nothing off."""
    query = (
        select(Difference)
        .join(InvoiceLine, col(InvoiceLine.id) == col(Difference.invoice_line_id))
        .where(
            col(InvoiceLine.invoice_id) == note.id,
            col(Difference.reconciliation_id) == explained_by(books, note),
            col(Difference.amount_minor) < 0,
        )
        .order_by(col(InvoiceLine.line))
    )
    for row in books.session.exec(query).all():
        before = select(LineAdjustment.amount_minor).where(
            col(LineAdjustment.difference_id) == row.id
        )
        part = min(minor, -row.amount_minor - sum(books.session.exec(before)))
        if part > 0:
            adjust(books, dispute, row.id, part)
            minor -= part


def take_off(books: Books, dispute: Dispute) -> bool:
    """Have our memo take off what the supplier sent no note of; close it once it is issued.

    A memo that a buyer would not issue leaves the credit to the supplier's note. Return whether
    anything came of it.
    """
    memo = _memo(books, dispute) or _raise(books, dispute)
    if memo.status == CreditMemoStatus.CANCELLED:
        dispute.credit_by = NOTE
        due = credit_due(books, books.get(Invoice, dispute.invoice_id))
        said = Said(BUYER, f"{memo.reference} was not issued; send a credit note")
        enter_message(books, dispute, said, SUPPLIER, due)
    elif memo.status not in GONE:
        books.enter(
            DisputeCredit(
                id=books.key(),
                dispute_id=dispute.id,
                credit_memo_id=memo.id,
                amount_minor=memo.net_minor,
                offset_minor=0,
                credited_on=books.as_of,
            ),
            because=f"{memo.reference} takes it off",
        )
        end(books, dispute, DisputeStatus.CLOSED, f"{memo.reference} takes it off")
    return memo.status != CreditMemoStatus.DRAFT


def overdue_note(books: Books, dispute: Dispute) -> bool:
    """Do without a note that has not come in time; tell whether anything was to be done.

    What was never paid needs no document; of what is paid a memo of ours takes the rest off.
    """
    if dispute.credit_by != NOTE or dispute.due_on >= books.as_of:
        return False
    if dispute.difference_id is not None:
        dispute.credit_by = NONE
        because = f"no credit note came until {dispute.due_on}; it was never paid"
        end(books, dispute, DisputeStatus.CLOSED, because)
        return True
    if dispute.difference_id is None and _memo(books, dispute) is None:
        dispute.credit_by = MEMO
        books.record("note overdue", dispute, f"no credit note came until {dispute.due_on}")
        return True
    return False


def waits_for_note(dispute: Dispute) -> bool:
    """Tell whether notes of the supplier may still belong to a dispute."""
    return dispute.status in DECIDED and dispute.noted_minor < dispute.credit_minor


def _is_taken_off(books: Books, dispute: Dispute) -> bool:
    memo = _memo(books, dispute)
    return memo is not None and memo.status not in GONE


def _memo(books: Books, dispute: Dispute) -> CreditMemo | None:
    query = select(CreditMemo).where(
        col(CreditMemo.kind) == "dispute",
        col(CreditMemo.source_table) == "dispute",
        col(CreditMemo.source_id) == dispute.id,
    )
    return books.session.exec(query).one_or_none()


def _raise(books: Books, dispute: Dispute) -> CreditMemo:
    invoice = books.get(Invoice, dispute.invoice_id)
    rest = Money(dispute.credit_minor - dispute.noted_minor, dispute.currency)
    basis = {
        "dispute": dispute.reference,
        "claim": invoice.reference,
        "reason": dispute.reason,
        "agreed": Money(dispute.credit_minor, dispute.currency).text,
        "by_notes": Money(dispute.noted_minor, dispute.currency).text,
        "credit": rest.text,
    }
    return raise_credit(
        books,
        books.get(Contract, invoice.contract_id),
        Credit(
            kind="dispute",
            month=invoice.month,
            source=dispute,
            net=rest,
            sentence=f"{rest} of {invoice.reference} ({dispute.reason}), agreed in "
            f"{dispute.reference}",
            basis=basis,
            raised_by=" ".join(took_part(books, dispute)),
        ),
    )
