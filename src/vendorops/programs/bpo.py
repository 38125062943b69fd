"""Business process outsourcing: accepted volumes at a unit price, milestones at a fixed price."""

from vendorops.domain.program import Performed, Program, Term, Values, agreed


def unit_price(work: Performed, values: Values, currency: str) -> int:
    """Price one unit: what the contract agreed for it.

    >>> unit_price(Performed("document_processed", 10_000), {"document_processed": 850_000}, "CNY")
    850000
    """
    del currency
    return agreed(values, work.term)


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
    ),
    price=unit_price,
)
