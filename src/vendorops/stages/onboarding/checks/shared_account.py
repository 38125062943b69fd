"""Whether the account of the applicant is another party's too."""

from collections.abc import Iterator

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.reviewing import Doubt, doubt
from vendorops.domain.finding import Finding, Level
from vendorops.paying.shared_accounts import KIND, PAST, shared_with
from vendorops.screening.alike import reference_of
from vendorops.stages.onboarding.cases import party_of
from vendorops.tables import BankAccount, Party, Qualification


def find(books: Books, case: Qualification) -> Iterator[Finding]:
    """Raise a doubt for every other party that has an account of the applicant in our books."""
    party = party_of(books, case)
    query = select(BankAccount).where(
        col(BankAccount.party_id) == party.id, col(BankAccount.status).not_in(PAST)
    )
    for account in books.session.exec(query.order_by(col(BankAccount.reference))):
        for other in shared_with(books, account):
            whose = reference_of(books, other.party_id)
            doubt(books, _doubt(books, party, account, other))
            message = f"{account.reference} has the same number as {other.reference} of {whose}"
            yield Finding("account-shared", Level.WARNING, other.reference, message)


def _doubt(books: Books, party: Party, account: BankAccount, other: BankAccount) -> Doubt:
    name = books.get(Party, other.party_id).name
    whose = reference_of(books, other.party_id)
    return Doubt(
        kind=KIND,
        subject=account,
        party_id=party.id,
        question=f"Is it harmless that {party.name} gives the account {account.number_masked}, "
        f"which {whose}, {name}, gave as its own ({other.reference})?",
        evidence={
            "applicant": party.name,
            "account": account.reference,
            "number": account.number_masked,
            "holder": account.holder,
            "other": whose,
            "other_name": name,
            "other_account": other.reference,
            "other_holder": other.holder,
        },
    )
