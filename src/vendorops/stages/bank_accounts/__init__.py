"""Puts bank accounts into use: called back, name checked, approved by others, cooled off."""

from sqlmodel import col, or_, select

from vendorops.books import Books
from vendorops.domain.lifecycle import BankAccountStatus, SupplierStatus
from vendorops.paying.accounts.cooling import still_cooling
from vendorops.paying.shared_accounts import check_alone
from vendorops.stages import Step
from vendorops.stages.bank_accounts.entering import (
    check_name,
    party_named,
    propose_account,
    record_contact,
    revoke_account,
)
from vendorops.stages.bank_accounts.proceeding import NotProved, activate, approve, verify
from vendorops.tables import BankAccount, LegalEntity, Supplier, TaxOffice

__all__ = [
    "SUBJECT",
    "NotProved",
    "advance",
    "check_name",
    "party_named",
    "propose_account",
    "ready",
    "record_contact",
    "revoke_account",
]

SUBJECT = BankAccount
OWNER = "finance"
"""The role that sees to what is refused here."""
WORKING = (SupplierStatus.QUALIFIED, SupplierStatus.PREFERRED)


def ready(books: Books) -> list[int]:
    """Return the accounts to be verified, approved or activated.

    Ours, those of qualified suppliers, and those of the tax offices that we pay.

    One that still cools off is not ready: nobody can do anything about it but revoke it.
    """
    waiting = (
        BankAccountStatus.PROPOSED,
        BankAccountStatus.VERIFIED,
        BankAccountStatus.APPROVED,
    )
    suppliers = select(Supplier.party_id).where(col(Supplier.status).in_(WORKING))
    query = select(BankAccount).where(
        col(BankAccount.status).in_(waiting),
        or_(
            col(BankAccount.party_id).in_(suppliers),
            col(BankAccount.party_id).in_(select(LegalEntity.party_id)),
            col(BankAccount.party_id).in_(select(TaxOffice.party_id)),
        ),
    )
    found = books.session.exec(query.order_by(col(BankAccount.id)))
    return [
        account.id
        for account in found
        if account.status != BankAccountStatus.APPROVED or not still_cooling(books, account)
    ]


def advance(books: Books, ident: int) -> Step:
    """Take an account one step nearer to use; each step looks again for everything before it.

    Raises NotProved, with the code of what is missing, when another party uses the account or
    its call, name check or approval is not there as it should be.
    """
    account = books.get(BankAccount, ident)
    if account.status == BankAccountStatus.PROPOSED:
        check_alone(books, account)
        return verify(books, account)
    if account.status == BankAccountStatus.VERIFIED:
        return approve(books, account)
    if account.status == BankAccountStatus.APPROVED:
        return activate(books, account)
    return Step.DONE
