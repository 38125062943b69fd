"""Calculates a run: the settlements of many payees of one payer, entered together."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlmodel import col

from vendorops.books import Books
from vendorops.books.blocks import enter_block, fill_rows
from vendorops.domain.money import Money
from vendorops.paying.rejections import standing
from vendorops.stages.settlement_runs import grouping
from vendorops.stages.settlement_runs.columns import Flags, Payees
from vendorops.stages.settlement_runs.content import Amounts, contents, in_order, of_all
from vendorops.stages.settlement_runs.grouping import Group, Together, large_groups
from vendorops.stages.settlement_runs.taxing import Taxed, taxed
from vendorops.tables import (
    CheckFinding,
    LegalEntity,
    RowBlock,
    Settlement,
    SettlementLine,
    SettlementRun,
    Withholding,
)


@dataclass(frozen=True)
class Owed:
    """What a run settles: payees in the order of their contracts, with their tax."""

    together: Together
    payees: Payees
    due_on: list[str]
    tax: Taxed
    amounts: Amounts
    contents: list[str]


def calculate(books: Books, entity: LegalEntity) -> SettlementRun | None:
    """Enter a run of the largest group of payees; None where no group is large enough.

    Whom a person said no to together is left out while nothing of them has changed.
    """
    for group in large_groups(books, entity, _refused(books, entity)):
        tax = taxed(books, entity, group.together, group.payees)
        owed = _owed(books, group, *tax) if tax else None
        if owed and len(owed.payees) >= grouping.LEAST:
            return _enter(books, entity, owed)
    return None


def rejected(books: Books, entity: LegalEntity) -> list[str]:
    """Return which runs of the month wait for a change since a person said no, and what to do."""
    return [
        f"{run.reference} was rejected and nothing of its {run.count} settlements over "
        f"{Money(run.payable_minor, run.currency)} has changed since; hold the invoices that may "
        "not be paid, and it is calculated anew"
        for run in _refused(books, entity)
    ]


def _refused(books: Books, entity: LegalEntity) -> list[SettlementRun]:
    return standing(books, col(SettlementRun.legal_entity_id) == entity.id)


def _enter(books: Books, entity: LegalEntity, owed: Owed) -> SettlementRun:
    run = _run(books, entity, owed)
    books.enter(run, because=f"{run.count} contracts, to be paid on {run.payment_day}")
    block = _enter_settlements(books, run, owed)
    run.settlement_block_id = block.id
    _enter_lines(books, block, owed)
    run.withholding_block_id = _enter_taxes(books, block, owed).id
    _enter_findings(books, block, owed)
    books.session.flush()
    return run


def _owed(books: Books, group: Group, chosen: Flags, tax: Taxed) -> Owed:
    of = group.payees.contracts
    amounts = Amounts(of.net[chosen], of.tax[chosen], tax.base, tax.amount)
    paid = amounts.payable > 0  # What the law leaves nothing to pay of is settled alone.
    chosen[chosen] = paid
    payees, amounts, tax = group.payees.some(chosen), amounts.at(paid), tax.at(paid)
    ordinals = group.due_on[chosen].tolist()
    days = {each: date.fromordinal(each).isoformat() for each in dict.fromkeys(ordinals)}
    due_on = [*map(days.__getitem__, ordinals)]
    shown = contents(payees, due_on, amounts, tax, books.month.label)
    return Owed(group.together, payees, due_on, tax, amounts, shown)


def _run(books: Books, entity: LegalEntity, owed: Owed) -> SettlementRun:
    names = ("net", "tax", "withheld", "payable")
    sums: dict[str, Any] = {
        f"{name}_minor": int(getattr(owed.amounts, name).sum()) for name in names
    }
    return SettlementRun(
        id=books.key(),
        reference=books.reference("RUN"),
        legal_entity_id=entity.id,
        program=owed.together.program,
        place=owed.together.place,
        month=books.month.label,
        as_of=books.as_of,
        payment_day=owed.together.day,
        currency=owed.together.currency,
        count=len(owed.payees),
        content_sha256=of_all(owed.contents),
        **sums,
    )


def _enter_settlements(books: Books, run: SettlementRun, owed: Owed) -> RowBlock:
    of, amounts = owed.payees.contracts, owed.amounts
    columns: dict[str, Any] = {
        "reference": books.references("SET", run.count),
        "supplier_id": of.supplier_id.tolist(),
        "contract_id": of.contract_id.tolist(),
        "reconciliation_id": of.reconciliation_id.tolist(),
        "month": run.month,
        "version": (of.version + 1).tolist(),
        "as_of": books.as_of,
        "due_on": owed.due_on,
        "currency": run.currency,
        "net_minor": amounts.net.tolist(),
        "tax_minor": amounts.tax.tolist(),
        "withheld_minor": amounts.withheld.tolist(),
        "payable_minor": amounts.payable.tolist(),
        "content_sha256": owed.contents,
        "settlement_run_id": run.id,
    }
    return enter_block(books, Settlement, columns, f"settled together by {run.reference}")


def _enter_lines(books: Books, block: RowBlock, owed: Owed) -> None:
    lines = owed.payees.lines
    idents = np.arange(block.first_id, block.first_id + block.count)
    key = books.keys(len(lines.net))
    columns: dict[str, Any] = {
        "id": [*range(key, key + len(lines.net))],
        "settlement_id": np.repeat(idents, owed.payees.contracts.count).tolist(),
        "invoice_line_id": lines.line_id.tolist(),
        "attempt": (lines.attempts + 1).tolist(),
        "net_minor": lines.net.tolist(),
        "tax_minor": lines.tax.tolist(),
    }
    fill_rows(books, SettlementLine, columns)


def _enter_taxes(books: Books, block: RowBlock, owed: Owed) -> RowBlock:
    kinds = owed.tax.kinds
    said = next(iter(kinds.values())).columns
    citations = {number: kind.columns["citations"] for number, kind in kinds.items()}
    same = ("place", "tax", "income_kind", "month", "currency", "rule")
    columns: dict[str, Any] = {
        "settlement_id": [*range(block.first_id, block.first_id + block.count)],
        "party_id": owed.payees.contracts.party_id.tolist(),
        **{name: said[name] for name in same},
        "income_minor": owed.amounts.net.tolist(),
        "base_minor": owed.amounts.base.tolist(),
        "amount_minor": owed.amounts.withheld.tolist(),
        "citations": [*map(citations.__getitem__, owed.tax.kind.tolist())],
        "filing_id": None,
    }
    return enter_block(books, Withholding, columns, f"{said['tax']} of {block.count} settlements")


def _enter_findings(books: Books, block: RowBlock, owed: Owed) -> None:
    """Put in the books what the approver should know of each settlement."""
    found = {number: in_order(kind.findings) for number, kind in owed.tax.kinds.items()}
    told = [
        (ident, finding)
        for ident, number in enumerate(owed.tax.kind.tolist(), block.first_id)
        for finding in found[number]
    ]
    if not told:
        return
    key = books.keys(len(told))
    columns: dict[str, Any] = {
        "id": [*range(key, key + len(told))],
        "subject_table": "settlement",
        "subject_id": [ident for ident, _ in told],
        "code": [finding.code for _, finding in told],
        "level": [finding.level.value for _, finding in told],
        "place_in_source": [finding.where for _, finding in told],
        "message": [finding.message for _, finding in told],
        "found_on": books.as_of,
    }
    fill_rows(books, CheckFinding, columns)
