"""Looks for everything that must stand behind an account before money goes there.

It is asked at approval, before use, and once more before the first payment: what was put into a
state without its proof, or lost its proof since, is not paid.
"""

from collections.abc import Callable, Iterator

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.calling_back import Call, is_ours, obstacle
from vendorops.domain.lifecycle import DecisionStatus
from vendorops.tables import (
    BankAccount,
    CallBack,
    Contact,
    Decision,
    NameCheck,
    Qualification,
    Supplier,
)


def unproved(books: Books, account: BankAccount) -> str:
    """Return what is missing before an account may be approved; empty where nothing is."""
    return _first(books, account, BEFORE_APPROVAL)


def unapproved(books: Books, account: BankAccount) -> str:
    """Return what is missing before an approved account may be used; empty where nothing is."""
    return _first(books, account, (*BEFORE_APPROVAL, *BEFORE_USE))


def calls_of(books: Books, account: BankAccount) -> list[CallBack]:
    """Return the calls that were made for an account, newest first."""
    query = select(CallBack).where(col(CallBack.bank_account_id) == account.id)
    return list(books.session.exec(query.order_by(col(CallBack.id).desc())))


def name_checks_of(books: Books, account: BankAccount) -> list[NameCheck]:
    """Return the name checks of an account, newest first."""
    query = select(NameCheck).where(col(NameCheck.bank_account_id) == account.id)
    return list(books.session.exec(query.order_by(col(NameCheck.id).desc())))


def answer_of(books: Books, account: BankAccount, kind: str) -> Decision | None:
    """Return the approving answer to a question about an account."""
    query = select(Decision).where(
        col(Decision.subject_table) == "bankaccount",
        col(Decision.subject_id) == account.id,
        col(Decision.kind) == kind,
        col(Decision.answer) == "approve",
        col(Decision.status) == DecisionStatus.ANSWERED,
    )
    return books.session.exec(query.order_by(col(Decision.id).desc())).first()


def let_in_by(books: Books, party_id: int) -> set[str]:
    """Return who decided on the applications of a party; none of them decides on its money."""
    cases = (
        select(Qualification.id)
        .join(Supplier, col(Supplier.id) == col(Qualification.supplier_id))
        .where(col(Supplier.party_id) == party_id)
    )
    query = select(Decision.answered_by).where(
        col(Decision.kind) == "qualification",
        col(Decision.subject_table) == "qualification",
        col(Decision.subject_id).in_(cases),
        col(Decision.answered_by).is_not(None),
    )
    return {str(handle) for handle in books.session.exec(query)}


def took_part(books: Books, account: BankAccount) -> set[str]:
    """Return everybody who had a hand in an account so far, and who let its party in."""
    contacts = {call.contact_id for call in calls_of(books, account)}
    recorders = {books.get(Contact, ident).entered_by for ident in contacts}
    checkers = {check.checked_by for check in name_checks_of(books, account)}
    named = {account.proposed_by, account.entered_by, account.verified_by, account.approved_by}
    return {
        handle
        for handle in named | recorders | checkers | let_in_by(books, account.party_id)
        if handle
    }


def _first(books: Books, account: BankAccount, rules: tuple["Rule", ...]) -> str:
    return next((said for rule in rules for said in rule(books, account)), "")


def _verified(books: Books, account: BankAccount) -> Iterator[str]:
    answer = answer_of(books, account, "bank_verification")
    if answer is None or answer.answered_by != account.verified_by:
        yield f"E_BANK_NOT_VERIFIED: nobody's answer verifies {account.reference}"


def _called(books: Books, account: BankAccount) -> Iterator[str]:
    if is_ours(books, account):
        return
    answer = answer_of(books, account, "bank_verification")
    call = next(
        (row for row in calls_of(books, account) if answer and row.decision_id == answer.id), None
    )
    if call is None:
        yield f"E_BANK_NO_CALLBACK: nobody called a number on file for {account.reference}"
        return
    contact = books.get(Contact, call.contact_id)
    made = Call(contact, call.called_by, call.called_at, call.read_back_index)
    if call.called_by != account.verified_by:
        yield f"E_BANK_NO_CALLBACK: {call.called_by} called, and did not verify"
    if said := obstacle(books, account, made):
        yield said


def _named(books: Books, account: BankAccount) -> Iterator[str]:
    checks = name_checks_of(books, account)
    if not checks:
        yield (
            f"E_BANK_NO_NAME_CHECK: nobody checked whose {account.reference} is; see vendorops "
            "account check-name"
        )
    if any(check.result == "no_match" for check in checks):
        yield f"E_BANK_NAME_NO_MATCH: {account.reference} is not in the name of its holder"


def _approved(books: Books, account: BankAccount) -> Iterator[str]:
    answer = answer_of(books, account, "bank_approval")
    if answer is None or answer.answered_by != account.approved_by:
        yield f"E_BANK_NOT_APPROVED: nobody's answer approves {account.reference}"


def _three_people(books: Books, account: BankAccount) -> Iterator[str]:
    before_approval = {account.proposed_by, account.entered_by, account.verified_by}
    checkers = {check.checked_by for check in name_checks_of(books, account)}
    let_in = let_in_by(books, account.party_id)
    doubled = account.approved_by in before_approval | checkers | let_in
    if doubled or account.verified_by in {account.proposed_by, account.entered_by} | let_in:
        yield (
            f"E_BANK_THREE_PEOPLE: {account.reference} was not let in, proposed, verified and "
            "approved by different people"
        )


Rule = Callable[[Books, BankAccount], Iterator[str]]
BEFORE_APPROVAL: tuple[Rule, ...] = (_verified, _called, _named)
BEFORE_USE: tuple[Rule, ...] = (_approved, _three_people)
