"""Does what people answered about an account, and nothing without its proof."""

import json
from datetime import datetime

from sqlmodel import col, select

from vendorops.books import Books, decided
from vendorops.books.calling_back import is_ours
from vendorops.books.moments import day_of, latest
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.domain.refusal import Refused
from vendorops.paying.accounts.cooling import still_cooling
from vendorops.paying.accounts.pausing import shared
from vendorops.paying.accounts.proof import name_checks_of, unapproved, unproved
from vendorops.paying.accounts.proposing import revoke
from vendorops.stages import Step
from vendorops.stages.bank_accounts.asking import approval, in_use, name_check, verification
from vendorops.tables import BankAccount, CallBack, Contact, Decision, NameCheck


class NotProved(Refused):
    """Something that must stand behind an account is missing."""


def verify(books: Books, account: BankAccount) -> Step:
    """Have a proposed account called back and its name checked, in any order."""
    _refuse(shared(books, account))
    checked = _name_checked(books, account)
    if account.status == BankAccountStatus.REVOKED:
        return Step.DONE
    decision = decided(books, verification(books, account))
    if decision is None:
        return Step.WAITING
    if decision.answer != "approve":
        return _revoked(books, account, decision)
    account.verified_by = decision.answered_by
    if not is_ours(books, account):
        _enter_call(books, account, decision)
    books.move(account, BankAccountStatus.VERIFIED, because=_because(decision))
    return Step.AGAIN if checked else Step.WAITING


def approve(books: Books, account: BankAccount) -> Step:
    """Have a verified account approved by a third person; from then on it cools off."""
    if not _name_checked(books, account):
        is_over = account.status == BankAccountStatus.REVOKED
        return Step.DONE if is_over else Step.WAITING
    _refuse(shared(books, account) or unproved(books, account))
    decision = decided(books, approval(books, account))
    if decision is None:
        return Step.WAITING
    if decision.answer != "approve":
        return _revoked(books, account, decision)
    at = latest(books)
    account.approved_by, account.approved_at = decision.answered_by, at
    account.approved_on = max(books.as_of, day_of(books, at))
    books.move(account, BankAccountStatus.APPROVED, because=_because(decision))
    return Step.DONE


def activate(books: Books, account: BankAccount) -> Step:
    """Put an approved account into use once it has cooled off; the one before is kept."""
    if still_cooling(books, account):
        return Step.WAITING
    _refuse(shared(books, account) or unapproved(books, account))
    account.active_from, account.active_at = books.as_of, latest(books)
    for old in in_use(books, account):
        books.move(old, BankAccountStatus.SUPERSEDED, because=f"{account.reference} replaces it")
    books.move(account, BankAccountStatus.ACTIVE, because="approved, and cooled off since")
    return Step.DONE


def _name_checked(books: Books, account: BankAccount) -> bool:
    """Tell whether the name was checked and may stand; a name that does not match ends it."""
    if name_checks_of(books, account):
        return True
    decision = decided(books, name_check(books, account))
    if decision is None:
        return False
    said = json.loads(decision.detail)
    if said:
        _enter_name_check(books, account, decision, said)
    if decision.answer != "approve":
        _revoked(books, account, decision)
        return False
    return True


def _enter_name_check(
    books: Books, account: BankAccount, decision: Decision, said: dict[str, str]
) -> None:
    row = NameCheck(
        id=books.key(),
        bank_account_id=account.id,
        decision_id=decision.id,
        method=said["method"],
        result=said["result"],
        checked_by=decision.answered_by or "",
        checked_on=decision.answered_on or books.as_of,
        evidence_sha256=said["evidence"],
    )
    books.enter(row, because=f"{row.method}: {row.result}, {decision.reference}")


def _enter_call(books: Books, account: BankAccount, decision: Decision) -> None:
    said = json.loads(decision.detail)
    if "contact" not in said:
        raise NotProved(
            f"E_BANK_NO_CALLBACK: {decision.reference} tells of no call; revoke "
            f"{account.reference} and have it proposed anew"
        )
    contact = select(Contact).where(col(Contact.reference) == said["contact"])
    row = CallBack(
        id=books.key(),
        bank_account_id=account.id,
        contact_id=books.session.exec(contact).one().id,
        decision_id=decision.id,
        called_by=decision.answered_by or "",
        spoke_with=said["spoke_with"],
        called_at=datetime.fromisoformat(said["called_at"]),
        read_back_index=said["read_back_index"],
    )
    books.enter(row, because=f"called {said['contact']}, {decision.reference}")


def _refuse(obstacle: str) -> None:
    if obstacle:
        raise NotProved(obstacle)


def _because(decision: Decision) -> str:
    return f"{decision.answer} by {decision.answered_by}, {decision.reference}"


def _revoked(books: Books, account: BankAccount, decision: Decision) -> Step:
    revoke(books, account, _because(decision))
    return Step.DONE
