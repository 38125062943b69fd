"""Lines of a month that no claim brings: what was agreed, what is accepted, what is due."""

from vendorops.working.adjusting.agreed_facts import (
    degree_of,
    facts_of,
    pay_terms_of,
    shown_facts,
)
from vendorops.working.adjusting.terms import (
    WITHOUT_MONTHS,
    NotAgreeable,
    agreed_terms,
    enter_drafts,
    propose,
    refuse_overlap,
    share_work,
    successor,
)
from vendorops.working.adjusting.volumes import accepted_sheets, accepted_volumes, undecided_months
from vendorops.working.adjusting.what_is_due import due_of, entered, last_month_over

__all__ = [
    "WITHOUT_MONTHS",
    "NotAgreeable",
    "accepted_sheets",
    "accepted_volumes",
    "agreed_terms",
    "degree_of",
    "due_of",
    "enter_drafts",
    "entered",
    "facts_of",
    "last_month_over",
    "pay_terms_of",
    "propose",
    "refuse_overlap",
    "share_work",
    "shown_facts",
    "successor",
    "undecided_months",
]
