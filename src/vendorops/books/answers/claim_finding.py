"""What was found on a claim: it can no longer be held once its money has gone."""

from collections.abc import Mapping

from vendorops.books.answers._given import Given
from vendorops.books.unit import Books
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import Decision, Invoice

GONE = (InvoiceStatus.PAID, InvoiceStatus.PART_PAID)


class TooLateToHold(Refused):
    """The claim was paid meanwhile."""


def checked(books: Books, decision: Decision, given: Given) -> Mapping[str, object]:
    """Return the detail as given; refused where a paid claim is to be held."""
    invoice = books.get(Invoice, decision.subject_id)
    if not given.approves and invoice.status in GONE:
        raise TooLateToHold(
            f"{invoice.reference} is {invoice.status}, so nothing is left to hold; approve, and"
            " open a dispute about what was paid (vendorops dispute open)"
        )
    return given.detail
