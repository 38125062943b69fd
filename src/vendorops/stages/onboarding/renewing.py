"""Takes in a document that an approved supplier hands in by itself, such as a renewed licence."""

from vendorops.books import Books
from vendorops.documents.asking import asked_of
from vendorops.documents.forms import read_form
from vendorops.documents.holding import current_papers
from vendorops.domain.lifecycle import SupplierStatus
from vendorops.stages.onboarding.application import BadApplication, PaperForm
from vendorops.stages.onboarding.papers import LARGEST, enter_papers
from vendorops.tables import ComplianceDocument, Supplier

APPROVED = (SupplierStatus.QUALIFIED, SupplierStatus.PREFERRED, SupplierStatus.SUSPENDED)


class BadDocument(BadApplication):
    """The document cannot be entered as it is."""


def hand_in(books: Books, reference: str, said: bytes, data: bytes) -> ComplianceDocument:
    """Enter a document of an approved supplier, of what was said of it and its file.

    The same again changes nothing. It waits to be verified; the one before is relied on until
    then.
    """
    form = read_form(said, PaperForm, "the document")
    supplier = books.named(Supplier, reference)
    _refuse_unfit(books, supplier, form, data)
    entered = enter_papers(books, supplier, ((form, data),), "renewal")
    if entered:
        return entered[0]
    return next(paper for paper in current_papers(books, supplier) if paper.kind == form.kind)


def _refuse_unfit(books: Books, supplier: Supplier, form: PaperForm, data: bytes) -> None:
    if supplier.status not in APPROVED:
        raise BadDocument(
            f"{supplier.reference} is {supplier.status}; it hands documents in with an application"
        )
    known = {kind for needed in asked_of(books, supplier) for kind in needed.kinds}
    known |= {paper.kind for paper in current_papers(books, supplier)}
    if form.kind not in known:
        raise BadDocument(
            f"kind: {supplier.reference} is asked for no {form.kind!r}; it is asked for "
            f"{', '.join(sorted(known)) or 'nothing'}"
        )
    if form.valid_to and form.valid_to <= form.valid_from:
        raise BadDocument("valid_to: must lie after valid_from; it is the first day not covered")
    if len(data) > LARGEST:
        raise BadDocument(f"the file is larger than {LARGEST // 2**20} MiB; send a smaller export")
