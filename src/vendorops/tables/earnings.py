"""What people are paid by: the facts that were reported, and what they earned by a pay plan."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.tables.columns import Row, day, link, one_of, strict, text, whole

FACT_KINDS = (
    *("sale", "revenue", "refund", "cost", "deduction", "advance"),
    *("unit", "day", "project", "product", "withdrawn"),
)
LINE_KINDS = ("earned", "deduction", "advance")


class EarningFact(Row, table=True):
    """One reported sale, cost, unit …; never edited: a later one takes its place."""

    __table_args__ = strict(
        UniqueConstraint("contract_id", "key"),
        UniqueConstraint("replaces_id"),
        one_of("kind", FACT_KINDS),
        CheckConstraint("last >= first", name="days"),
        CheckConstraint("quantity_e4 >= 0 AND amount_minor >= 0", name="figures"),
        CheckConstraint(
            "(kind = 'withdrawn' AND quantity_e4 = 0 AND amount_minor = 0"
            " AND replaces_id IS NOT NULL)"
            " OR (kind <> 'withdrawn' AND (quantity_e4 = 0) <> (amount_minor = 0))",
            name="counted_or_amount",
        ),
    )
    witnessed: ClassVar[bool] = True

    contract_id: int = link("contract", led=True)
    key: str = text()
    """The reporter's own name for it."""
    kind: str = text()
    first: date = day()
    last: date = day()
    """The last of its days, with it."""
    code: str = text(default="")
    """What is counted, such as `hour`."""
    subject: str = text(default="")
    """The project or product it belongs to."""
    quantity_e4: int = whole(default=0)
    amount_minor: int = whole(default=0)
    replaces_id: int | None = link("earningfact", optional=True)
    """The fact in whose place it stands."""
    source_sha256: str = text()
    """The file as handed in."""
    reported_by: str = text()
    reported_on: date = day()


class EarnedLine(Row, table=True):
    """What a stretch of days earned, or what is taken off it, less what earlier lines said.

    Never edited: a line beyond the first corrects those before. What was earned becomes work on a
    sheet; what is taken back, taken off or given back becomes a credit memo.
    """

    __table_args__ = strict(
        UniqueConstraint("reference"),
        UniqueConstraint("agreed_term_id", "contract_id", "stretch", "kind", "number"),
        one_of("kind", LINE_KINDS),
        CheckConstraint("number > 0 AND due_minor >= 0 AND net_minor <> 0", name="figures"),
        CheckConstraint("number > 1 OR net_minor = due_minor", name="first"),
        CheckConstraint("ends_on >= starts_on", name="days"),
    )
    witnessed: ClassVar[bool] = True
    filled_later: ClassVar[frozenset[str]] = frozenset({"work_item_id"})

    reference: str = text()
    agreed_term_id: int = link("agreedterm", led=True)
    contract_id: int = link("contract")
    """Whose part it is: the contract of the term, or a broker's."""
    stretch: str = text()
    """Such as `2026-10`, `2026-W41`, `2026-10-05`, `P1 2026-10-20`."""
    starts_on: date = day()
    ends_on: date = day()
    """The last day of the stretch, with it."""
    kind: str = text()
    number: int = whole()
    newest_fact_id: int | None = link("earningfact", optional=True)
    """The newest fact that was known, if there was one."""
    entered_on: date = day()
    """The day on which it was calculated: stretches that were over by then."""
    contract_ended_on: date = day()
    """The first day that the contract did not cover, as it stood then."""
    due_minor: int = whole()
    """All that the stretch comes to for this kind and contract."""
    net_minor: int = whole()
    """This line: what is due less what stands of the lines before."""
    calculation: str = text()
    """The lines of the calculation with their formulas, as canonical JSON."""
    work_item_id: int | None = link("workitem", optional=True, unique=True)
    """The work it became, where it is to be paid."""
