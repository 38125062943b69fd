"""Opens requisitions, and plans to which suppliers they go and when."""

from collections.abc import Sequence
from fractions import Fraction

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.books.moments import latest
from vendorops.documents.forms import read_form
from vendorops.domain.lifecycle import DistributionStatus
from vendorops.domain.measure import quantity_e4
from vendorops.domain.money import LIMIT_MINOR, Money, Rounding
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.roles import role
from vendorops.tables import Contract, Distribution, LegalEntity, Requisition
from vendorops.working.sourcing.finding import distributions_of
from vendorops.working.sourcing.fitness import refuse_unfit
from vendorops.working.sourcing.forms import AskedForm, DistributionForm, RequisitionForm
from vendorops.working.sourcing.gates import gate
from vendorops.working.sourcing.rights import refuse_no_buyer, refuse_not_ours
from vendorops.working.sourcing.states import UNENDED, refuse_unless

__all__ = ["HOURS", "NotOpenable", "distribute", "expected", "open_requisition"]

HOURS = 24
"""Of a day, in offsets."""


class NotOpenable(Refused):
    """The requisition cannot be opened, or distributed, as it was given."""


def open_requisition(books: Books, data: bytes) -> Requisition:
    """Enter a requisition in draft with the suppliers it is to go to; refused whole or entered."""
    form = read_form(data, RequisitionForm, "the requisition")
    log.lock(books.session)
    refuse_no_buyer(books, "open a requisition")
    refuse_not_ours(books, form.requested_by, "requested_by")
    role(form.role)
    program(form.program)
    _refuse_days(books, form)
    row = _row(books, form)
    expected(row)
    books.enter(row, because=f"{form.positions} x {form.role}, wanted by {form.requested_by}")
    _plan(books, row, form.suppliers)
    return row


def distribute(books: Books, requisition: str, data: bytes) -> list[Distribution]:
    """Plan that a requisition also goes to further suppliers."""
    form = read_form(data, DistributionForm, "the distribution")
    log.lock(books.session)
    refuse_no_buyer(books, "distribute a requisition")
    row = books.named(Requisition, requisition)
    refuse_unless(row, UNENDED, "distributed")
    return _plan(books, row, form.suppliers)


def expected(row: Requisition) -> Money:
    """Return what all positions may cost: budget by expected units; refused beyond any bill."""
    units = Fraction(row.units_e4, 10**4) * row.positions
    amount = Money(row.budget_minor, row.currency).times(units, rounding=Rounding.HALF_UP)
    if amount.minor >= LIMIT_MINOR:
        raise NotOpenable(f"all positions together may cost {amount!r}; check budget and units")
    return amount


def _refuse_days(books: Books, form: RequisitionForm) -> None:
    if form.deadline < books.as_of:
        raise NotOpenable(f"deadline: {form.deadline} is past; name a day to come")
    if form.starts_on < form.deadline:
        raise NotOpenable(
            f"starts_on: {form.starts_on} lies before the deadline of submissions,"
            f" {form.deadline}; give suppliers time to answer before people start"
        )


def _row(books: Books, form: RequisitionForm) -> Requisition:
    contract = books.named(Contract, form.contract) if form.contract else None
    return Requisition(
        id=books.key(),
        reference=books.reference("REQ"),
        legal_entity_id=_entity(books, form.legal_entity).id,
        program=form.program,
        place=form.place,
        contract_id=contract.id if contract else None,
        title=form.title,
        role=form.role,
        site=form.site,
        positions=_above_nothing(int(form.positions), "positions"),
        pay_kind=form.pay.kind,
        pay_unit=form.pay.unit,
        currency=form.pay.currency,
        budget_minor=_above_nothing(
            Money.parse(form.pay.budget, form.pay.currency).minor, "pay, budget"
        ),
        units_e4=_above_nothing(quantity_e4(form.pay.units), "pay, units"),
        deadline=form.deadline,
        starts_on=form.starts_on,
        requested_by=form.requested_by,
        opened_by=books.actor,
        opened_at=latest(books),
    )


def _entity(books: Books, code: str) -> LegalEntity:
    query = select(LegalEntity).where(col(LegalEntity.code) == code)
    found = books.session.exec(query).one_or_none()
    if found is None:
        raise NotOpenable(f"legal_entity: none of our companies is known as {code!r}")
    return found


def _above_nothing(value: int, where: str) -> int:
    if value <= 0:
        raise NotOpenable(f"{where}: must be above nothing; correct it")
    return value


def _plan(books: Books, row: Requisition, asked: Sequence[AskedForm]) -> list[Distribution]:
    taken = {
        each.supplier_id
        for each in distributions_of(books, row)
        if each.status != DistributionStatus.CANCELLED
    }
    planned = []
    for number, form in enumerate(asked, start=1):
        where = f"suppliers {number}"
        contract = books.named(Contract, form.contract)
        if row.contract_id not in (None, contract.id):
            raise NotOpenable(
                f"{where}: {row.reference} is of another contract and goes to it only"
            )
        supplier = refuse_unfit(books, row, contract)
        if supplier.id in taken:
            raise NotOpenable(
                f"{where}: {row.reference} goes to {supplier.reference} already; name it once"
            )
        taken.add(supplier.id)
        if form.gate:
            gate(form.gate)
        planned.append(_enter(books, row, contract, form))
    return planned


def _enter(books: Books, row: Requisition, contract: Contract, form: AskedForm) -> Distribution:
    hours = int(form.hours) + HOURS * int(form.days)
    return books.enter(
        Distribution(
            id=books.key(),
            reference=books.reference("DIS"),
            requisition_id=row.id,
            supplier_id=contract.supplier_id,
            contract_id=contract.id,
            tier=_above_nothing(int(form.tier), "tier"),
            offset_hours=hours,
            gate=form.gate,
            gate_minimum=int(form.gate_minimum),
            planned_by=books.actor,
            planned_at=latest(books),
        ),
        because=f"{row.reference}, tier {form.tier}, {hours} hours after approval",
    )
