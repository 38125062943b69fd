"""Freelance: tasks of people who work in their own name, at a price for each task or unit."""

from vendorops.domain.program import Performed, Program, Term, Values, agreed


def task_price(work: Performed, values: Values, currency: str) -> int:
    """Price one task or unit of it: what the task order agreed.

    >>> task_price(Performed("task", 10_000), {"task": 1_200_000_000}, "CNY")
    1200000000
    """
    del currency
    return agreed(values, work.term)


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
    ),
    price=task_price,
    income_kind="labor_remuneration",
)
