"""Enters the statements of a file, or refuses the file whole: nothing of it is half there."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from sqlmodel import col, select

from vendorops.books import Books, content_sha256, vault
from vendorops.documents import kept
from vendorops.domain.bank_statement import StatementRead
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.gateways.bank_reading import read_bank_file
from vendorops.identifiers import masked
from vendorops.paying.bank_layouts import saved
from vendorops.tables import (
    BankAccount,
    BankEntry,
    BankFile,
    BankStatement,
    LegalEntity,
    PaymentBatch,
)


class BadStatement(Refused):
    """A statement does not fit our accounts, itself, or what the bank told before."""


AHEAD = timedelta(1)
"""A bank east of us may close its day while it is still the day before here."""
Entered = Sequence[tuple[BankStatement, bool]]
"""Statements, and whether they are new."""


def enter(books: Books, file: BankFile) -> Entered:
    """Enter what a file tells; what was told before is recognised and entered once.

    Raises BadStatement for an account that is not ours, or a statement that does not add up.
    """
    layouts = saved(books, file.bank_account_id)
    read = read_bank_file(kept(books, file.sha256), layouts)
    return [_statement(books, file, said) for said in read]


def in_words(entered: Entered) -> str:
    """Return what entering came to."""
    told = [f"{row.reference}{'' if new else ' (told before)'}" for row, new in entered]
    return f"entered as {', '.join(told)}"


def _statement(books: Books, file: BankFile, said: StatementRead) -> tuple[BankStatement, bool]:
    account, currency = _account(books, said)
    if said.imbalance_minor:
        raise BadStatement(
            f"E_BANK_BALANCE: statement {said.ident[:40]!r}: opening balance and entries do not "
            f"come to the closing balance, by {Money(said.imbalance_minor, currency)}; "
            "something is missing: ask the bank for the whole statement"
        )
    _refuse_future(books, said)
    digest = _content(said)
    query = select(BankStatement).where(
        col(BankStatement.bank_account_id) == account.id,
        col(BankStatement.content_sha256) == digest,
    )
    known = books.session.exec(query).one_or_none()
    if known:
        return known, False
    _refuse_another(books, account, said)
    _refuse_overlap(books, account, said)
    row = books.enter(
        BankStatement(
            id=books.key(),
            reference=books.reference("BST"),
            bank_file_id=file.id,
            bank_account_id=account.id,
            kind=said.kind,
            ident=said.ident,
            sequence=said.sequence,
            currency=currency,
            opening_minor=said.opening.minor if said.opening else None,
            opening_on=said.opening.day if said.opening else None,
            closing_minor=said.closing.minor if said.closing else None,
            closing_on=said.closing.day if said.closing else None,
            lines=len(said.lines),
            content_sha256=digest,
        ),
        because=f"{said.kind} of {account.reference} in {file.reference}",
    )
    _lines(books, row, said)
    return row, True


def _refuse_future(books: Books, said: StatementRead) -> None:
    """Refuse days to come: they would cover what the bank has not told yet, and lift a freeze."""
    days = [line.booked_on for line in said.lines if line.booked_on]
    days += [balance.day for balance in (said.opening, said.closing) if balance]
    latest = max(days, default=books.as_of)
    if latest > books.as_of + AHEAD:
        raise BadStatement(
            f"E_BANK_DAY: statement {said.ident[:40]!r} tells of {latest}, which is still to come;"
            " look at the days in the file, and ask the bank for it again"
        )


def _lines(books: Books, row: BankStatement, said: StatementRead) -> None:
    references = books.references("BKE", len(said.lines)) if said.lines else []
    for reference, line in zip(references, said.lines, strict=True):
        told = {
            name: value
            for name, value in asdict(line).items()
            if name not in ("batch_ids", "named")
        }
        entry = BankEntry(
            id=books.key(),
            reference=reference,
            bank_statement_id=row.id,
            currency=row.currency,
            batch_ids=" ".join(line.batch_ids),
            named=" ".join(line.named),
            **{**told, "returned": int(line.returned)},
        )
        books.enter(entry, because=f"entry {line.entry}, {line.part} of {row.reference}")


def _account(books: Books, said: StatementRead) -> tuple[BankAccount, str]:
    if said.kind == "answer":
        query = select(PaymentBatch).where(col(PaymentBatch.message_id) == said.account)
        batch = books.session.exec(query).one_or_none()
        if batch is None:
            raise BadStatement(f"E_BANK_MESSAGE: we sent no message {said.account[:40]!r}")
        return books.get(BankAccount, batch.debtor_account_id), batch.currency
    if said.account.startswith("ACC-"):
        return books.named(BankAccount, said.account), said.currency
    ours = select(LegalEntity.party_id)
    query_accounts = select(BankAccount).where(col(BankAccount.party_id).in_(ours))
    for account in books.session.exec(query_accounts.order_by(col(BankAccount.id).desc())):
        if vault.blind_index(books, said.account, account.scheme) == account.number_index:
            if account.currency != said.currency:
                raise BadStatement(
                    f"E_BANK_CURRENCY: {account.reference} is kept in {account.currency}, the "
                    f"statement is in {said.currency}; look whose it is"
                )
            return account, said.currency
    raise BadStatement(
        f"E_BANK_ACCOUNT: the statement is of {masked(said.account)}, which is no account of ours "
        "in the books"
    )


def _content(said: StatementRead) -> str:
    """Return the hash of what is told, without when and under which number it was sent."""
    told = asdict(said)
    if said.opening and said.closing and said.sequence:
        told.pop("ident")  # A bank that sends a statement again may give it another name.
    return content_sha256({name: _shown(each) for name, each in told.items()})


def _shown(value: object) -> object:
    """Return data with days as text, as canonical JSON wants them."""
    if isinstance(value, dict):
        return {name: _shown(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(each) for each in value]
    return value if isinstance(value, str | int | bool | type(None)) else str(value)


def _refuse_another(books: Books, account: BankAccount, said: StatementRead) -> None:
    """Refuse a statement of which the bank said something else before."""
    query = select(BankStatement.reference).where(
        col(BankStatement.bank_account_id) == account.id,
        col(BankStatement.kind) == said.kind,
        col(BankStatement.ident) == said.ident,
        col(BankStatement.closing_on) == (said.closing.day if said.closing else None),
    )
    before = books.session.exec(query).first() if said.kind == "statement" else None
    if before:
        raise BadStatement(
            f"E_BANK_OTHER_CONTENT: {before} is {said.ident[:40]!r} of that day and says "
            "something else; ask the bank which of them holds"
        )


def _refuse_overlap(books: Books, account: BankAccount, said: StatementRead) -> None:
    """Refuse a table whose days were told before: its rows would be there twice."""
    opening, closing = said.opening, said.closing
    if said.sequence or said.kind != "statement" or not (opening and closing):
        return
    query = select(BankStatement).where(
        col(BankStatement.bank_account_id) == account.id,
        col(BankStatement.kind) == "statement",
        col(BankStatement.opening_on) <= closing.day,
        col(BankStatement.closing_on) >= opening.day,
    )
    for row in books.session.exec(query.order_by(col(BankStatement.id))):
        follows = row.closing_on == opening.day and row.closing_minor == opening.minor
        if not follows:
            raise BadStatement(
                f"E_BANK_OVERLAP: {row.reference} told of {row.opening_on} to {row.closing_on} "
                f"before; export what follows it, from {row.closing_on} on"
            )
