"""Freelance: tasks of people who work in their own name, at a price for each task or unit."""

from vendorops.domain.program import (
    EARNINGS,
    Performed,
    Program,
    Term,
    Values,
    agreed,
    share_of_basis,
)


def task_price(work: Performed, values: Values, currency: str) -> int:
    """Price one task or unit of it: what the task order agreed.

    >>> task_price(Performed("task", 10_000), {"task": 1_200_000_000}, "CNY")
    1200000000
    """
    value = agreed(values, work.term)
    return share_of_basis(work, value, currency) if work.term == EARNINGS.code else value


PROGRAM = Program(
    code="freelance",
    title="Freelance",
    title_zh="自由职业",
    supplier_kinds=("freelancer",),
    work_kind="task",
    terms=(
        Term("task", "price", "C62", "Task at a fixed price"),
        Term("hour", "price", "HUR", "Hour of a task paid by time"),
        Term("piece", "price", "C62", "Piece delivered"),
        EARNINGS,
    ),
    price=task_price,
    income_kind="labor_remuneration",
)
