"""Writes the ledger as a workbook: accounts, transfers, and what stood at the end of months."""

from vendorops.documents.figure_books import Row, Sheet, figure_book
from vendorops.documents.ledger_export.journal import Journal, Posting, TooMany
from vendorops.domain.money import Money

MOST_ROWS = 1_048_575
"""Rows of a sheet below its head."""


def ledger_workbook(ledger: Journal, title: str) -> bytes:
    """Return the ledger as a workbook; the same rows and day give the same bytes.

    Raises TooMany above what a sheet holds.
    """
    for what, rows in (("transfers", ledger.postings), ("balances", ledger.standings)):
        if len(rows) > MOST_ROWS:
            raise TooMany(
                f"{len(rows):,} {what} are more than the {MOST_ROWS:,} rows of a sheet; name an "
                "earlier day with --as-of, or export --to beancount"
            )
    return figure_book(title, ledger.until, [_accounts(ledger), _transfers(ledger), _ends(ledger)])


def _accounts(ledger: Journal) -> Sheet:
    sides: dict[tuple[str, str], list[int]] = {}
    for posting in ledger.postings:
        currency = posting.amount.currency
        for at, account in enumerate((posting.debit, posting.credit)):
            sides.setdefault((account.code, currency), [0, 0])[at] += posting.amount.minor
    rows: list[Row] = []
    for account in ledger.accounts:
        debit, credit = (
            Money(minor, account.currency) for minor in sides[account.code, account.currency]
        )
        rows.append((account.code, account.kind, account.currency, debit, credit))
    columns = ("account", "kind", "currency", "debited", "credited")
    return Sheet("accounts", columns, rows)


def _transfers(ledger: Journal) -> Sheet:
    columns = (
        *("day", "document", "debit", "credit", "amount", "currency", "because"),
        *("key", "event", "reverses"),
    )
    return Sheet("transfers", columns, [_transfer(posting) for posting in ledger.postings])


def _transfer(posting: Posting) -> Row:
    return (
        posting.day,
        posting.document,
        posting.debit.code,
        posting.credit.code,
        posting.amount,
        posting.amount.currency,
        posting.because,
        posting.key,
        posting.event,
        posting.reverses,
    )


def _ends(ledger: Journal) -> Sheet:
    rows: list[Row] = [
        (
            each.day,
            each.account.code,
            each.account.kind,
            each.balance,
            each.account.currency,
        )
        for each in ledger.standings
    ]
    return Sheet("balances", ("end of", "account", "kind", "balance", "currency"), rows)
