"""Fills the form of a return and keeps the files of each version."""

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.books.many import enter_many
from vendorops.books.withdrawing import withdraw
from vendorops.documents import keep
from vendorops.documents.filing_sheets import WrittenSheets, filing_sheets
from vendorops.documents.information_returns import UNCHANGED, has_statements
from vendorops.documents.own_files import own_file
from vendorops.documents.statements import filing_hashes
from vendorops.domain.finding import Finding
from vendorops.domain.jurisdiction import Deadline
from vendorops.domain.lifecycle import FilingStatus
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.domain.reasons import refuse_wordless
from vendorops.domain.refusal import Refused
from vendorops.law import jurisdiction
from vendorops.paying.declaring import (
    IN_FORCE,
    Declared,
    Duty,
    declarable,
    declare,
    duty_of,
    in_force,
    refuse_other_than_ledger,
    release,
    versions,
)
from vendorops.stages.filing.statements import enter_statements
from vendorops.tables import (
    CheckFinding,
    Filing,
    FilingLine,
    FilingSheet,
    InformationReturn,
    LegalEntity,
)

INSIDE = (FilingStatus.PREPARED, FilingStatus.CHECKED, FilingStatus.APPROVED)
"""States in which nobody outside can have the file."""
UNDERWAY = (*INSIDE, FilingStatus.WRITTEN)


class NotAmendable(Refused):
    """A return of which no version is handed in, or of which nothing would change."""


def prepare(books: Books, entity: LegalEntity, duty: Duty, because: str = "") -> Filing:
    """Enter the next version of a return, with everything kept back in its period.

    A version that is still in the house makes room; one that was handed in is amended. Raises
    LedgerDiffers, PayeeUnidentified, PayeeTwice and BadTemplate; then nothing has happened.
    """
    known = versions(books, entity.id, duty)
    declared = declarable(books, entity.id, duty)
    refuse_other_than_ledger(books, entity.id, duty, declared)
    for filing in known:
        if filing.status in INSIDE:
            supersede(books, filing, because or "tax was kept back after it was prepared")
    filing = _entered(books, entity, duty, declared)
    declare(books, filing)
    own = own_file(books, filing)
    filing.file_sha256 = keep(books, own.data, f"tax return {filing.reference}", own.suffix)
    books.session.flush()
    for finding in own.findings:
        books.enter(_finding(books, filing, finding))
    for sheets in filing_sheets(books, filing):
        _keep(books, filing, sheets)
    for finding in enter_statements(books, filing):
        books.enter(_finding(books, filing, finding))
    return filing


def _keep(books: Books, filing: Filing, sheets: WrittenSheets) -> None:
    """Keep a file beside the form, and what a person should know of it."""
    title = f"{sheets.layout} of {filing.reference}"
    sha256 = keep(books, sheets.data, title, sheets.suffix)
    row = FilingSheet(
        id=books.key(),
        filing_id=filing.id,
        layout=sheets.layout,
        suffix=sheets.suffix,
        sha256=sha256,
    )
    books.enter(row, because=f"written beside {filing.reference}")
    for finding in sheets.findings:
        books.enter(_finding(books, filing, finding))


def supersede(books: Books, filing: Filing, because: str) -> None:
    """Let another version take the place of one that is still in the house."""
    withdraw(books, filing, because)
    books.move(filing, FilingStatus.SUPERSEDED, because=because)
    release(books, filing)


def prepare_again(books: Books, filing: Filing, reason: str) -> Filing:
    """Prepare a version anew because what it rests on was corrected.

    Raises NotAmendable for one that is not in the house any more, and Wordless without a reason.
    """
    _as_it_is_now(books, filing)
    if filing.status not in INSIDE:
        raise NotAmendable(
            f"{filing.reference} is {filing.status}; only a version in the house is prepared anew"
        )
    refuse_wordless(reason, f"why {filing.reference} is prepared anew")
    entity = books.get(LegalEntity, filing.legal_entity_id)
    return prepare(books, entity, duty_of(filing), reason)


def amend(books: Books, filing: Filing, reason: str) -> Filing:
    """Prepare another version of a return that was handed in, from the books as they are now.

    Raises NotAmendable where it is not in force, where another version is underway, and where
    nothing would change: then there is nothing to tell the office; Wordless without a reason.
    """
    _as_it_is_now(books, filing)
    refuse_wordless(reason, f"why {filing.reference} is prepared anew")
    if filing.status not in IN_FORCE:
        raise NotAmendable(
            f"{filing.reference} is {filing.status}; amend the version that the office has, see "
            "vendorops filing list"
        )
    entity = books.get(LegalEntity, filing.legal_entity_id)
    duty = duty_of(filing)
    underway = [row for row in versions(books, entity.id, duty) if row.status in UNDERWAY]
    if underway:
        raise NotAmendable(
            f"{underway[0].reference} is underway and will amend {filing.reference}; go on with it"
        )
    fresh = prepare(books, entity, duty, reason)
    if _says_the_same(books, fresh, filing):
        raise NotAmendable(
            f"the books say what {filing.reference} said, so there is nothing to amend; correct "
            "them first"
        )
    books.record("amendment", fresh, reason)
    return fresh


def _says_the_same(books: Books, fresh: Filing, filing: Filing) -> bool:
    """Tell whether the office would learn nothing; files of statements hold what differs alone."""
    if has_statements(fresh):
        query = select(col(InformationReturn.says)).where(
            col(InformationReturn.filing_id) == fresh.id, col(InformationReturn.says) != UNCHANGED
        )
        return books.session.exec(query).first() is None
    return filing_hashes(books, fresh) == filing_hashes(books, filing)


def _as_it_is_now(books: Books, filing: Filing) -> None:
    """Read a version again once nobody else can move it; a run may have done so meanwhile."""
    log.lock(books.session)
    books.session.refresh(filing)


def _entered(books: Books, entity: LegalEntity, duty: Duty, declared: list[Declared]) -> Filing:
    """Enter a version, the lines it declares, and what its last day rests on."""
    law = jurisdiction(duty.place)
    deadline = law.due(duty.form, Period.month(duty.month))
    filing = _filing(books, entity, deadline, duty)
    filing.currency = law.currency
    filing.rows = len(declared)
    filing.total_minor = sum(row.minor for row in declared)
    total = Money(filing.total_minor, filing.currency)
    books.enter(filing, because=f"{filing.rows} withholdings of {total} in {duty.month}")
    first = books.keys(len(declared))
    rows = [
        {"id": first + at, "filing_id": filing.id, "withholding_id": row.withholding_id}
        for at, row in enumerate(declared)
    ]
    enter_many(books, FilingLine, rows, f"declared by {filing.reference}")
    for finding in deadline.findings:
        books.enter(_finding(books, filing, finding))
    return filing


def _filing(books: Books, entity: LegalEntity, deadline: Deadline, duty: Duty) -> Filing:
    known = [filing.version for filing in versions(books, entity.id, duty)]
    standing = in_force(books, entity.id, duty)
    return Filing(
        id=books.key(),
        reference=books.reference("RET"),
        legal_entity_id=entity.id,
        place=duty.place,
        form=duty.form,
        month=duty.month,
        version=max(known, default=0) + 1,
        amends_id=standing.id if standing else None,
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
