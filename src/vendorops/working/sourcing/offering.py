"""Drafts offers: within the budget, for a position that is free, to a candidate in process."""

from vendorops.books import Books, log
from vendorops.books.moments import latest
from vendorops.documents.forms import read_form
from vendorops.domain.lifecycle import OfferStatus, RequisitionStatus
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, Distribution, Offer, Requisition, Submission
from vendorops.working.sourcing.finding import offers_in, offers_of
from vendorops.working.sourcing.fitness import refuse_unfit
from vendorops.working.sourcing.forms import OfferForm
from vendorops.working.sourcing.rights import refuse_no_buyer
from vendorops.working.sourcing.states import OFFERABLE, OPEN_OFFERS, refuse_unless

STANDING = (*OPEN_OFFERS, OfferStatus.ACCEPTED)
"""Offers that take up a position, because they bind us or may soon."""


class NotOfferable(Refused):
    """The offer cannot be made as it was given."""


class AboveBudget(NotOfferable):
    """More is offered than the requisition has for a position."""


class NoPositionLeft(NotOfferable):
    """As many people are offered a position, or have taken one, as there are positions."""


def draft_offer(books: Books, data: bytes) -> Offer:
    """Enter an offer in draft; somebody else approves it before it is released."""
    form = read_form(data, OfferForm, "the offer")
    log.lock(books.session)
    refuse_no_buyer(books, "draft offers")
    submission = books.named(Submission, form.submission)
    refuse_unless(submission, OFFERABLE, "offered anything")
    requisition = books.get(Requisition, submission.requisition_id)
    refuse_unless(requisition, (RequisitionStatus.IN_PROGRESS,), "offered")
    contract = books.get(Contract, books.get(Distribution, submission.distribution_id).contract_id)
    refuse_unfit(books, requisition, contract)
    _refuse_second(books, requisition, submission)
    row = _row(books, submission, contract, form)
    _refuse_days(books, row, contract)
    return books.enter(row, because=f"{submission.reference}: {_told(row)}")


def _refuse_second(books: Books, requisition: Requisition, submission: Submission) -> None:
    standing = [row for row in offers_of(books, submission) if row.status in STANDING]
    if standing:
        raise NotOfferable(
            f"{submission.reference} has {standing[0].reference}, which is {standing[0].status};"
            " take it back before you offer anew"
        )
    if offers_in(books, requisition, STANDING) >= requisition.positions:
        raise NoPositionLeft(
            f"{requisition.reference} has {requisition.positions} positions, and as many offers"
            " stand or were accepted; wait for an answer, or take one back"
        )


def _row(books: Books, submission: Submission, contract: Contract, form: OfferForm) -> Offer:
    requisition = books.get(Requisition, submission.requisition_id)
    amount = Money.parse(form.amount, requisition.currency)
    pay = Money.parse(form.pay or "0", requisition.currency)
    budget = Money(requisition.budget_minor, requisition.currency)
    if amount.minor <= 0 or not 0 <= pay.minor <= amount.minor:
        raise NotOfferable("amount: must be above nothing, and pay no more than it; correct them")
    if amount > budget:
        raise AboveBudget(
            f"amount: {amount!r} a {requisition.pay_unit} is above the budget of"
            f" {requisition.reference}, {budget!r}; offer less, or open a requisition with more"
        )
    return Offer(
        id=books.key(),
        reference=books.reference("OFR"),
        requisition_id=requisition.id,
        submission_id=submission.id,
        supplier_id=submission.supplier_id,
        contract_id=contract.id,
        pay_kind=requisition.pay_kind,
        pay_unit=requisition.pay_unit,
        currency=requisition.currency,
        amount_minor=amount.minor,
        pay_minor=pay.minor,
        starts_on=form.starts_on,
        expires_on=form.expires_on,
        drafted_by=books.actor,
        drafted_at=latest(books),
    )


def _refuse_days(books: Books, row: Offer, contract: Contract) -> None:
    if row.expires_on < books.as_of:
        raise NotOfferable(f"expires_on: {row.expires_on} is past; leave time to accept it")
    if row.starts_on <= row.expires_on:
        raise NotOfferable(
            f"starts_on: {row.starts_on} must come after {row.expires_on}, until which the offer"
            " can be accepted"
        )
    if not contract.starts_on <= row.starts_on < contract.ends_on:
        raise NotOfferable(
            f"starts_on: {contract.reference} does not cover {row.starts_on}; it ends before"
            f" {contract.ends_on}"
        )


def _told(row: Offer) -> str:
    amount = Money(row.amount_minor, row.currency)
    return f"{amount!r} a {row.pay_unit} from {row.starts_on} on"
