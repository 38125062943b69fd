"""Puts bank accounts into use: finance verifies whose they are, another person activates them."""

from sqlmodel import col, or_, select

from vendorops.books import Books, Question, decided
from vendorops.domain.lifecycle import BankAccountStatus, SupplierStatus
from vendorops.paying.shared_accounts import check_alone
from vendorops.stages import Step
from vendorops.tables import BankAccount, Decision, LegalEntity, Party, Supplier

SUBJECT = BankAccount
OWNER = "finance"
"""The role that sees to what is refused here."""
WORKING = (SupplierStatus.QUALIFIED, SupplierStatus.PREFERRED)


def ready(books: Books) -> list[int]:
    """Return the accounts to be verified or activated: ours, and those of qualified suppliers."""
    waiting = (BankAccountStatus.PROPOSED, BankAccountStatus.VERIFIED)
    suppliers = select(Supplier.party_id).where(col(Supplier.status).in_(WORKING))
    query = select(BankAccount.id).where(
        col(BankAccount.status).in_(waiting),
        or_(
            col(BankAccount.party_id).in_(suppliers),
            col(BankAccount.party_id).in_(select(LegalEntity.party_id)),
        ),
    )
    return list(books.session.exec(query.order_by(col(BankAccount.id))))


def advance(books: Books, ident: int) -> Step:
    """Have an account verified, then activated, by two people who did not propose it.

    Refused while another party uses the same account, or a doubt about that is open.
    """
    account = books.get(BankAccount, ident)
    if account.status == BankAccountStatus.PROPOSED:
        check_alone(books, account)
        decision = decided(books, _verification(books, account))
        return _verified(books, account, decision) if decision else Step.WAITING
    if account.status == BankAccountStatus.VERIFIED:
        decision = decided(books, _activation(books, account))
        return _activated(books, account, decision) if decision else Step.WAITING
    return Step.DONE


def _verification(books: Books, account: BankAccount) -> Question:
    party = books.get(Party, account.party_id)
    return Question(
        kind="bank_verification",
        subject=account,
        content=_shown(account, party),
        sentence=f"Does the account {account.number_masked} at {account.bank} belong to "
        f"{account.holder}, and does {party.name} want its money there? Call back a known number.",
        role="finance",
        party_id=party.id,
        not_by=(account.proposed_by,),
    )


def _activation(books: Books, account: BankAccount) -> Question:
    party = books.get(Party, account.party_id)
    verifier = account.verified_by or ""
    return Question(
        kind="bank_activation",
        subject=account,
        content=_shown(account, party) | {"verified_by": verifier},
        sentence=f"May money go through the account {account.number_masked} of {party.name}, "
        f"which {verifier} verified?",
        role="approver",
        party_id=party.id,
        not_by=(account.proposed_by, verifier),
    )


def _shown(account: BankAccount, party: Party) -> dict[str, object]:
    return {
        "account": account.reference,
        "party": party.name,
        "holder": account.holder,
        "scheme": account.scheme,
        "bank": account.bank,
        "currency": account.currency,
        "number": account.number_masked,
        "number_index": account.number_index,
        "proposed_by": account.proposed_by,
    }


def _because(decision: Decision) -> str:
    return f"{decision.answer} by {decision.answered_by}, {decision.reference}"


def _verified(books: Books, account: BankAccount, decision: Decision) -> Step:
    if decision.answer != "approve":
        books.move(account, BankAccountStatus.REVOKED, because=_because(decision))
        return Step.DONE
    account.verified_by = decision.answered_by
    books.move(account, BankAccountStatus.VERIFIED, because=_because(decision))
    return Step.AGAIN


def _activated(books: Books, account: BankAccount, decision: Decision) -> Step:
    if decision.answer != "approve":
        books.move(account, BankAccountStatus.REVOKED, because=_because(decision))
        return Step.DONE
    account.approved_by, account.active_from = decision.answered_by, books.as_of
    for old in _others_in_use(books, account):
        books.move(old, BankAccountStatus.SUPERSEDED, because=f"{account.reference} replaces it")
    books.move(account, BankAccountStatus.ACTIVE, because=_because(decision))
    return Step.DONE


def _others_in_use(books: Books, account: BankAccount) -> list[BankAccount]:
    query = select(BankAccount).where(
        col(BankAccount.party_id) == account.party_id,
        col(BankAccount.currency) == account.currency,
        col(BankAccount.status) == BankAccountStatus.ACTIVE,
    )
    return list(books.session.exec(query.order_by(col(BankAccount.id))))
