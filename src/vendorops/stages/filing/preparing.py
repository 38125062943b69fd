"""Finds what a legal entity owes a tax office a return for, and fills the form."""

from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import keep
from vendorops.documents.tax_returns import filing_file
from vendorops.domain.finding import Finding
from vendorops.domain.jurisdiction import Deadline, Return, UnknownInLaw
from vendorops.domain.lifecycle import FilingStatus, WithholdingStatus
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.law import jurisdiction
from vendorops.tables import (
    CheckFinding,
    Contract,
    Filing,
    LegalEntity,
    Settlement,
    Withholding,
)


@dataclass(frozen=True, order=True)
class Duty:
    """One return that is owed."""

    month: str
    place: str
    form: str


def last_month(books: Books) -> str:
    """Return the last month to be filed: the month of the books, once it is over."""
    return min(books.month.label, Period.month_before(books.as_of).label)


def duties(books: Books, entity: LegalEntity) -> dict[Duty, list[Withholding]]:
    """Return the returns a legal entity owes, and what each of them declares.

    A return that a person rejected today is prepared anew on a later day.
    """
    query = (
        select(Withholding)
        .join(Settlement, col(Settlement.id) == col(Withholding.settlement_id))
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .where(
            col(Contract.legal_entity_id) == entity.id,
            col(Withholding.status) == WithholdingStatus.BOOKED,
            col(Withholding.filing_id).is_(None),
            col(Withholding.month) <= last_month(books),
        )
    )
    found: dict[Duty, list[Withholding]] = {}
    for row in books.session.exec(query.order_by(col(Withholding.id))):
        found.setdefault(_duty(row), []).append(row)
    return {
        duty: found[duty]
        for duty in sorted(found)
        if duty.month <= last_month(books) and not _rejected_today(books, entity, duty)
    }


def _duty(row: Withholding) -> Duty:
    """Return the return that declares a withholding, by the last month that it is about."""
    form = _form(row)
    last = Period.month_before(form.period(Period.month(row.month)).end)
    return Duty(last.label, row.place, form.form)


def _form(row: Withholding) -> Return:
    law = jurisdiction(row.place)
    for form in law.returns:
        if row.tax in form.taxes:
            return form
    raise UnknownInLaw(f"no form of {law.title} declares {row.tax}; add one to its law")


def _rejected_today(books: Books, entity: LegalEntity, duty: Duty) -> bool:
    return any(
        filing.status == FilingStatus.REJECTED and filing.prepared_on >= books.as_of
        for filing in _filings(books, entity, duty)
    )


def _filings(books: Books, entity: LegalEntity, duty: Duty) -> list[Filing]:
    query = select(Filing).where(
        col(Filing.legal_entity_id) == entity.id,
        col(Filing.form) == duty.form,
        col(Filing.month) == duty.month,
    )
    return list(books.session.exec(query))


def prepare(books: Books, entity: LegalEntity, duty: Duty, declared: list[Withholding]) -> Filing:
    """Enter a filing of what it declares, and keep its file."""
    law = jurisdiction(duty.place)
    deadline = law.due(duty.form, Period.month(duty.month))
    filing = _filing(books, entity, deadline, duty)
    filing.currency = law.currency
    filing.rows = len(declared)
    filing.total_minor = sum(row.amount_minor for row in declared)
    total = Money(filing.total_minor, filing.currency)
    books.enter(filing, because=f"{filing.rows} withholdings of {total} in {duty.month}")
    for row in declared:
        row.filing_id = filing.id
    books.session.flush()
    data = filing_file(books, filing)
    suffix = f".{law.return_of(duty.form).suffix}"
    filing.file_sha256 = keep(books, data, f"tax return {filing.reference}", suffix)
    for finding in deadline.findings:
        books.enter(_finding(books, filing, finding))
    books.session.flush()
    return filing


def _filing(books: Books, entity: LegalEntity, deadline: Deadline, duty: Duty) -> Filing:
    versions = [filing.version for filing in _filings(books, entity, duty)]
    return Filing(
        id=books.key(),
        reference=books.reference("RET"),
        legal_entity_id=entity.id,
        place=duty.place,
        form=duty.form,
        month=duty.month,
        version=max(versions, default=0) + 1,
        due_on=deadline.day,
        prepared_on=books.as_of,
        currency="",
        rows=0,
        total_minor=0,
        file_sha256="",
        prepared_by=books.actor,
    )


def _finding(books: Books, filing: Filing, finding: Finding) -> CheckFinding:
    return CheckFinding(
        id=books.key(),
        subject_table="filing",
        subject_id=filing.id,
        code=finding.code,
        level=finding.level.value,
        place_in_source=finding.where,
        message=finding.message,
        found_on=books.as_of,
    )
