"""Calculates a run: the settlements of many payees of one payer, entered together."""

from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.blocks import enter_block, fill_rows
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.paying.rejections import rejected_by_person
from vendorops.stages.settlement_runs.content import Amounts, Shown, in_order, of_all
from vendorops.stages.settlement_runs.grouping import Due, Together, largest_group
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


class RejectedBefore(Refused):
    """A person has said no to exactly this run."""


@dataclass(frozen=True)
class Owed:
    """What a run settles: payees in the order of their contracts, with their tax."""

    together: Together
    dues: list[Due]
    tax: Taxed
    amounts: list[Amounts]
    contents: list[str]


def calculate(books: Books, entity: LegalEntity) -> SettlementRun | None:
    """Enter a run of the largest group of payees; None where no group is large enough.

    Raises RejectedBefore while nothing has changed since a person said no to the same.
    """
    group = largest_group(books, entity)
    if group is None:
        return None
    together, dues = group
    tax = taxed(books, entity, [due.payee for due in dues], together.day)
    if tax is None:
        return None
    owed = _owed(books, together, dues, tax)
    run = _run(books, entity, owed)
    _refuse_rejected(books, entity, run)
    books.enter(run, because=f"{run.count} contracts, to be paid on {run.payment_day}")
    block = _enter_settlements(books, run, owed)
    run.settlement_block_id = block.id
    _enter_lines(books, block, owed)
    run.withholding_block_id = _enter_taxes(books, block, owed).id
    _enter_findings(books, block, owed)
    books.session.flush()
    return run


def _owed(books: Books, together: Together, dues: list[Due], tax: Taxed) -> Owed:
    chosen = [dues[at] for at in tax.at.tolist()]
    amounts = [
        Amounts(due.payee.net_minor, sum(due.payee.taxes), base, kept)
        for due, base, kept in zip(chosen, tax.base.tolist(), tax.amount.tolist(), strict=True)
    ]
    # What the law leaves nothing to pay of is settled alone.
    paid = [at for at, each in enumerate(amounts) if each.payable > 0]
    if len(paid) < len(amounts):
        chosen, amounts = [chosen[at] for at in paid], [amounts[at] for at in paid]
        tax = replace(tax, base=tax.base[paid], amount=tax.amount[paid], kind=tax.kind[paid])
    shown = {number: Shown(kind, books.month.label) for number, kind in tax.kinds.items()}
    contents = [
        shown[number].sha256(due.payee, each, due.on)
        for number, due, each in zip(tax.kind.tolist(), chosen, amounts, strict=True)
    ]
    return Owed(together, chosen, tax, amounts, contents)


def _run(books: Books, entity: LegalEntity, owed: Owed) -> SettlementRun:
    names = ("net", "tax", "withheld", "payable")
    sums = {f"{name}_minor": sum(getattr(one, name) for one in owed.amounts) for name in names}
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
        count=len(owed.dues),
        content_sha256=of_all(owed.contents),
        **sums,
    )


def _refuse_rejected(books: Books, entity: LegalEntity, run: SettlementRun) -> None:
    query = select(SettlementRun.reference).where(
        col(SettlementRun.legal_entity_id) == entity.id,
        col(SettlementRun.content_sha256) == run.content_sha256,
        rejected_by_person(SettlementRun),
    )
    before = books.session.exec(query).first()
    if before:
        total = Money(run.payable_minor, run.currency)
        raise RejectedBefore(
            f"{before} was rejected and nothing of its {run.count} settlements over {total} has "
            "changed since; hold the invoices that may not be paid, and it is calculated anew"
        )


def _enter_settlements(books: Books, run: SettlementRun, owed: Owed) -> RowBlock:
    first = [due.payee.first for due in owed.dues]
    columns: dict[str, Any] = {
        "reference": books.references("SET", run.count),
        "supplier_id": [each.supplier_id for each in first],
        "contract_id": [each.contract_id for each in first],
        "reconciliation_id": [
            max(each.reconciliation_id for each in due.payee.lines) for due in owed.dues
        ],
        "month": run.month,
        "version": [each.version + 1 for each in first],
        "as_of": books.as_of,
        "due_on": [due.on for due in owed.dues],
        "currency": run.currency,
        "net_minor": [each.net for each in owed.amounts],
        "tax_minor": [each.tax for each in owed.amounts],
        "withheld_minor": [each.withheld for each in owed.amounts],
        "payable_minor": [each.payable for each in owed.amounts],
        "content_sha256": owed.contents,
        "settlement_run_id": run.id,
    }
    return enter_block(books, Settlement, columns, f"settled together by {run.reference}")


def _enter_lines(books: Books, block: RowBlock, owed: Owed) -> None:
    lines = [each for due in owed.dues for each in due.payee.lines]
    key = books.keys(len(lines))
    columns: dict[str, Any] = {
        "id": [*range(key, key + len(lines))],
        "settlement_id": [
            ident for ident, due in enumerate(owed.dues, block.first_id) for _ in due.payee.lines
        ],
        "invoice_line_id": [each.line_id for each in lines],
        "attempt": [each.attempts + 1 for each in lines],
        "net_minor": [each.net_minor for each in lines],
        "tax_minor": [tax for due in owed.dues for tax in due.payee.taxes],
    }
    fill_rows(books, SettlementLine, columns)


def _enter_taxes(books: Books, block: RowBlock, owed: Owed) -> RowBlock:
    kinds = owed.tax.kinds
    said = next(iter(kinds.values())).columns
    citations = {number: kind.columns["citations"] for number, kind in kinds.items()}
    same = ("place", "tax", "income_kind", "month", "currency", "rule")
    columns: dict[str, Any] = {
        "settlement_id": [*range(block.first_id, block.first_id + block.count)],
        "party_id": [due.payee.first.party_id for due in owed.dues],
        **{name: said[name] for name in same},
        "income_minor": [each.net for each in owed.amounts],
        "base_minor": [each.base for each in owed.amounts],
        "amount_minor": [each.withheld for each in owed.amounts],
        "citations": [citations[number] for number in owed.tax.kind.tolist()],
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
