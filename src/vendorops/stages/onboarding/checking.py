"""Checks a case before a person looks at it, by every check on the shelf."""

from vendorops.books import Books
from vendorops.domain.finding import Finding
from vendorops.stages.onboarding.cases import findings_of
from vendorops.stages.onboarding.checks import every
from vendorops.tables import CheckFinding, Party, Qualification, Supplier


def check_case(books: Books, case: Qualification) -> list[CheckFinding]:
    """Replace what an earlier check found by what is found today.

    Refused when a document is missing without which nothing may be awarded. What a person must
    judge is raised as a Review besides.
    """
    supplier = books.get(Supplier, case.supplier_id)
    party = books.get(Party, supplier.party_id)
    found = [finding for check in every() for finding in check.find(books, case)]
    del supplier, party  # Held until here, so that no check read them from the database again.
    for old in findings_of(books, case):
        books.session.delete(old)
    books.session.flush()
    return [_enter(books, case, finding) for finding in found]


def _enter(books: Books, case: Qualification, finding: Finding) -> CheckFinding:
    return books.enter(
        CheckFinding(
            id=books.key(),
            subject_table="qualification",
            subject_id=case.id,
            code=finding.code,
            level=finding.level,
            place_in_source=finding.where,
            message=finding.message,
            found_on=books.as_of,
        )
    )
