"""What a return has to declare: all tax kept back in its period, and what the ledger has of it.

The ledger is asked by itself, by the transfers of settlements, and not by what returns declare.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Update, and_, func, update
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.first_few import first_few
from vendorops.domain.jurisdiction import Return, UnknownInLaw
from vendorops.domain.lifecycle import FilingStatus, WithholdingStatus
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.law import jurisdiction
from vendorops.paying.tax_in_ledger import Asked, tax_in_ledger
from vendorops.tables import (
    Contract,
    Filing,
    FilingLine,
    Settlement,
    Withholding,
)

OWED = (
    WithholdingStatus.BOOKED,
    WithholdingStatus.FILED,
    WithholdingStatus.REMITTED,
    WithholdingStatus.CERTIFIED,
)
"""States in which tax was kept back for good, whether or not it was declared."""
IN_FORCE = (FilingStatus.SUBMITTED, FilingStatus.ACCEPTED)
NAMED = 5
"""Settlements that a refusal names."""


class LedgerDiffers(Refused):
    """A return would not declare what the ledger says was kept back."""


@dataclass(frozen=True, order=True)
class Duty:
    """One return that is owed."""

    month: str
    """The last month that it is about."""
    place: str
    form: str

    @property
    def law(self) -> Return:
        """The form, as the law of the place has it."""
        return jurisdiction(self.place).return_of(self.form)

    @property
    def months(self) -> tuple[str, str]:
        """The first and the last month that it is about."""
        whole = self.law.period(Period.month(self.month))
        return whole.label, Period.month_before(whole.end).label


@dataclass(frozen=True)
class Declared:
    """One withholding, as far as a return adds it up."""

    withholding_id: int
    settlement: str
    tax: str
    minor: int


def duty_of(filing: Filing) -> Duty:
    """Return what a version of a return is about."""
    return Duty(filing.month, filing.place, filing.form)


def duty_for(place: str, tax: str, month: str) -> Duty:
    """Return the return that declares a tax kept back in a month.

    Raises UnknownInLaw where no form of the place declares the tax.
    """
    law = jurisdiction(place)
    for form in law.returns:
        if tax in form.taxes:
            last = Period.month_before(form.period(Period.month(month)).end)
            return Duty(last.label, place, form.form)
    raise UnknownInLaw(f"no form of {law.title} declares {tax}; add one to its law")


def versions(books: Books, entity_id: int, duty: Duty) -> list[Filing]:
    """Return the versions of a return, oldest first."""
    query = select(Filing).where(
        col(Filing.legal_entity_id) == entity_id,
        col(Filing.form) == duty.form,
        col(Filing.month) == duty.month,
    )
    return list(books.session.exec(query.order_by(col(Filing.version))))


def in_force(books: Books, entity_id: int, duty: Duty) -> Filing | None:
    """Return the version that the tax office has; None before the first was handed in."""
    having = [row for row in versions(books, entity_id, duty) if row.status in IN_FORCE]
    return having[-1] if having else None


def declarable(books: Books, entity_id: int, duty: Duty) -> list[Declared]:
    """Return every withholding that a return has to declare, in the order of keys."""
    query = (
        select(Withholding.id, Settlement.reference, Withholding.tax, Withholding.amount_minor)
        .join(Settlement, col(Settlement.id) == col(Withholding.settlement_id))
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .where(_declares(entity_id, duty))
    )
    return [Declared(*row) for row in books.session.exec(query.order_by(col(Withholding.id)))]


def is_taxed(books: Books, entity_id: int, duty: Duty, taxes: Sequence[str]) -> bool:
    """Tell whether any of some taxes was asked of a payment in the months of a return."""
    query = (
        select(Withholding.id)
        .join(Settlement, col(Settlement.id) == col(Withholding.settlement_id))
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .where(_taxed(entity_id, duty, taxes))
    )
    return books.session.exec(query.limit(1)).first() is not None


def late(books: Books, filing: Filing) -> int:
    """Return how many withholdings of its period a version does not declare."""
    known = select(FilingLine.withholding_id).where(col(FilingLine.filing_id) == filing.id)
    query = (
        select(func.count())
        .select_from(Withholding)
        .join(Settlement, col(Settlement.id) == col(Withholding.settlement_id))
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .where(
            _declares(filing.legal_entity_id, duty_of(filing)),
            col(Withholding.id).not_in(known),
        )
    )
    return int(books.session.exec(query).one())


def _declares(entity_id: int, duty: Duty) -> ColumnElement[bool]:
    return _taxed(entity_id, duty, duty.law.taxes)


def _taxed(entity_id: int, duty: Duty, taxes: Sequence[str]) -> ColumnElement[bool]:
    first, last = duty.months
    return and_(
        col(Contract.legal_entity_id) == entity_id,
        col(Withholding.place) == duty.place,
        col(Withholding.tax).in_(taxes),
        col(Withholding.month).between(first, last),
        col(Withholding.status).in_(OWED),
    )


def kept_back(books: Books, entity_id: int, duty: Duty) -> dict[tuple[str, str], int]:
    """Return what the ledger has kept back for a return: minor units by settlement and tax."""
    return tax_in_ledger(books, Asked(entity_id, duty.place, tuple(duty.law.taxes), duty.months))


def refuse_other_than_ledger(
    books: Books, entity_id: int, duty: Duty, declared: Sequence[Declared]
) -> None:
    """Refuse a return whose withholdings are not, each to the cent, what the ledger has.

    Raises LedgerDiffers, which names the settlements.
    """
    ledger = kept_back(books, entity_id, duty)
    said = {(row.settlement, row.tax): row.minor for row in declared if row.minor}
    either = ledger.keys() | said.keys()
    differing = sorted(key for key in either if ledger.get(key, 0) != said.get(key, 0))
    if not differing:
        return
    currency = jurisdiction(duty.place).currency
    has, says = (Money(sum(part.values()), currency) for part in (ledger, said))
    named = first_few([f"{settlement} ({tax})" for settlement, tax in differing], NAMED)
    raise LedgerDiffers(
        f"E_FILING_LEDGER: {duty.form} for {duty.month} would declare {says}, but the ledger "
        f"has {has} kept back; they differ in {named}. Nothing was written: run vendorops "
        "verify and find out which of the two is wrong"
    )


def declare(books: Books, filing: Filing) -> None:
    """Note with each withholding that a version declares it."""
    _run(books, _declared_by(filing).values(filing_id=filing.id))


def release(books: Books, filing: Filing) -> None:
    """Let what a version declared be declared by another one.

    What the version in force declares goes back to that, unless the next one, which may be
    underway, declares it already.
    """
    forget = update(Withholding).where(col(Withholding.filing_id) == filing.id)
    _run(books, forget.values(filing_id=None))
    standing = in_force(books, filing.legal_entity_id, duty_of(filing))
    if standing:
        back = _declared_by(standing).where(col(Withholding.filing_id).is_(None))
        _run(books, back.values(filing_id=standing.id))


def _declared_by(filing: Filing) -> Update:
    declared = select(FilingLine.withholding_id).where(col(FilingLine.filing_id) == filing.id)
    return update(Withholding).where(col(Withholding.id).in_(declared))


def _run(books: Books, change: Update) -> None:
    """Change rows by one statement, and let those already read be read again."""
    books.session.flush()
    books.session.execute(change.execution_options(synchronize_session=False))
    for row in list(books.session.identity_map.values()):
        if isinstance(row, Withholding):
            books.session.expire(row, ["filing_id"])
