"""Reads by column what can be settled at once: claims that are plain in every respect.

Plain is a claim of a resident person, explained whole by accepted work in one sealed month, under
a contract that nothing changed and nothing is taken off. Whatever is not plain is left to the
settlement of its contract alone, which says why it waits.
"""

from collections.abc import Generator, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from vendorops.books import Books
from vendorops.domain.jurisdiction import PayeeKind
from vendorops.domain.lifecycle import InvoiceStatus, SettlementStatus, WithholdingStatus
from vendorops.paying.open_claims import EXPLAINED, SEALED, asked_of
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

AT_ONCE = 10_000
"""Rows that are objects of Python at one time, of those that are streamed."""
_EXPLAINED: Any = aliased(Reconciliation)
"""What explained a line; whether its month is sealed is asked of another row."""
UNDERWAY = (SettlementStatus.CALCULATED, SettlementStatus.APPROVED)


class Claimed(NamedTuple):
    """One line of a claim, and the contract it is made under."""

    contract_id: int
    contract: str
    facts_sha256: str
    program: str
    place: str
    currency: str
    room_minor: int
    supplier_id: int
    supplier: str
    party_id: int
    scheme: str
    invoice: str
    received_on: Any
    tax_minor: int
    plain: int
    line_id: int
    line: int
    net_minor: int
    rate_e4: int
    reconciliation_id: int
    reconciliation: str
    explained_minor: int
    attempts: int
    version: int


class Payee(NamedTuple):
    """What one contract is owed: its lines, and the tax of each."""

    lines: Sequence[Claimed]
    taxes: Sequence[int]
    net_minor: int
    """The sum of its lines."""

    @property
    def first(self) -> Claimed:
        """The first of its lines, which knows the contract like all of them."""
        return self.lines[0]


def payees(books: Books, entity: LegalEntity, after: int) -> Generator[Payee]:
    """Yield the contracts that can be settled at once, by their keys, from after one of them.

    A party with two such contracts is left out: the tax of the second rests on the first.
    """
    several = _with_several(books, entity)
    query = _claims(books, entity, after).execution_options(yield_per=AT_ONCE)
    with books.session.connection().execute(query, asked_of(books)) as rows:
        lines: list[Claimed] = []
        for claimed in map(Claimed._make, rows):
            if lines and lines[0].contract_id != claimed.contract_id:
                yield from _plain(lines, several)
                lines = []
            lines.append(claimed)
        yield from _plain(lines, several)


def _plain(lines: Sequence[Claimed], several: set[int]) -> Iterator[Payee]:
    """Yield what a contract is owed if all its claims are plain."""
    if not lines or lines[0].party_id in several:
        return
    if len(lines) == 1:  # As most have: nothing to compare or add up.
        (only,) = lines
        whole = only.plain and only.explained_minor == only.net_minor
        if whole and 0 < only.net_minor <= only.room_minor:
            yield Payee(lines, [only.tax_minor], only.net_minor)
        return
    of_invoice: dict[str, list[Claimed]] = {}
    for each in lines:
        of_invoice.setdefault(each.invoice, []).append(each)
    whole = all(each.plain and each.explained_minor == each.net_minor for each in lines)
    single = len({each.line_id for each in lines}) == len(lines)
    taxed = all(
        len(some) == 1 or not (some[0].tax_minor or any(each.rate_e4 for each in some))
        for some in of_invoice.values()
    )
    net = sum(each.net_minor for each in lines)
    if whole and single and taxed and 0 < net <= lines[0].room_minor:
        yield Payee(lines, [each.tax_minor for each in lines], net)


def _claims(books: Books, entity: LegalEntity, after: int) -> Any:  # noqa: ANN401 - a query of many columns.
    """Return the query of all open claims of a payer's people, by contract, invoice and line."""
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
            col(ReceivedFile.received_on),
            col(Invoice.tax_minor),
            _is_plain(),
            line,
            col(InvoiceLine.line),
            col(InvoiceLine.net_minor),
            col(InvoiceLine.tax_rate_e4),
            _EXPLAINED.id,
            _EXPLAINED.reference,
            col(Allocation.amount_minor),
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
        .order_by(contract, col(Invoice.reference), col(InvoiceLine.line))
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
    """Return the conditions under which nothing but its claims decides what a contract is owed."""
    contract, party = col(Contract.id), col(Party.id)
    return (
        ~exists().where(col(Amendment.contract_id) == contract),
        ~exists().where(col(CreditMemo.contract_id) == contract),
        ~exists().where(
            col(Settlement.contract_id) == contract, col(Settlement.status).in_(UNDERWAY)
        ),
        ~exists().where(
            col(TaxStanding.party_id) == party, col(TaxStanding.place) == col(Contract.place)
        ),
        ~exists().where(col(TaxRegistration.party_id) == party),
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


def _with_several(books: Books, entity: LegalEntity) -> set[int]:
    """Return the parties with more than one contract with a payer."""
    query = (
        select(col(Supplier.party_id))
        .join(Contract, col(Contract.supplier_id) == col(Supplier.id))
        .where(col(Contract.legal_entity_id) == entity.id)
        .group_by(col(Supplier.party_id))
        .having(func.count() > 1)
    )
    return set(books.session.connection().execute(query).scalars())
