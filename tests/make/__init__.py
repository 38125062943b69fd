"""Makers of valid rows: each enters one, with whatever the test is about replaced.

A maker takes the books, the rows it hangs on (made where not given) and columns by name. With
`status=…` the row is born first and then moved there along its lifecycle. Quantities, prices and
amounts are given as people write them.
"""

from tests.make.adjustments import BY_GRADE, agreed_term
from tests.make.claims import (
    allocation,
    claimed,
    difference,
    input_tax,
    invoice,
    line_coverage,
    lines_of,
    received_file,
    reconciliation,
    tolerance,
)
from tests.make.days import AS_OF, ENDS_ON, MASTER_KEY, MONTH, SHA, STARTS_ON
from tests.make.money import (
    effect,
    filing,
    payment,
    payment_batch,
    settlement,
    settlement_line,
    withholding,
)
from tests.make.orders import order_line, work_order, worker
from tests.make.parties import (
    bank_account,
    compliance_document,
    legal_entity,
    licensed,
    our_account,
    party,
    qualification,
    supplier,
)
from tests.make.people import ROLES, by, grant, people, person, reply, signer
from tests.make.rows import only, put, reach, rows_of
from tests.make.sourcing import distribution, offer, requisition, submission
from tests.make.tasks import freelancer, task, task_form
from tests.make.work import (
    accept,
    contract,
    contract_term,
    done,
    items_of,
    service_sheet,
)

__all__ = [
    "AS_OF",
    "BY_GRADE",
    "ENDS_ON",
    "MASTER_KEY",
    "MONTH",
    "ROLES",
    "SHA",
    "STARTS_ON",
    "accept",
    "agreed_term",
    "allocation",
    "bank_account",
    "by",
    "claimed",
    "compliance_document",
    "contract",
    "contract_term",
    "difference",
    "distribution",
    "done",
    "effect",
    "filing",
    "freelancer",
    "grant",
    "input_tax",
    "invoice",
    "items_of",
    "legal_entity",
    "licensed",
    "line_coverage",
    "lines_of",
    "offer",
    "only",
    "order_line",
    "our_account",
    "party",
    "payment",
    "payment_batch",
    "people",
    "person",
    "put",
    "qualification",
    "reach",
    "received_file",
    "reconciliation",
    "reply",
    "requisition",
    "rows_of",
    "service_sheet",
    "settlement",
    "settlement_line",
    "signer",
    "submission",
    "supplier",
    "task",
    "task_form",
    "tolerance",
    "withholding",
    "work_order",
    "worker",
]
