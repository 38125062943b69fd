"""Enters statements of single payees that a version is made of, and its files for the portal."""

from vendorops.books import Books
from vendorops.books.many import enter_many
from vendorops.documents import keep
from vendorops.documents.information_returns import Told, has_statements, told_by, year_of
from vendorops.documents.office_templates import template_of
from vendorops.documents.portal_files import findings_of, portal_files
from vendorops.domain.finding import Finding
from vendorops.domain.money import Money
from vendorops.paying.information_returns import refuse_other_than_paid
from vendorops.tables import Filing, FilingSheet, InformationReturn


def enter_statements(books: Books, filing: Filing) -> list[Finding]:
    """Enter what a version tells of each payee, keep its files, and return what to know of them.

    Nothing where the form has no statements. Raises LedgerDiffers, and BadTemplate.
    """
    if not has_statements(filing):
        return []
    told = told_by(books, filing)
    _enter(books, filing, told)
    refuse_other_than_paid(books, filing)
    template = template_of(books, filing.form, year_of(filing))
    if template is None:
        return findings_of(filing, told, None)
    files = portal_files(books, filing, told, template.sha256)
    for each in files.files:
        title = f"{each.name} of {filing.reference}"
        row = FilingSheet(
            id=books.key(),
            filing_id=filing.id,
            layout=each.name,
            suffix=".csv",
            sha256=keep(books, each.text.encode(), title, ".csv"),
            template_sha256=template.sha256,
        )
        books.enter(row, because=f"written beside {filing.reference}, under {template.source}")
    return findings_of(filing, told, files)


def _enter(books: Books, filing: Filing, told: list[Told]) -> None:
    first = books.keys(len(told))
    rows = [
        {
            "id": first + at,
            "filing_id": filing.id,
            "supplier_id": each.supplier.id,
            "says": each.says,
            "content_sha256": each.content_sha256,
            **_amounts(each, filing.currency),
        }
        for at, each in enumerate(told)
    ]
    enter_many(books, InformationReturn, rows, f"told by {filing.reference}")


def _amounts(told: Told, currency: str) -> dict[str, int]:
    paid, withheld = (Money.parse(text, currency).minor for text in told.amounts)
    return {"paid_minor": paid, "withheld_minor": withheld}
