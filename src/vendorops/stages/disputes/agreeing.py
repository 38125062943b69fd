"""Proposes what becomes of a disputed amount, and carries out what another person decided."""

from dataclasses import dataclass

from vendorops.books import Books, Question, log
from vendorops.domain.disputing import BUYER, SUPPLIER
from vendorops.domain.lifecycle import DisputeStatus, InvoiceStatus
from vendorops.domain.matching import Reason
from vendorops.domain.money import Money
from vendorops.domain.reasons import refuse_wordless
from vendorops.domain.refusal import Refused
from vendorops.stages.disputes.opening import refuse_over
from vendorops.stages.disputes.parties import NotYourDispute, side_of, took_part
from vendorops.stages.disputes.stakes import everything_is_paid, is_current, settled_by
from vendorops.stages.disputes.turns import (
    Said,
    answer_due,
    credit_due,
    days_of,
    end,
    enter_message,
    messages_of,
)
from vendorops.tables import (
    Contract,
    Decision,
    Dispute,
    Invoice,
    InvoiceLine,
    LineAdjustment,
    Supplier,
)

KIND = "dispute"
"""What the approval matrix may ask for; its rows are dated and hold from an amount on."""
NOTE, MEMO, NONE = "note", "memo", "none"


class NotAgreeable(Refused):
    """The outcome does not fit the dispute, or what is to be paid cannot be paid any more."""


@dataclass(frozen=True)
class Outcome:
    """What of a disputed amount the supplier does not get; the rest it gets as claimed."""

    reason: str
    credit: str = ""
    """Without tax; all of it unless given, `0` to pay it as claimed."""
    by: str = ""
    """`note` of the supplier (unless told), `memo` of ours, `none` for what was never paid."""


def propose_outcome(books: Books, dispute: Dispute, said: Outcome) -> None:
    """Write down an outcome that somebody else then decides.

    Raises DisputeOver where another was proposed before, NotYourDispute for the supplier, who
    agrees by what it says, and NotAgreeable for what does not fit.
    """
    log.lock(books.session)  # Of two who agree at once one is first, and the other is told.
    books.session.refresh(dispute)
    invoice = books.get(Invoice, dispute.invoice_id)
    if side_of(books, invoice) != BUYER:
        raise NotYourDispute(f"the buyer proposes outcomes of {dispute.reference}; answer it")
    if dispute.status == DisputeStatus.PROPOSED and dispute.outcome_by:
        raise NotAgreeable(
            f"{dispute.outcome_by} proposed an outcome of {dispute.reference} before; have that "
            "decided first, see vendorops inbox"
        )
    refuse_over(dispute)
    refuse_wordless(said.reason, f"why {dispute.reference} comes to this")
    amount = Money(dispute.amount_minor, dispute.currency)
    credit = Money.parse(said.credit, dispute.currency) if said.credit else amount
    by = _by(dispute, said, credit)
    if not 0 <= credit.minor <= amount.minor:
        raise NotAgreeable(f"a credit of {credit} is not from 0 to {amount}, what is disputed")
    refuse_unpayable(books, dispute, amount.minor - credit.minor)
    dispute.credit_minor, dispute.credit_by = credit.minor, by
    dispute.outcome_by, dispute.outcome_on = books.actor, books.as_of
    dispute.outcome_reason = said.reason
    books.move(dispute, DisputeStatus.PROPOSED, because=outcome_told(dispute))
    enter_message(
        books,
        dispute,
        Said(BUYER, f"proposed: {outcome_told(dispute)}. {said.reason}"),
        BUYER,
        answer_due(books, invoice, BUYER),
    )


def _by(dispute: Dispute, said: Outcome, credit: Money) -> str:
    if not credit.minor:
        if said.by:
            raise NotAgreeable("nothing is credited, so no document is; leave --by out")
        return ""
    by = said.by or NOTE
    if by == MEMO and dispute.difference_id:
        raise NotAgreeable(
            f"{dispute.reference} is about what was never paid, of which no memo takes anything"
            " off; the supplier sends a note, or give --by none"
        )
    if by == NONE and not dispute.difference_id:
        raise NotAgreeable(
            f"{dispute.reference} is about what is paid, so a document has to take it off: give "
            "--by note or --by memo"
        )
    return by


def refuse_unpayable(books: Books, dispute: Dispute, minor: int) -> None:
    """Refuse an outcome of a finding where its claim waits, or cannot bring so much any more."""
    if dispute.difference_id is None:
        return
    invoice = books.get(Invoice, dispute.invoice_id)
    if invoice.status == InvoiceStatus.UNDER_QUERY:
        raise NotAgreeable(
            f"{invoice.reference} is under query: finance is asked whether it is paid without"
            f" {dispute.reference}; have that decided first, see vendorops inbox"
        )
    if not minor:
        return
    what = f"{Money(minor, dispute.currency)} of {invoice.reference} cannot be paid as claimed: "
    if dispute.reason == Reason.DOCUMENT_TOTAL:
        raise NotAgreeable(f"{what}its lines do not make its net; ask for a corrected claim")
    if holding := settled_by(books, invoice):
        raise NotAgreeable(
            f"{what}{holding} settles it without; have it claimed by an invoice of its own, and "
            "hold an invoice that may still bring it (dispute open --hold)"
        )
    if invoice.status != InvoiceStatus.CONDITIONALLY_ACCEPTED:
        raise NotAgreeable(f"{what}it is {invoice.status}")


def outcome_told(dispute: Dispute) -> str:
    """Return an outcome in words."""
    credit = Money(dispute.credit_minor, dispute.currency)
    rest = Money(dispute.amount_minor - dispute.credit_minor, dispute.currency)
    how = {
        NOTE: "by a credit note of the supplier",
        MEMO: "by a credit memo of ours",
        NONE: "without a document, as it was never paid",
        "": "",
    }[dispute.credit_by]
    credited = f"{credit} credited {how}" if credit.minor else ""
    paid = f"{rest} paid as claimed" if rest.minor else ""
    return ", ".join(filter(None, (credited, paid)))


def question(books: Books, dispute: Dispute) -> Question:
    """Return what whoever decides an outcome is asked."""
    invoice = books.get(Invoice, dispute.invoice_id)
    contract = books.get(Contract, invoice.contract_id)
    line = books.get(InvoiceLine, dispute.invoice_line_id) if dispute.invoice_line_id else None
    amount = Money(dispute.amount_minor, dispute.currency)
    where = f"{invoice.reference}/{line.line}" if line else invoice.reference
    return Question(
        kind=KIND,
        subject=dispute,
        content={
            "dispute": dispute.reference,
            "claim": where,
            "reason": dispute.reason,
            "amount": repr(amount),
            "credit_minor": dispute.credit_minor,
            "credit_by": dispute.credit_by,
            "proposed_by": dispute.outcome_by,
            "proposed_on": str(dispute.outcome_on),
            "because": dispute.outcome_reason,
            "said": [
                [row.side, row.written_by, str(row.written_on), row.words]
                for row in messages_of(books, dispute)
            ],
        },
        sentence=f"End {dispute.reference} over {amount} of {where} ({dispute.reason}): "
        f"{outcome_told(dispute)}? {dispute.outcome_by} proposes it: "
        f"{dispute.outcome_reason.rstrip('.')}. Days used: {_days_told(books, dispute)}.",
        role="finance",
        party_id=books.get(Supplier, invoice.supplier_id).party_id,
        amount=amount,
        program=contract.program,
        place=contract.place,
        not_by=took_part(books, dispute),
    )


def _days_told(books: Books, dispute: Dispute) -> str:
    used = days_of(books, dispute).items()
    return ", ".join(f"{side} {days}" for side, days in used if days) or "none"


def carry_out(books: Books, dispute: Dispute, decision: Decision) -> None:
    """Do as was decided: pay what is paid as claimed, and wait for the credit, if there is one."""
    because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
    invoice = books.get(Invoice, dispute.invoice_id)
    if decision.answer == "reject":
        dispute.credit_minor, dispute.credit_by, dispute.outcome_reason = 0, "", ""
        dispute.outcome_by = dispute.outcome_on = None
        books.move(dispute, DisputeStatus.ANSWERED, because=because)
        due = answer_due(books, invoice, BUYER)
        text = f"{because}: {decision.reason}"
        enter_message(books, dispute, Said(BUYER, text), BUYER, due)
        return
    paid = dispute.amount_minor - dispute.credit_minor
    refuse_unpayable(books, dispute, paid)
    books.move(dispute, DisputeStatus.AGREED, because=f"{because}: {outcome_told(dispute)}")
    if paid and dispute.difference_id:
        adjust(books, dispute, dispute.difference_id, paid)
        if everything_is_paid(books, invoice):
            because = f"{dispute.reference}: everything disputed of it is paid as claimed"
            books.move(invoice, InvoiceStatus.ACCEPTED, because=because)
    if dispute.credit_by == NOTE:
        text, due = f"agreed: {outcome_told(dispute)}", credit_due(books, invoice)
        enter_message(books, dispute, Said(BUYER, text), SUPPLIER, due)
    elif dispute.credit_by != MEMO:
        end(books, dispute, DisputeStatus.CLOSED, outcome_told(dispute))


def adjust(books: Books, dispute: Dispute, difference_id: int, minor: int) -> None:
    """Pay so much more of a line than its match explained."""
    books.enter(
        LineAdjustment(
            id=books.key(),
            dispute_id=dispute.id,
            difference_id=difference_id,
            amount_minor=minor,
            adjusted_on=books.as_of,
        ),
        because=f"{dispute.reference}: {Money(minor, dispute.currency)} more is paid",
    )


def is_gone(books: Books, dispute: Dispute) -> str:
    """Return why nothing is left to be decided; empty where something is."""
    invoice = books.get(Invoice, dispute.invoice_id)
    if invoice.status == InvoiceStatus.REJECTED:
        return f"{invoice.reference} was rejected"
    if not is_current(books, dispute):
        return f"{invoice.reference} was explained once more, without this finding"
    return ""
