"""Billing in suppliers' names: agreements on it, and the pro formas that follow from the books."""

from vendorops.working.self_billing.agreeing import NotAgreeable, end_agreement, propose
from vendorops.working.self_billing.crediting import draft_credit, memos_to_bill
from vendorops.working.self_billing.drafting import agreements_to_bill, draft_due
from vendorops.working.self_billing.unbilled import claimed_elsewhere

__all__ = [
    "NotAgreeable",
    "agreements_to_bill",
    "claimed_elsewhere",
    "draft_credit",
    "draft_due",
    "end_agreement",
    "memos_to_bill",
    "propose",
]
