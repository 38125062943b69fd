"""A contract with accepted work month by month, and terms that two people agreed for it."""

from datetime import date

from sqlmodel import col, select

from tests import make
from tests.stages.settlement.month import company
from vendorops.books import Books
from vendorops.domain.measure import quantity_e4
from vendorops.stages import sweep
from vendorops.stages.adjustments import propose
from vendorops.tables import AdjustmentLine, AgreedTerm, Contract, CreditMemo

STARTS, ENDS = date(2026, 1, 1), date(2027, 7, 1)
PRICE = "10.00"


def agency(books: Books, **changed) -> Contract:
    """A staffing contract from January 2026 on, with an account to pay to."""
    company(books)
    supplier = make.supplier(books)
    make.bank_account(books, make.parties.party_of(books, supplier))
    return make.contract(books, supplier, starts_on=STARTS, ends_on=ENDS, **changed)


def worked(books: Books, month: str, *hours: str, term: str = "regular_hours", **changed) -> None:
    """A sheet of a month; 10.00 an hour, accepted unless another status is given."""
    contract = make.only(books, Contract)
    day = date.fromisoformat(f"{month}-09")
    items = [make.done(quantity, PRICE, term=term, performed_on=day) for quantity in hours]
    if changed.get("status") == "submitted":
        items = [{**item, "accepted_e4": 0, "accepted_on": None} for item in items]
    make.service_sheet(books, contract, items, month=month, **changed)


def terms(of: Contract, *said: str) -> bytes:
    """A file of terms, each in the flow style of YAML."""
    rows = "".join(f"  - {{{each}, cite: Annex 3}}\n" for each in said)
    return f"contract: {of.reference}\nterms:\n{rows}".encode()


def agree(opener, *said: str, as_of: date = date(2026, 1, 5)) -> None:
    """Have terms proposed by one person and agreed by another."""
    with opener(as_of=as_of, actor="lin.buyer")() as books:
        propose(books, terms(make.only(books, Contract), *said))
    sweep("adjustments", opener(as_of=as_of))
    make.reply(opener, "agreed_term", "wang.approver", as_of=as_of)
    sweep("adjustments", opener(as_of=as_of))


def closed(opener, as_of: date) -> list[tuple[str, str, int]]:
    """Enter what is due on a day; return month, reason and amount of every line."""
    sweep("adjustments", opener(as_of=as_of))
    return lines(opener)


def lines(opener) -> list[tuple[str, str, int]]:
    """Return month, reason and amount of every line."""
    with opener()() as books:
        rows = books.session.exec(select(AdjustmentLine).order_by(col(AdjustmentLine.id)))
        return [(row.month, row.reason, row.net_minor) for row in rows]


def memos(opener) -> list[tuple[str, int, str]]:
    """Return kind, net and state of every memo."""
    with opener()() as books:
        rows = books.session.exec(select(CreditMemo).order_by(col(CreditMemo.id)))
        return [(row.kind, row.net_minor, row.status) for row in rows]


def states(opener) -> list[str]:
    """Return the state of every term."""
    with opener()() as books:
        return [row.status for row in make.rows_of(books, AgreedTerm)]


def hours(text: str) -> int:
    """A quantity as the books count it."""
    return quantity_e4(text)
