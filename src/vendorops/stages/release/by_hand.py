"""Has the first payment to an account let go by hand, by people who had no part in it."""

from vendorops.books import Books, Question, decided
from vendorops.documents.statements import payment_statement
from vendorops.domain.money import Money
from vendorops.paying.accounts.first_payments import above_cap, cap_told, untried
from vendorops.paying.accounts.proof import calls_of, name_checks_of, took_part
from vendorops.tables import BankAccount, Decision, Party, PaymentBatch


def hands(books: Books, batch: PaymentBatch, not_by: tuple[str, ...]) -> list[Decision | None]:
    """Return what was answered to each question that a first payment needs, asking them all.

    One releaser sees that it is the first; above the cap an approver lets it go as well. Whoever
    had a hand in the account or in the batch may answer neither.
    """
    found: list[Decision | None] = []
    for account in untried(books, batch):
        people = tuple(sorted({*not_by, *took_part(books, account)}))
        found.append(decided(books, _first(books, batch, account, people)))
        if above_cap(account, batch):
            found.append(decided(books, _large(books, batch, account, people)))
    return found


def kept_out(books: Books, batch: PaymentBatch) -> set[str]:
    """Return who had a hand in the untried accounts of a batch."""
    return {who for account in untried(books, batch) for who in took_part(books, account)}


def _first(
    books: Books, batch: PaymentBatch, account: BankAccount, not_by: tuple[str, ...]
) -> Question:
    total = Money(batch.control_sum_minor, batch.currency)
    party = books.get(Party, account.party_id)
    return Question(
        kind="first_payment",
        subject=batch,
        content=_content(books, batch, account),
        sentence=f"FIRST payment to {account.reference} {account.number_masked} of {party.name}, "
        f"in use since {account.active_from}: let {total} go by hand?",
        role="releaser",
        party_id=party.id,
        amount=total,
        not_by=not_by,
    )


def _large(
    books: Books, batch: PaymentBatch, account: BankAccount, not_by: tuple[str, ...]
) -> Question:
    total = Money(batch.control_sum_minor, batch.currency)
    party = books.get(Party, account.party_id)
    return Question(
        kind="first_payment_above_cap",
        subject=batch,
        content=_content(books, batch, account),
        sentence=f"FIRST payment to {account.reference} {account.number_masked} of {party.name}: "
        f"{total} is above the cap of {cap_told(account, batch)}; let it go all the same?",
        role="approver",
        party_id=party.id,
        amount=total,
        not_by=not_by,
    )


def _content(books: Books, batch: PaymentBatch, account: BankAccount) -> dict[str, object]:
    return payment_statement(books, batch) | {
        "first_payment_to": account.reference,
        "proposed_by": account.proposed_by,
        "verified_by": account.verified_by or "",
        "approved_by": account.approved_by or "",
        "in_use_since": str(account.active_from),
        "name_checks": [[row.method, row.result] for row in name_checks_of(books, account)],
        "calls": [row.called_at.isoformat() for row in calls_of(books, account)],
        "cap": cap_told(account, batch),
    }
