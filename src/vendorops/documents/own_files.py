"""The file that a version is: the form of a return, or the layout of a report of payments."""

from vendorops.books import Books
from vendorops.documents.filing_sheets import WrittenSheets
from vendorops.documents.platform_reports import Reported, platform_report, reports
from vendorops.documents.tax_returns import filing_file, filing_file_again, is_report
from vendorops.domain.periods import Period
from vendorops.law import jurisdiction
from vendorops.tables import Filing, LegalEntity


def own_file(books: Books, filing: Filing) -> WrittenSheets:
    """Return the file of a version and what to know of it; that numbers are read is recorded.

    Raises what filing_file and platform_report raise.
    """
    if is_report(filing):
        return platform_report(books, _asked(books, filing, shown=True))
    suffix = jurisdiction(filing.place).return_of(filing.form).suffix
    return WrittenSheets("form", f".{suffix}", filing_file(books, filing), ())


def own_file_again(books: Books, filing: Filing) -> bytes:
    """Return the same bytes for a check that shows them to nobody; nothing is recorded."""
    if is_report(filing):
        return platform_report(books, _asked(books, filing, shown=False)).data
    return filing_file_again(books, filing)


def _asked(books: Books, filing: Filing, *, shown: bool) -> Reported:
    [(layout, (place, form))] = [
        each for each in reports().items() if each[1][1].form == filing.form
    ]
    entity = books.get(LegalEntity, filing.legal_entity_id)
    period = form.period(Period.month(filing.month))
    return Reported(layout, entity, place, form, period, shown)
