"""What is asked about an account: the call, the name check, and the approval that sees it all."""

from sqlmodel import col, select

from vendorops.books import Books, Question
from vendorops.books.calling_back import is_ours
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.paying.accounts.proof import (
    calls_of,
    let_in_by,
    name_checks_of,
    took_part,
)
from vendorops.tables import BankAccount, Contact, Party

FACTS = ("holder", "scheme", "bank", "currency", "number_masked")


def verification(books: Books, account: BankAccount) -> Question:
    """Return what finance is asked: to call a number on file and have the account read back."""
    party = books.get(Party, account.party_id)
    asked = (
        "Is it our own, and does the treasury want it used?"
        if is_ours(books, account)
        else f"Call {party.name} on a number on file and have the account read back to you."
    )
    return Question(
        kind="bank_verification",
        subject=account,
        content=_shown(books, account),
        sentence=f"Does the account {account.number_masked} at {account.bank} belong to "
        f"{account.holder}? {asked}",
        role="finance",
        party_id=party.id,
        not_by=_not_by(books, account),
    )


def name_check(books: Books, account: BankAccount) -> Question:
    """Return what finance is asked: what a bank or a paper says about whose the account is."""
    return Question(
        kind="bank_name_check",
        subject=account,
        content=_shown(books, account),
        sentence=f"Is the account {account.number_masked} at {account.bank} in the name of "
        f"{account.holder}? Have it confirmed by the bank, a statement or a letter.",
        role="finance",
        party_id=account.party_id,
        not_by=_not_by(books, account),
    )


def approval(books: Books, account: BankAccount) -> Question:
    """Return what the approver is asked, who sees the old account, the new one, the change."""
    party = books.get(Party, account.party_id)
    old = in_use(books, account)
    checks = name_checks_of(books, account)
    close = "" if all(check.result == "match" for check in checks) else CLOSE
    change = f"instead of {old[0].number_masked}" if old else "its first account"
    return Question(
        kind="bank_approval",
        subject=account,
        content=_shown(books, account)
        | {
            "old": [_facts(each) for each in old],
            "changed": _changed(account, old),
            "verified_by": account.verified_by or "",
            "calls": _calls(books, account),
            "name_checks": [
                {"method": row.method, "result": row.result, "evidence": row.evidence_sha256}
                for row in checks
            ],
        },
        sentence=f"May money go through the account {account.number_masked} at {account.bank} of "
        f"{party.name}, {change}, which {account.verified_by} verified?{close}",
        role="approver",
        party_id=party.id,
        not_by=tuple(sorted(took_part(books, account))),
    )


CLOSE = " ATTENTION: the name is only close to the one the bank has."


def in_use(books: Books, account: BankAccount) -> list[BankAccount]:
    """Return the accounts that a new one replaces once it is in use."""
    query = select(BankAccount).where(
        col(BankAccount.party_id) == account.party_id,
        col(BankAccount.currency) == account.currency,
        col(BankAccount.status) == BankAccountStatus.ACTIVE,
    )
    return list(books.session.exec(query.order_by(col(BankAccount.id))))


def _not_by(books: Books, account: BankAccount) -> tuple[str, ...]:
    people = {account.proposed_by, account.entered_by} | let_in_by(books, account.party_id)
    return tuple(sorted(people - {""}))


def _shown(books: Books, account: BankAccount) -> dict[str, object]:
    return {
        "account": account.reference,
        "party": books.get(Party, account.party_id).name,
        "number_index": account.number_index,
        "proposed_by": account.proposed_by,
        **_facts(account),
    }


def _facts(account: BankAccount) -> dict[str, object]:
    return {fact: getattr(account, fact) for fact in FACTS}


def _changed(account: BankAccount, old: list[BankAccount]) -> list[dict[str, object]]:
    return [
        {"fact": fact, "now": getattr(each, fact), "then": getattr(account, fact)}
        for each in old
        for fact in FACTS
        if getattr(each, fact) != getattr(account, fact)
    ]


def _calls(books: Books, account: BankAccount) -> list[dict[str, object]]:
    return [
        {
            "contact": contact.reference,
            "number": contact.value_masked,
            "source": contact.source,
            "found_in": contact.found_in,
            "since": contact.since.isoformat(),
            "spoke_with": call.spoke_with,
            "called_at": call.called_at.isoformat(),
        }
        for call in calls_of(books, account)
        for contact in [books.get(Contact, call.contact_id)]
    ]
