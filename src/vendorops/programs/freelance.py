"""Freelance: tasks of people who work in their own name, at a price for each task or unit."""

from datetime import date

from vendorops.domain.program import Performed, Program, Requirement, Term, Values, agreed

TAX_LAW = "Individual Income Tax Law, art. 9: who pays a person withholds"


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
    requirements=(
        Requirement("identity_proof", ("cn",), ("person",), date(2019, 1, 1), "award", TAX_LAW),
        Requirement("withholding_consent", ("cn",), ("person",), date(2019, 1, 1), "pay", TAX_LAW),
        Requirement(
            "registration",
            ("xa",),
            ("person", "organization"),
            date(2024, 1, 1),
            "award",
            "Trade Act, s. 3",
        ),
    ),
    price=task_price,
    income_kind="labor_remuneration",
)
