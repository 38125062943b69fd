"""A contract whose payee earns by a pay plan that two people agreed, and what it reported."""

from datetime import date

from sqlmodel import col, select

from tests import make
from tests.stages.settlement.month import company
from vendorops.books import Books
from vendorops.stages import Outcome, sweep
from vendorops.tables import (
    AgreedTerm,
    Contract,
    CreditMemo,
    EarnedLine,
    EarningFact,
    ServiceSheet,
    WorkItem,
)
from vendorops.working.earning import propose_plans, read_facts, report

STARTS, ENDS = date(2026, 10, 1), date(2027, 10, 1)
AGREED = date(2026, 10, 1)
EARNINGS = {"code": "earnings", "kind": "share", "unit": "C62", "value": "1"}
SHARE = "method: income_share, plan: monthly, share: 0.60, valid_from: 2026-10-01"
HOURS = (
    "method: work_amount, plan: weekly, rates: [{code: hour, price: 40.00}],"
    " valid_from: 2026-10-01"
)
SOLD = "kind: sale, day: 2026-10-05, amount: 1000.00"
NOVEMBER, DECEMBER = date(2026, 11, 2), date(2026, 12, 2)
REPORTER = "zhao.finance"


def studio(books: Books, number: str = "6222020200012345678", **changed) -> Contract:
    """A contract under which earnings pass on whole, with an account to pay to."""
    supplier = make.supplier(books, kind="bpo")
    make.licensed(books, supplier, "bpo")
    make.bank_account(books, make.parties.party_of(books, supplier), number)
    usual = {"program": "bpo", "starts_on": STARTS, "ends_on": ENDS}
    return make.contract(books, supplier, terms=[EARNINGS], **usual | changed)


def founded(opener, **changed) -> str:
    """Our company and one studio; the reference of its contract."""
    with opener(as_of=AGREED)() as books:
        company(books)
        make.person(books, "gao.buyer")
        make.grant(books, "gao.buyer", "buyer")
        return studio(books, **changed).reference


def plans(of: str, *said: str) -> bytes:
    """A file of pay plans, each in the flow style of YAML."""
    rows = "".join(f"  - {{{each}, cite: Annex 2}}\n" for each in said)
    return f"contract: {of}\nplans:\n{rows}".encode()


def agree(opener, of: str, *said: str, as_of: date = AGREED) -> None:
    """Have plans proposed by one person and agreed by another."""
    with opener(as_of=as_of, actor="lin.buyer")() as books:
        propose_plans(books, plans(of, *said))
    sweep("adjustments", opener(as_of=as_of))
    make.reply(opener, "agreed_term", "wang.approver", as_of=as_of)
    sweep("adjustments", opener(as_of=as_of))


def facts(of: str, **said: str) -> bytes:
    """A file of facts by their keys."""
    rows = "".join(f"  - {{key: {key}, {each}}}\n" for key, each in said.items())
    return f"contract: {of}\nfacts:\n{rows}".encode()


def reported(
    opener, of: str, as_of: date = NOVEMBER, who: str = REPORTER, **said: str
) -> tuple[int, int]:
    """Report facts; return how many were new and how many known."""
    data = facts(of, **said)
    with opener(as_of=as_of, actor=who)() as books:
        rows, known = report(books, read_facts(data, ".yaml"), data)
        return len(rows), known


def run(opener, as_of: date = NOVEMBER) -> Outcome:
    """Enter what is over; nothing may be refused."""
    outcome = sweep("earnings", opener(as_of=as_of, actor="system:earnings"))
    assert not outcome.refused, outcome.refused
    return outcome


def decided(opener, as_of: date = NOVEMBER, says: str = "approve") -> None:
    """Let a buyer who reported nothing accept what lies on sheets, and issue memos."""
    for stage, kind in (("acceptance", "acceptance"), ("crediting", "credit_memo")):
        sweep(stage, opener(as_of=as_of, actor=f"system:{stage}"))
        with opener()() as books:
            waits = _waits(books, kind)
        if waits:
            make.reply(opener, kind, "gao.buyer", says, as_of=as_of)
        sweep(stage, opener(as_of=as_of, actor=f"system:{stage}"))


def _waits(books: Books, kind: str) -> bool:
    if kind == "acceptance":
        return any(row.status == "submitted" for row in make.rows_of(books, ServiceSheet))
    return any(row.status == "draft" for row in make.rows_of(books, CreditMemo))


def lines(opener) -> list[tuple[str, str, int, int]]:
    """Return stretch, kind, number and amount of every line."""
    with opener()() as books:
        rows = books.session.exec(select(EarnedLine).order_by(col(EarnedLine.id)))
        return [(row.stretch, row.kind, row.number, row.net_minor) for row in rows]


def works(opener) -> list[tuple[str, str, int]]:
    """Return contract, month and amount of all work."""
    with opener()() as books:
        query = (
            select(Contract.reference, ServiceSheet.month, WorkItem.basis_minor)
            .join(ServiceSheet, col(ServiceSheet.id) == col(WorkItem.service_sheet_id))
            .join(Contract, col(Contract.id) == col(WorkItem.contract_id))
            .order_by(col(WorkItem.id))
        )
        return [tuple(row) for row in books.session.exec(query)]


def memos(opener) -> list[tuple[str, int, str]]:
    """Return kind, net and state of every memo."""
    with opener()() as books:
        rows = books.session.exec(select(CreditMemo).order_by(col(CreditMemo.id)))
        return [(row.kind, row.net_minor, row.status) for row in rows]


def counts(opener) -> tuple[int, int]:
    """Return how many facts and how many lines there are."""
    with opener()() as books:
        return len(make.rows_of(books, EarningFact)), len(make.rows_of(books, EarnedLine))


def states(opener) -> list[str]:
    """Return the state of every plan."""
    with opener()() as books:
        return [row.status for row in make.rows_of(books, AgreedTerm)]
