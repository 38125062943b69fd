"""Puts a settlement before the approver, with its warnings, and keeps out who took part in it."""

from sqlalchemy import bindparam
from sqlmodel import col

from vendorops.books import Books, Question
from vendorops.books.questions import who_answered
from vendorops.documents.statements import findings_of, settlement_statement
from vendorops.domain.money import Money
from vendorops.paying.taking_part import taking_part
from vendorops.tables import Contract, Settlement, SettlementLine, Supplier


def question(books: Books, settlement: Settlement) -> Question:
    """Return what the approver is asked about a settlement."""
    supplier = books.get(Supplier, settlement.supplier_id)
    contract = books.get(Contract, settlement.contract_id)
    payable = Money(settlement.payable_minor, settlement.currency)
    withheld = Money(settlement.withheld_minor, settlement.currency)
    return Question(
        kind="settlement",
        subject=settlement,
        content=settlement_statement(books, settlement),
        sentence=(
            f"Pay {supplier.reference} {payable} under {contract.reference} for "
            f"{settlement.month}, after {withheld} of tax withheld?{_warned(books, settlement)}"
        ),
        role="approver",
        party_id=supplier.party_id,
        amount=payable,
        program=contract.program,
        place=contract.place,
        not_by=_who_took_part(books, settlement),
    )


def _warned(books: Books, settlement: Settlement) -> str:
    found = findings_of(books, settlement)
    if not found:
        return ""
    many = f"{len(found)} warnings, the first" if len(found) > 1 else "1 warning"
    return f" {many}: {found[0].message}"


def _who_took_part(books: Books, settlement: Settlement) -> tuple[str, ...]:
    """Return who accepted the settled work, or let parts of these invoices pass."""
    found = [who_answered(books, asked, settlement=settlement.id) for asked in _TOOK_PART]
    return tuple(sorted(set().union(*found)))


_TOOK_PART = taking_part(col(SettlementLine.settlement_id) == bindparam("settlement"))
"""Made once: it is asked of every settlement."""
