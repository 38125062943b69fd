"""Recruitment process outsourcing: a share of first-year pay or a fixed fee a hire, a retainer."""

from vendorops.domain.program import Performed, Program, Term, Values, agreed, share_of_basis

SHARES = ("placement_fee",)


def fee(work: Performed, values: Values, currency: str) -> int:
    """Price one placement or month: what was agreed for it, or its share of the first year's pay.

    A share is rounded half up to the minor unit. Steps by the number of hires on one sheet are
    tiers of the contract's rate; `values` has the one that was reached.

    >>> placed = Performed("placement_fee", 10_000, basis_minor=500_000_00)
    >>> fee(placed, {"placement_fee": 180_000}, "CNY")
    90000000000
    >>> fee(Performed("placement_fixed", 10_000), {"placement_fixed": 20_000_000_000}, "CNY")
    20000000000
    """
    value = agreed(values, work.term)
    if work.term not in SHARES:
        return value
    return share_of_basis(work, value, currency)


PROGRAM = Program(
    code="rpo",
    title="Recruitment process outsourcing",
    title_zh="招聘流程外包",
    supplier_kinds=("rpo",),
    work_kind="placement",
    terms=(
        Term("placement_fee", "share", "C62", "Share of first-year pay for each placement"),
        Term("placement_fixed", "price", "C62", "Fixed fee for each placement"),
        Term("retainer", "price", "MON", "Monthly retainer"),
    ),
    price=fee,
)
