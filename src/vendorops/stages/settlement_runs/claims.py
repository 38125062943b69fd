"""Asks by one query for everything that decides which claims can be settled at once."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Text, case, cast, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from vendorops.books import Books
from vendorops.domain.jurisdiction import PayeeKind
from vendorops.domain.lifecycle import InvoiceStatus, SettlementStatus, WithholdingStatus
from vendorops.paying.open_claims import EXPLAINED, SEALED
from vendorops.tables import (
    Allocation,
    Amendment,
    Contract,
    CreditMemo,
    Difference,
    Invoice,
    InvoiceLine,
    LegalEntity,
    Party,
    ReceivedFile,
    Reconciliation,
    Settlement,
    SettlementLine,
    Supplier,
    TaxRegistration,
    TaxStanding,
    Withholding,
)

_EXPLAINED: Any = aliased(Reconciliation)
"""What explained a line; whether its month is sealed is asked of another row."""
UNDERWAY = (SettlementStatus.CALCULATED, SettlementStatus.APPROVED)


class Claimed(NamedTuple):
    """Lines of claims, each with the contract it is made under: a sequence for each column."""

    contract_id: Sequence[int]
    contract: Sequence[str]
    facts_sha256: Sequence[str]
    program: Sequence[str]
    place: Sequence[str]
    currency: Sequence[str]
    room_minor: Sequence[int]
    supplier_id: Sequence[int]
    supplier: Sequence[str]
    party_id: Sequence[int]
    scheme: Sequence[str]
    invoice: Sequence[str]
    received_on: Sequence[str]
    tax_minor: Sequence[int]
    plain: Sequence[int]
    line_id: Sequence[int]
    line: Sequence[int]
    net_minor: Sequence[int]
    rate_e4: Sequence[int]
    reconciliation_id: Sequence[int]
    reconciliation: Sequence[str]
    explained_minor: Sequence[int]
    attempts: Sequence[int]
    version: Sequence[int]


def claims(books: Books, entity: LegalEntity, after: int) -> Any:  # noqa: ANN401 - a query of many columns.
    """Return the query of all open claims of a payer's people, by contract.

    Its columns are those of Claimed. Nothing sorts the lines of a contract: most have but one.
    """
    contract, invoice, line = col(Contract.id), col(Invoice.id), col(InvoiceLine.id)
    return (
        select(
            contract,
            col(Contract.reference),
            col(Contract.facts_sha256),
            col(Contract.program),
            col(Contract.place),
            col(Contract.currency),
            col(Contract.cap_minor) - col(Contract.committed_minor),
            col(Supplier.id),
            col(Supplier.reference),
            col(Party.id),
            col(Party.identifier_scheme),
            col(Invoice.reference),
            cast(col(ReceivedFile.received_on), Text),
            col(Invoice.tax_minor),
            case((_is_plain(), 1), else_=0),
            line,
            col(InvoiceLine.line),
            col(InvoiceLine.net_minor),
            col(InvoiceLine.tax_rate_e4),
            func.coalesce(_EXPLAINED.id, 0),
            func.coalesce(_EXPLAINED.reference, ""),
            func.coalesce(col(Allocation.amount_minor), 0),
            _count(SettlementLine.invoice_line_id, line),
            _last_version(books),
        )
        .join(Supplier, col(Supplier.id) == col(Contract.supplier_id))
        .join(Party, col(Party.id) == col(Supplier.party_id))
        .join(Invoice, col(Invoice.contract_id) == contract)
        .join(ReceivedFile, col(ReceivedFile.id) == col(Invoice.received_file_id))
        .join(InvoiceLine, col(InvoiceLine.invoice_id) == invoice)
        .outerjoin(Allocation, col(Allocation.invoice_line_id) == line)
        .outerjoin(_EXPLAINED, _EXPLAINED.id == col(Allocation.reconciliation_id))
        .where(
            col(Contract.legal_entity_id) == entity.id,
            contract > after,
            col(Party.kind) == PayeeKind.PERSON.value,
            col(Party.place) == col(Contract.place),
            EXPLAINED,
            *_nothing_else(),
        )
        .order_by(contract)
    )


def _is_plain() -> Any:  # noqa: ANN401 - a condition on an alias.
    differs = exists().where(col(Difference.invoice_line_id) == col(InvoiceLine.id))
    return (
        (col(Invoice.kind) == "invoice")
        & (col(Invoice.status) == InvoiceStatus.ACCEPTED.value)
        & (col(Invoice.currency) == col(Contract.currency))
        & _EXPLAINED.status.in_(SEALED)
        & ~differs
    )


def _nothing_else() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which nothing but its claims decides what a contract is owed.

    A party with two contracts with a payer is left out: the tax of the second rests on the first.
    """
    contract, party = col(Contract.id), col(Party.id)
    second: Any = aliased(Contract)
    through: Any = aliased(Supplier)
    return (
        ~exists().where(
            through.party_id == party,
            second.supplier_id == through.id,
            second.id != contract,
            second.legal_entity_id == col(Contract.legal_entity_id),
        ),
        ~exists().where(col(Amendment.contract_id) == contract),
        ~exists().where(col(CreditMemo.contract_id) == contract),
        ~exists().where(
            col(Settlement.contract_id) == contract, col(Settlement.status).in_(UNDERWAY)
        ),
        ~exists().where(
            col(TaxStanding.party_id) == party, col(TaxStanding.place) == col(Contract.place)
        ),
        party.not_in(select(col(TaxRegistration.party_id))),
        ~exists().where(
            col(Withholding.party_id) == party,
            col(Withholding.status) == WithholdingStatus.COMPUTED.value,
        ),
    )


def _count(column: Any, of: Any) -> Any:  # noqa: ANN401 - a column of a table.
    return select(func.count()).where(col(column) == of).correlate(InvoiceLine).scalar_subquery()


def _last_version(books: Books) -> Any:  # noqa: ANN401 - a column of a query.
    query = select(func.coalesce(func.max(col(Settlement.version)), 0)).where(
        col(Settlement.contract_id) == col(Contract.id),
        col(Settlement.month) == books.month.label,
    )
    return query.correlate(Contract).scalar_subquery()
