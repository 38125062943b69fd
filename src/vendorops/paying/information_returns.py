"""Statements of single payees against the ledger: what each was paid, and what was kept back.

Box by box they must be what settlements booked. Both are asked of the transfers, and not of the
withholdings that the form was filled from.
"""

from collections import defaultdict

from sqlalchemy import func, literal
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.first_few import first_few
from vendorops.domain.money import Money
from vendorops.paying.declaring import LedgerDiffers, duty_of, kept_back
from vendorops.tables import (
    Filing,
    FilingLine,
    InformationReturn,
    Settlement,
    Supplier,
    Transfer,
    Withholding,
)

NAMED = 5
"""Payees that a refusal names."""
Boxes = tuple[int, int]
"""Minor units paid, and kept back."""


def refuse_other_than_paid(books: Books, filing: Filing) -> None:
    """Refuse a version whose statements are not, each to the cent, what the ledger has.

    Nor may tax be kept back from somebody whom no statement tells of. Raises LedgerDiffers.
    """
    ledger = paid_in_ledger(books, filing)
    told = _told(books, filing)
    wrong = sorted(
        name
        for name in ledger.keys() | told.keys()
        if not _agree(told.get(name), ledger.get(name, (0, 0)))
    )
    if not wrong:
        return
    each = [
        f"{name} ({_boxes(filing, told.get(name))}, but the ledger has "
        f"{_boxes(filing, ledger.get(name))})"
        for name in wrong
    ]
    named = first_few(each, NAMED, between="; ")
    raise LedgerDiffers(
        f"E_FILING_LEDGER: {filing.form} for {filing.month[:4]} would tell of {named}. "
        "Nothing was written: run vendorops verify and find out which of the two is wrong"
    )


def _agree(told: Boxes | None, ledger: Boxes) -> bool:
    """Tell whether a statement is what the ledger has; who has none may have been paid little."""
    return told == ledger if told is not None else not ledger[1]


def _boxes(filing: Filing, boxes: Boxes | None) -> str:
    paid, withheld = (Money(minor, filing.currency) for minor in boxes or (0, 0))
    return f"{paid} paid and {withheld} kept back"


def _told(books: Books, filing: Filing) -> dict[str, Boxes]:
    query = (
        select(Supplier.reference, InformationReturn.paid_minor, InformationReturn.withheld_minor)
        .join(InformationReturn, col(InformationReturn.supplier_id) == col(Supplier.id))
        .where(
            col(InformationReturn.filing_id) == filing.id,
            col(InformationReturn.says) != "withdrawn",
        )
    )
    return {name: (paid, kept) for name, paid, kept in books.session.exec(query)}


def paid_in_ledger(books: Books, filing: Filing) -> dict[str, Boxes]:
    """Return what the ledger has for the payees of a version, by their reference."""
    reversal = aliased(Transfer)
    key = literal("settlement/").concat(col(Settlement.reference)).concat("/net")
    of_it = (
        select(Withholding.settlement_id)
        .join(FilingLine, col(FilingLine.withholding_id) == col(Withholding.id))
        .where(col(FilingLine.filing_id) == filing.id)
    )
    query = (
        select(Supplier.reference, Settlement.reference, func.sum(Transfer.amount_minor))
        .join(Settlement, col(Settlement.supplier_id) == col(Supplier.id))
        .join(Transfer, col(Transfer.key) == key)
        .outerjoin(reversal, col(reversal.reverses_id) == col(Transfer.id))
        .where(col(Settlement.id).in_(of_it), col(reversal.id).is_(None))
        .group_by(col(Supplier.reference), col(Settlement.reference))
    )
    kept: dict[str, int] = defaultdict(int)
    for (settlement, _), minor in kept_back(
        books, filing.legal_entity_id, duty_of(filing)
    ).items():
        kept[settlement] += minor
    found: dict[str, Boxes] = {}
    for name, settlement, minor in books.session.exec(query):
        paid, withheld = found.get(name, (0, 0))
        found[name] = (paid + int(minor), withheld + kept[settlement])
    return found
