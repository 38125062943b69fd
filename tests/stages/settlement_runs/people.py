"""People of a platform who claim months of work, and books that settle them in two ways."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from tests import make
from tests.stages.settlement.month import claim, company, rows, run
from tests.year import verifying
from vendorops.books import Books, Opener, Terms, open_books
from vendorops.documents import kept
from vendorops.domain.periods import Period
from vendorops.paying.holding import Hold, place_hold
from vendorops.settings import Settings
from vendorops.stages import Outcome
from vendorops.tables import (
    CheckFinding,
    Contract,
    Invoice,
    LedgerAccount,
    LegalEntity,
    Payment,
    PaymentBatch,
    Settlement,
    SettlementLine,
    SettlementRun,
    Transfer,
    Withholding,
)

SINCE = date(2026, 9, 1)
OpenerMaker = Callable[..., Opener]
MONTHS = {
    "2026-12": date(2027, 1, 5),
    "2027-01": date(2027, 2, 3),
    "2027-02": date(2027, 3, 4),
}
"""Months of work, and days on which they are settled; their tax is that of the next month."""
FIRST = next(iter(MONTHS))
EARNED = ("15000", "6300", "100")


def platform(books: Books) -> None:
    """Our company, a platform that filed its basic information."""
    company(books)
    make.only(books, LegalEntity).platform_since = SINCE


def worker(books: Books, number: int, amounts: Sequence[str], **account: Any) -> Contract:
    """A person with an account in use, who claims an amount for each month; empty: none."""
    ident = f"1101051949123{number:04}X"
    named = {"kind": "person", "name": f"王小明 <{number}> & Co", "identifier_scheme": "cn_ric"}
    person = make.party(books, ident, **named)
    supplier = make.supplier(books, person, kind="freelancer")
    make.bank_account(books, person, f"62220202{number:011}", **account)
    make.compliance_document(books, supplier, kind="withholding_consent", status="verified")
    contract = make.contract(books, supplier, program="freelance")
    for month, amount in zip(MONTHS, amounts, strict=False):
        if amount:
            claim(books, contract, ("1", amount), rate_e4=0, month=month)
    return contract


def copied(settings: Settings, to: Path) -> Settings:
    """Return an installation that begins with the same books and documents."""
    return Settings.at(verifying.copied(settings, to))


def opening(settings: Settings) -> OpenerMaker:
    """Return what the fixture `opener` is, for another installation."""

    def make_opener(
        as_of: date = make.AS_OF, actor: str = "system:test", month: str | None = None
    ) -> Opener:
        instant = datetime.combine(as_of, time(9), UTC)
        period = Period.month(month) if month else None
        return partial(open_books, settings, Terms(as_of, actor, lambda: instant, period))

    return make_opener


def facts(opener: OpenerMaker) -> dict[str, Any]:
    """What the books say of money, by what people call it instead of by keys."""
    with opener()() as books:
        contracts = {row.id: row.reference for row in rows(books, Contract)}
        names = {row.id: row.reference for row in rows(books, Settlement)}
        accounts = {row.id: row.code for row in rows(books, LedgerAccount)}
        found = {
            "settlements": [
                row.model_dump(exclude={"id", "settlement_run_id"})
                | {"contract_id": contracts[row.contract_id]}
                for row in rows(books, Settlement)
            ],
            "lines": [
                row.model_dump(exclude={"id"}) | {"settlement_id": names[row.settlement_id]}
                for row in rows(books, SettlementLine)
            ],
            "taxes": [
                row.model_dump(exclude={"id"}) | {"settlement_id": names[row.settlement_id]}
                for row in rows(books, Withholding)
            ],
            "findings": sorted(
                (names[row.subject_id], row.code, row.place_in_source, row.message)
                for row in rows(books, CheckFinding)
            ),
            "transfers": sorted(
                (row.key, accounts[row.debit_id], accounts[row.credit_id], row.amount_minor)
                for row in rows(books, Transfer)
            ),
            "payments": [
                (
                    row.reference,
                    names[row.settlement_id or 0],
                    row.amount_minor,
                    row.bank_account_id,
                )
                for row in rows(books, Payment)
            ],
            "files": [
                kept(books, row.file_sha256)
                for row in books.session.exec(
                    select(PaymentBatch).order_by(col(PaymentBatch.reference))
                )
            ],
        }
        found["runs"] = len(rows(books, SettlementRun))
    return found


def three(opener: OpenerMaker) -> list[int]:
    """Three people who claim the first month."""
    with opener()() as books:
        platform(books)
        return [worker(books, number, (amount,)).id for number, amount in enumerate(EARNED)]


def go(opener: OpenerMaker, stage: str = "settlement_runs") -> Outcome:
    """Run a stage on the day on which the first month is settled."""
    return run(stage, opener, as_of=MONTHS[FIRST], month=FIRST)


def reject(opener: OpenerMaker) -> None:
    """Have the approver say no to every run that was put to him."""
    make.reply(opener, "settlement", "wang.approver", "reject", as_of=MONTHS[FIRST])
    go(opener)


def hold(opener: OpenerMaker, contract: int) -> None:
    """Have finance hold what a contract claims."""
    with opener(as_of=MONTHS[FIRST], actor="zhao.finance")() as books:
        invoice = books.session.exec(
            select(Invoice).filter_by(contract_id=contract, month=FIRST)
        ).one()
        place_hold(books, invoice, Hold("the work is questioned"))
