"""Drafts the papers of issued credit memos, where we write the supplier's invoices."""

from vendorops.books import Books, log
from vendorops.stages import Step
from vendorops.tables import CreditMemo
from vendorops.working.self_billing import draft_credit, memos_to_bill

SUBJECT = CreditMemo
OWNER = "finance"
"""The role that sees to what is refused here."""


def ready(books: Books) -> list[int]:
    """Return issued memos that are to have a credit note and have none."""
    return memos_to_bill(books)


def advance(books: Books, ident: int) -> Step:
    """Draft the credit note of a memo once the invoices that it takes back from are issued."""
    log.lock(books.session)  # Two runs must not both find none.
    if ident not in memos_to_bill(books):
        return Step.DONE
    drafted = draft_credit(books, books.get(CreditMemo, ident))
    return Step.DONE if drafted else Step.WAITING
