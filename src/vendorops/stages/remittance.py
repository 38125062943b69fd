"""Pays withheld tax over: what a return that was handed in declares, to the tax office, once."""

from sqlalchemy import exists
from sqlmodel import col, select

from vendorops.books import Books, content_sha256, log
from vendorops.documents.statements import filing_statement, office_of
from vendorops.domain.lifecycle import PaymentStatus
from vendorops.paying.accounts.active import active_account
from vendorops.paying.accounts.first_payments import is_tried, on_trial
from vendorops.paying.accounts.pausing import paused
from vendorops.paying.batches import NotPayable, Ordered, is_planned, plan_batch
from vendorops.paying.declaring import IN_FORCE, duty_of, versions
from vendorops.paying.freezing import frozen
from vendorops.paying.paying_again import failed_before
from vendorops.paying.payment_day import payment_day
from vendorops.paying.tax_owed import NOT_SENT, is_owed, tax_owed
from vendorops.stages import Step
from vendorops.tables import (
    BankAccount,
    Filing,
    FilingLine,
    LegalEntity,
    Payment,
    TaxOffice,
    Withholding,
)

SUBJECT = Filing
OWNER = "finance"
"""The role that sees to what is refused here."""


def ready(books: Books) -> list[int]:
    """Return returns that were handed in and not paid, where we know whom to pay.

    One that was paid is there again once money of it, or of the version before, came back.
    """
    owed = (
        select(FilingLine.id)
        .join(Withholding, col(Withholding.id) == col(FilingLine.withholding_id))
        .where(
            col(FilingLine.filing_id) == col(Filing.id),
            is_owed(),
            col(Withholding.amount_minor) > 0,
        )
    )
    office = select(TaxOffice.id).where(
        col(TaxOffice.legal_entity_id) == col(Filing.legal_entity_id),
        col(TaxOffice.place) == col(Filing.place),
    )
    query = select(Filing.id).where(
        col(Filing.status).in_(IN_FORCE),
        exists(owed),
        exists(office),
        ~is_planned(
            books,
            (col(Payment.filing_id) == col(Filing.id))
            & col(Payment.status).in_((*NOT_SENT, PaymentStatus.CANCELLED)),
        ),
    )
    return list(books.session.exec(query.order_by(col(Filing.due_on), col(Filing.id))))


def advance(books: Books, ident: int) -> Step:
    """Plan the payment of one return, in a file of its own; people approve and release it.

    Raises NotPayable while release is frozen, or the office has no account that may be paid.
    """
    log.lock(books.session)
    if ident not in ready(books):
        return Step.DONE  # Another run planned it meanwhile.
    filing = books.get(Filing, ident)
    entity = books.get(LegalEntity, filing.legal_entity_id)
    account = _account(books, filing)
    tax = tax_owed(books, filing)
    ordered = Ordered(
        amount=tax,
        account=account,
        content_sha256=content_sha256(filing_statement(books, filing)),
        because=f"{filing.reference} to {office_of(books, filing).reference}",
        filing_id=filing.id,
    )
    plan_batch(books, entity, payment_day(books, entity, filing.due_on), [ordered])
    return Step.DONE


def _account(books: Books, filing: Filing) -> BankAccount:
    office = office_of(books, filing)
    account = active_account(books, office.party_id, filing.currency)
    if account is None:
        raise NotPayable(
            f"{filing.reference} waits: {office.reference} has no active account in "
            f"{filing.currency}; have the one of the company file verified and activated"
        )
    obstacle = frozen(books) or paused(books, office.party_id)
    every = [row.id for row in versions(books, filing.legal_entity_id, duty_of(filing))]
    obstacle = obstacle or failed_before(books, col(Payment.filing_id).in_(every), account)
    if not obstacle and not is_tried(account) and (trial := on_trial(books, account)):
        obstacle = f"the first payment to {account.reference}, {trial}, is underway"
    if obstacle:
        raise NotPayable(f"{filing.reference} waits: {obstacle}")
    return account
