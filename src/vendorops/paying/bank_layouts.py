"""What people said of the columns of a bank's tables: saved, and found for a file."""

import json

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.bank_layout import BadLayout, BankLayout, check
from vendorops.tables import BankAccount, BankTableLayout, LegalEntity

MOST_COLUMNS = 100


def save(books: Books, layout: BankLayout) -> BankTableLayout:
    """Keep a mapping for an account of ours from today on; the same one again changes nothing."""
    check(layout)
    account = books.named(BankAccount, layout.account)
    ours = select(LegalEntity.id).where(col(LegalEntity.party_id) == account.party_id)
    if books.session.exec(ours).first() is None:
        raise BadLayout(f"{account.reference} is no account of ours; name the one of the table")
    if len(layout.columns) > MOST_COLUMNS:
        raise BadLayout(f"E_MAPPING_LIMIT: more than {MOST_COLUMNS} columns; leave some out")
    known = [row for row in _newest(books, account.id) if row.layout_sha256 == layout.sha256]
    if known and layout_in(books, known[0]) == layout:
        return known[0]
    return books.enter(
        BankTableLayout(
            id=books.key(),
            reference=books.reference("BMP"),
            bank_account_id=account.id,
            layout_sha256=layout.sha256,
            columns=json.dumps(layout.columns, ensure_ascii=False),
            decimal=layout.decimal,
            date_order=layout.date_order,
            valid_from=books.as_of,
            saved_by=books.actor,
        ),
        because=f"what the columns of tables of {account.reference} mean",
    )


def saved(books: Books, bank_account_id: int | None = None) -> list[BankLayout]:
    """Return the mappings that hold today, of one account where it is known."""
    return [layout_in(books, row) for row in _newest(books, bank_account_id)]


def layout_in(books: Books, row: BankTableLayout) -> BankLayout:
    """Return what was said in a row."""
    account = books.get(BankAccount, row.bank_account_id)
    columns = tuple((str(heading), str(means)) for heading, means in json.loads(row.columns))
    return BankLayout(account.reference, account.currency, columns, row.decimal, row.date_order)


def _newest(books: Books, bank_account_id: int | None) -> list[BankTableLayout]:
    query = select(BankTableLayout).where(col(BankTableLayout.valid_from) <= books.as_of)
    if bank_account_id is not None:
        query = query.where(col(BankTableLayout.bank_account_id) == bank_account_id)
    rows = books.session.exec(query.order_by(col(BankTableLayout.id)))
    return list({(row.bank_account_id, row.layout_sha256): row for row in rows}.values())
