"""Whether the money would go to the applicant itself."""

from collections.abc import Iterator

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.finding import Finding, Level
from vendorops.stages.onboarding.cases import party_of, squeezed
from vendorops.tables import BankAccount, Qualification


def find(books: Books, case: Qualification) -> Iterator[Finding]:
    """Yield every account of the applicant that is held in another name."""
    party = party_of(books, case)
    query = select(BankAccount).where(
        col(BankAccount.party_id) == party.id,
        col(BankAccount.status).in_(("proposed", "verified", "approved", "active")),
    )
    for account in books.session.exec(query.order_by(col(BankAccount.reference))):
        if squeezed(account.holder) != squeezed(party.name):
            message = f"{account.reference} is held by {account.holder}, not by the applicant"
            yield Finding("account-of-another", Level.WARNING, account.reference, message)
