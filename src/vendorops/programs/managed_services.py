"""Managed services: a provider runs a function for us at a monthly fee, by capacity and ticket."""

from vendorops.domain.program import Performed, Program, Term, Values, agreed, share_of_basis


def service_price(work: Performed, values: Values, currency: str) -> int:
    """Price one unit: as agreed, or the agreed share of the spend that was managed.

    >>> managed = Performed("managed_spend", 10_000, basis_minor=200_000_00)
    >>> service_price(managed, {"managed_spend": 15_000}, "CNY")
    3000000000
    """
    value = agreed(values, work.term)
    if work.term != "managed_spend":
        return value
    return share_of_basis(work, value, currency)


PROGRAM = Program(
    code="managed_services",
    title="Managed services",
    title_zh="托管服务",
    supplier_kinds=("msp",),
    work_kind="volume",
    terms=(
        Term("monthly_fee", "price", "MON", "Function run for a month"),
        Term("capacity_month", "price", "MON", "Full-time capacity kept ready for a month"),
        Term("ticket", "price", "C62", "Ticket closed within its time"),
        Term("managed_spend", "share", "C62", "Share of the spend managed for us"),
    ),
    price=service_price,
)
