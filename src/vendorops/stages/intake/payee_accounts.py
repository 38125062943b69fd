"""Compares the accounts on a claim (BT-84) with the approved one; money goes to that one alone."""

from collections.abc import Iterator, Sequence

from sqlmodel import col, select

from vendorops import identifiers
from vendorops.books import Books
from vendorops.books.vault import blind_index
from vendorops.domain.claim import ClaimDocument
from vendorops.domain.finding import Finding, Level
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import BankAccount, Supplier

OTHER_ACCOUNT = "other-account"


def account_findings(books: Books, supplier: Supplier, claim: ClaimDocument) -> list[Finding]:
    """Return a finding for each account on the claim that is not an active one of the supplier.

    Numbers are compared by their blind index; a finding shows the last digits alone.
    """
    if not claim.payee_accounts:
        return []
    query = select(BankAccount).where(
        col(BankAccount.party_id) == supplier.party_id,
        col(BankAccount.status) == BankAccountStatus.ACTIVE.value,
    )
    active = books.session.exec(query).all()
    return list(_others(books, supplier, active, claim.payee_accounts))


def _others(
    books: Books, supplier: Supplier, active: Sequence[BankAccount], numbers: Sequence[str]
) -> Iterator[Finding]:
    approved = ", ".join(sorted(account.number_masked for account in active)) or "none so far"
    for position, number in enumerate(numbers, start=1):
        if not any(_is(books, account, number) for account in active):
            yield Finding(
                OTHER_ACCOUNT,
                Level.WARNING,
                f"BT-84, account {position}",
                f"it asks to be paid to {identifiers.masked(number)}, but the approved account of"
                f" {supplier.reference} is {approved}; nothing changes where money goes: if the"
                " supplier moved, have the new account proposed and proved",
            )


def _is(books: Books, account: BankAccount, number: str) -> bool:
    try:
        plain = identifiers.identifier(account.scheme).check(number)
    except Refused:
        return False  # A number of another scheme is another account.
    return blind_index(books, plain, account.scheme) == account.number_index
