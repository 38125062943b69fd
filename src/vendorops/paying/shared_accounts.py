"""Whether an account is another party's too: proposing one is free, using it is for one alone."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.reviewing import doubts
from vendorops.domain.lifecycle import BankAccountStatus, ReviewStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import BankAccount, Review

KIND = "shared_account"
USED = (BankAccountStatus.VERIFIED, BankAccountStatus.APPROVED, BankAccountStatus.ACTIVE)
PAST = (BankAccountStatus.REVOKED, BankAccountStatus.SUPERSEDED)


class AccountOfAnother(Refused):
    """An account cannot come into use while it is another party's."""


def shared_with(books: Books, account: BankAccount) -> list[BankAccount]:
    """Return the accounts of other parties that have the same number, oldest first."""
    query = select(BankAccount).where(
        col(BankAccount.number_index) == account.number_index,
        col(BankAccount.party_id) != account.party_id,
        col(BankAccount.status).not_in(PAST),
    )
    return list(books.session.exec(query.order_by(col(BankAccount.id))))


def check_alone(books: Books, account: BankAccount) -> None:
    """Refuse an account that another party uses, or about which a doubt is open or was true."""
    used = [other for other in shared_with(books, account) if other.status in USED]
    if used:
        raise AccountOfAnother(
            f"E_BANK_SHARED: {account.reference} has the number of {used[0].reference}, which "
            "another party uses; revoke one of the two"
        )
    standing = _standing(books, account)
    if standing:
        raise AccountOfAnother(
            f"E_BANK_SHARED: {account.reference} waits for {standing[0].reference}, which is "
            f"{standing[0].status}: another party proposed the same account"
        )


def _standing(books: Books, account: BankAccount) -> list[Review]:
    found = doubts(books, account.party_id, ReviewStatus.OPEN, ReviewStatus.CONFIRMED)
    return [one for one in found if one.kind == KIND and one.subject_id == account.id]
