"""Writes what a platform reports of those it paid: who they are, and what they got, by period.

It tells payments that left the house and did not come back, on the day the bank was asked to make
them; tax is not declared by it. Written again after a payment came back, it says so.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlmodel import col

from vendorops.books import Books, vault
from vendorops.books.many import record_many
from vendorops.documents.filing_sheets import WrittenSheets, laid_out, payee_facts, table_of
from vendorops.documents.report_figures import Figures, figures_of, reported_settlements
from vendorops.domain.jurisdiction import Reminder
from vendorops.domain.lifecycle import PaymentStatus
from vendorops.domain.money import Money, total
from vendorops.domain.periods import DAY, Period
from vendorops.domain.refusal import Refused
from vendorops.filing_layouts import layouts
from vendorops.law import codes, jurisdiction
from vendorops.tables import (
    BankAccount,
    Contract,
    LegalEntity,
    Party,
    Payment,
    PaymentBatch,
    Settlement,
    SettlementLine,
    Supplier,
)

PAID = (PaymentStatus.SENT, PaymentStatus.ACCEPTED_BY_BANK, PaymentStatus.SETTLED)
Facts = dict[str, str]


class NotReported(Refused):
    """Nobody asks for the report, or nothing can be said yet."""


@dataclass(frozen=True)
class Reported:
    """A report of one of our companies over a period, in the place that asks for it."""

    layout: str
    """A name on the shelf `filing_layouts/`."""
    entity: LegalEntity
    place: str
    form: Reminder
    period: Period
    shown: bool = True
    """Whether somebody gets to see it, so that it is recorded that numbers were read."""


@dataclass(frozen=True)
class _Paid:
    """One payment to a payee, and the settlement that it paid."""

    supplier: Supplier
    account_id: int
    quarter: str
    settlement: Settlement
    minor: int
    lines: int


def reports() -> dict[str, tuple[str, Reminder]]:
    """Return the layouts that are reports, by name, with place and report."""
    forms = {form.form: (code, form) for code in codes() for form in jurisdiction(code).reminders}
    return {name: forms[layout.of] for name, layout in layouts().items() if layout.of in forms}


def platform_report(books: Books, asked: Reported) -> WrittenSheets:
    """Return the report; that identity and account numbers are read for it is recorded.

    Raises NotReported.
    """
    _refuse_unasked(books, asked)
    layout, day = layouts()[asked.layout], asked.period.end - DAY
    paid = _paid(books, asked)
    figures = _figures(books, asked, paid)
    told = [one for one in paid if one.supplier.id in figures.of]
    if not told:
        raise NotReported(
            f"{asked.entity.code} paid nobody in {asked.place} from {asked.period.start} until "
            f"before {asked.period.end} whom {asked.form.form} tells of; a report of nothing is "
            "made with the office itself"
        )
    sheets = layout.on(day).sheets
    rows = _rows(books, asked, told, figures)
    tables = {sheet.name: table_of(sheet, rows[sheet.rows]) for sheet in sheets}
    written = laid_out(asked.layout, layout, day, tables, asked.period.start)
    return replace(written, findings=(*written.findings, *figures.findings))


def _figures(books: Books, asked: Reported, paid: Sequence[_Paid]) -> Figures:
    """Return the figures of each payee, from all of its settlements, each once."""
    if asked.form.figures is None:
        return Figures({one.supplier.id: {} for one in paid})
    earned: dict[int, dict[int, Money]] = defaultdict(dict)
    for one in paid:
        settled = one.settlement
        earned[one.supplier.id][settled.id] = Money(settled.net_minor, settled.currency)
    currency = jurisdiction(asked.place).currency
    sums = {key: total([*each.values()], currency) for key, each in earned.items()}
    return figures_of(books, asked.entity, (asked.place, asked.form, asked.period.end - DAY), sums)


def _refuse_unasked(books: Books, asked: Reported) -> None:
    code, form, period = asked.entity.code, asked.form, asked.period
    if form.of_platforms and asked.entity.platform_since is None:
        raise NotReported(f"{form.form} is asked of platforms, and {code} is not entered as one")
    if period.start < form.since:
        raise NotReported(f"{form.form} is asked for periods from {form.since} on")
    if books.as_of < period.end:
        raise NotReported(f"{form.form} is made when its period is over, from {period.end} on")


def _paid(books: Books, asked: Reported) -> list[_Paid]:
    """Return the payments of the period, in the order of payees and days."""
    lines = (
        select(func.count())
        .where(col(SettlementLine.settlement_id) == col(Settlement.id))
        .scalar_subquery()
    )
    query = (
        select(Supplier, Settlement, Payment, col(PaymentBatch.execution_day), lines)
        .join(Settlement, col(Settlement.supplier_id) == col(Supplier.id))
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .join(Payment, col(Payment.settlement_id) == col(Settlement.id))
        .join(PaymentBatch, col(PaymentBatch.id) == col(Payment.batch_id))
        .where(
            col(Contract.legal_entity_id) == asked.entity.id,
            col(Contract.place) == asked.place,
            col(Payment.status).in_(PAID),
            col(PaymentBatch.execution_day) >= asked.period.start,
            col(PaymentBatch.execution_day) < asked.period.end,
            *reported_settlements(asked.form),
        )
        .order_by(col(Supplier.reference), col(PaymentBatch.execution_day), col(Payment.id))
    )
    return [
        _Paid(of, payment.bank_account_id, _quarter(day), settled, payment.amount_minor, count)
        for of, settled, payment, day, count in books.session.execute(query)
    ]


def _quarter(day: date) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"


def _rows(
    books: Books, asked: Reported, paid: Sequence[_Paid], figures: Figures
) -> Mapping[str, list[Facts]]:
    """Return a row a payee and currency, and a row a payee, quarter and currency."""
    who = _who(books, asked, paid)
    of_payee: dict[tuple[str, ...], list[_Paid]] = defaultdict(list)
    of_quarter: dict[tuple[str, ...], list[_Paid]] = defaultdict(list)
    for one in paid:
        key = one.supplier.reference, one.settlement.currency
        of_payee[key].append(one)
        of_quarter[*key, one.quarter].append(one)
    return {
        rows: [
            {**who[some[0].supplier.id], **figures.of[some[0].supplier.id], **_sums(some)}
            for some in groups.values()
        ]
        for rows, groups in (("payee", of_payee), ("quarter", of_quarter))
    }


def _who(books: Books, asked: Reported, paid: Sequence[_Paid]) -> dict[int, Facts]:
    """Return who the platform and each payee are, by supplier, with the account paid to last."""
    last = {one.supplier.id: one for one in paid}
    ours = asked.entity.party_id
    keys = sorted({ours, *(one.supplier.party_id for one in last.values())})
    parties = {key: books.get(Party, key) for key in keys}
    accounts = {key: books.get(BankAccount, one.account_id) for key, one in last.items()}
    identities = _read(books, asked, list(parties.values()), "identifier")
    shown = {
        column.field
        for sheet in layouts()[asked.layout].on(asked.period.end - DAY).sheets
        for column in sheet.columns
    }
    numbers = _read(books, asked, list(accounts.values()), "number") if "account" in shown else {}
    of_all = _of_all(asked, parties[ours], identities.get(ours, ""))
    found = {}
    for key, one in last.items():
        payee, account = parties[one.supplier.party_id], accounts[key]
        found[key] = {
            **of_all,
            **payee_facts(one.supplier.reference, payee, identities.get(payee.id, "")),
            "account": numbers.get(account.id, ""),
            "bank": account.bank,
            "holder": account.holder,
        }
    return found


def _read(
    books: Books, asked: Reported, rows: Sequence[Party | BankAccount], column: str
) -> dict[int, str]:
    why = f"for {asked.layout} of {asked.entity.code}, {asked.period.start}"
    if asked.shown:
        record_many(books, "revealed", rows, why, [""] * len(rows))
    return vault.reveal_many(books, rows, column)


def _of_all(asked: Reported, payer: Party, number: str) -> Facts:
    first, until = asked.period.start.isoformat(), (asked.period.end - DAY).isoformat()
    return {
        "payer": number,
        "payer_name": payer.name,
        "payer_address": payer.address,
        "period": f"{first}/{until}",
        "from": first,
        "until": until,
    }


def _sums(some: Sequence[_Paid]) -> Facts:
    """Return what a payee earned without VAT, what was kept back, and what was paid."""
    currency = some[0].settlement.currency
    settled = {one.settlement.id: one.settlement for one in some}.values()
    return {
        "income": Money(sum(row.net_minor for row in settled), currency).text,
        "withheld": Money(sum(row.withheld_minor for row in settled), currency).text,
        "consideration": Money(sum(one.minor for one in some), currency).text,
        "payments": str(len(some)),
        "activities": str(sum(one.lines for one in some)),
        "currency": currency,
        "quarter": some[0].quarter,
    }
