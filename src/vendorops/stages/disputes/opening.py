"""Opens disputes, and takes in what either side says."""

from collections.abc import Sequence
from dataclasses import dataclass

from vendorops.books import Books, log
from vendorops.domain.disputing import BESIDES, PROGRAM, other_side
from vendorops.domain.lifecycle import DisputeStatus, InvoiceStatus
from vendorops.domain.matching import Reason
from vendorops.domain.money import Money
from vendorops.domain.reasons import refuse_wordless
from vendorops.domain.refusal import Refused
from vendorops.paying.holding import Hold, place_hold
from vendorops.stages.disputes.parties import NotYourDispute, side_of
from vendorops.stages.disputes.stakes import (
    NotDisputable,
    Stake,
    finding_stake,
    matched_stake,
)
from vendorops.stages.disputes.turns import (
    Evidence,
    Said,
    answer_due,
    end,
    enter_message,
)
from vendorops.tables import Dispute, Invoice

EXPLAINED = (
    InvoiceStatus.UNDER_QUERY,
    InvoiceStatus.CONDITIONALLY_ACCEPTED,
    InvoiceStatus.ACCEPTED,
    InvoiceStatus.PART_PAID,
    InvoiceStatus.PAID,
)
REASONS = (*(reason.value for reason in Reason), *BESIDES)
TEXT = "give --text"
TALKING = (DisputeStatus.OPEN, DisputeStatus.ANSWERED, DisputeStatus.ESCALATED)


class DisputeOver(Refused):
    """Nothing more is said in a dispute that is decided, withdrawn or lapsed."""


@dataclass(frozen=True)
class Disputed:
    """What somebody does not agree with."""

    reason: str
    """A code of the match, for what it did not explain, or one of BESIDES, for what it did."""
    text: str
    line: int | None = None
    amount: str = ""
    """Without tax; all that is left of it unless given."""
    evidence: Sequence[Evidence] = ()
    holds: bool = False
    """Whether the invoice is not to be settled or paid meanwhile."""


def open_dispute(books: Books, invoice: Invoice, said: Disputed) -> Dispute:
    """Enter a dispute in the name of whoever opens it; the other side has the turn.

    Raises NotYourDispute for who speaks for neither side, NotDisputable for a claim that was not
    matched yet or that has no such finding, and for more than is left of it.
    """
    log.lock(books.session)  # Two must not both dispute the last of an amount.
    side = side_of(books, invoice)
    _refuse(invoice, said)
    stake = _stake(books, invoice, said)
    amount = _amount(invoice, said, stake)
    owner = other_side(side)
    due = answer_due(books, invoice, owner)
    row = books.enter(
        Dispute(
            id=books.key(),
            reference=books.reference("DSP"),
            invoice_id=invoice.id,
            invoice_line_id=stake.line.id if stake.line else None,
            difference_id=stake.finding.id if stake.finding else None,
            reason=said.reason,
            amount_minor=amount.minor,
            currency=amount.currency,
            opened_by=books.actor,
            opened_side=side,
            opened_on=books.as_of,
            clock_owner=owner,
            clock_since=books.as_of,
            due_on=due,
        ),
        because=f"{amount} of {invoice.reference} disputed by the {side}: {said.reason}",
    )
    enter_message(books, row, Said(side, said.text, said.evidence), owner, due)
    if said.holds:
        number = stake.line.line if stake.line else None
        place_hold(books, invoice, Hold(f"disputed: {row.reference}", number, dispute_id=row.id))
    return row


def say(
    books: Books, dispute: Dispute, text: str, evidence: Sequence[Evidence] = (), to: str = ""
) -> None:
    """Enter what a side says; the turn passes to the other, or to the program where it is told so.

    Whoever speaks out of turn leaves the turn and its day where they are.
    """
    log.lock(books.session)
    books.session.refresh(dispute)
    invoice = books.get(Invoice, dispute.invoice_id)
    side = side_of(books, invoice)
    refuse_over(dispute)
    refuse_wordless(text, f"what you mean of {dispute.reference}", TEXT)
    owner, due = dispute.clock_owner, dispute.due_on
    if to == PROGRAM or owner in (side, PROGRAM):
        owner = to or other_side(side)
        due = answer_due(books, invoice, owner)
    enter_message(books, dispute, Said(side, text, evidence), owner, due)
    answers = side != dispute.opened_side or dispute.status == DisputeStatus.ESCALATED
    if answers and dispute.status != DisputeStatus.ANSWERED:
        books.move(dispute, DisputeStatus.ANSWERED, because=f"the {side} answered")


def withdraw_dispute(books: Books, dispute: Dispute, text: str) -> None:
    """Take a dispute back; only the side that opened it may. What is paid stays as it was."""
    log.lock(books.session)
    books.session.refresh(dispute)
    side = side_of(books, books.get(Invoice, dispute.invoice_id))
    refuse_over(dispute)
    refuse_wordless(text, f"what you mean of {dispute.reference}", TEXT)
    if side != dispute.opened_side:
        raise NotYourDispute(
            f"{dispute.reference} was opened by the {dispute.opened_side}, who may withdraw it; "
            "answer it, or propose an outcome"
        )
    end(books, dispute, DisputeStatus.WITHDRAWN, text)


def refuse_over(dispute: Dispute) -> None:
    """Refuse what comes too late for a dispute."""
    if dispute.status not in TALKING:
        proposed = dispute.status == DisputeStatus.PROPOSED
        what = "an outcome is proposed and waits for its decision" if proposed else "it is over"
        raise DisputeOver(f"{dispute.reference} is {dispute.status}: {what}")


def _refuse(invoice: Invoice, said: Disputed) -> None:
    refuse_wordless(said.text, f"what you mean of {invoice.reference}", TEXT)
    if said.reason not in REASONS:
        raise NotDisputable(f"{said.reason!r} is no reason; give one of {', '.join(REASONS)}")
    if invoice.status not in EXPLAINED:
        raise NotDisputable(
            f"{invoice.reference} is {invoice.status}; what is disputed of it is known only when "
            "its month has been matched, and nothing of a rejected claim is"
        )
    if invoice.net_minor <= 0:
        raise NotDisputable(
            f"{invoice.reference} takes money back; dispute the invoice that it credits"
        )


def _stake(books: Books, invoice: Invoice, said: Disputed) -> Stake:
    if said.reason in BESIDES:
        return matched_stake(books, invoice, said.line)
    return finding_stake(books, invoice, said.line, said.reason)


def _amount(invoice: Invoice, said: Disputed, stake: Stake) -> Money:
    amount = Money.parse(said.amount, invoice.currency) if said.amount else stake.left
    if stake.left.minor <= 0:
        raise NotDisputable(
            f"{invoice.reference}: nothing is left of it to dispute; see vendorops dispute list"
        )
    if not 0 < amount.minor <= stake.left.minor:
        raise NotDisputable(
            f"{amount} cannot be disputed: of {invoice.reference} {stake.left} is left, without "
            f"tax, and no other dispute has it"
        )
    return amount
