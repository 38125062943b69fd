"""Business process outsourcing: volumes and hours at a unit price, milestones at a fixed one."""

from vendorops.domain.program import (
    EARNINGS,
    Performed,
    Program,
    Term,
    Values,
    agreed,
    share_of_basis,
)


def unit_price(work: Performed, values: Values, currency: str) -> int:
    """Price one unit: what the contract agreed for it.

    >>> unit_price(Performed("document_processed", 10_000), {"document_processed": 850_000}, "CNY")
    850000
    """
    value = agreed(values, work.term)
    return share_of_basis(work, value, currency) if work.term == EARNINGS.code else value


PROGRAM = Program(
    code="bpo",
    title="Business process outsourcing",
    title_zh="业务流程外包",
    supplier_kinds=("bpo",),
    work_kind="volume",
    terms=(
        Term("document_processed", "price", "C62", "Document processed and checked"),
        Term("call_handled", "price", "C62", "Customer call handled"),
        Term("case_closed", "price", "C62", "Case closed"),
        Term("milestone", "price", "C62", "Milestone at a fixed price"),
        Term("instalment", "price", "C62", "Amount due on a day"),
        Term("management_event", "price", "C62", "Event that costs nothing and is accepted"),
        Term("service_hour", "price", "HUR", "Hour of service at time and material"),
        EARNINGS,
    ),
    price=unit_price,
)
