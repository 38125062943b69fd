"""Whatever is accepted when, the lines of a term come to what a plain count of the work does."""

from datetime import date
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from tests.make import agreed_term, contract, done, rows_of, service_sheet, supplier
from tests.make.parties import party
from vendorops.domain.adjustments import AdjustmentFacts, Step
from vendorops.stages import adjustments
from vendorops.tables import AdjustmentLine, CreditMemo

EXAMPLES = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
STARTS, ENDS = date(2026, 1, 1), date(2027, 7, 1)
LAST = 6
WORK = st.lists(
    st.tuples(st.integers(1, LAST), st.integers(1, 400_000), st.integers(0, 90_000_000)),
    min_size=1,
    max_size=8,
)
"""Month, quantity and price of sheets, in the order in which they are accepted."""


@st.composite
def terms(draw):
    begins = sorted(draw(st.sets(st.integers(0, 600_000), min_size=1, max_size=3)))
    shares = sorted(draw(st.lists(st.integers(0, 10**6), min_size=3, max_size=3)))
    steps = tuple(Step(*pair) for pair in zip(begins, shares, strict=False))
    kind, months = draw(st.sampled_from([("volume", 1), ("volume", 3), ("rebate", 3)]))
    manner = draw(st.sampled_from(["marginal", "whole"]))
    return AdjustmentFacts(kind, months, "amount", manner, steps)


def half_up(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2))


def counted(facts: AdjustmentFacts, work: list[tuple[int, int, int]]) -> dict[str, int]:
    """What is due by month, in cents of CNY, by sums over the work itself."""
    amounts = dict.fromkeys(range(-3, LAST + 1), 0)
    for month, quantity, price in work:
        amounts[month] += half_up(Fraction(quantity * price, 10**8))
    found = {}
    for month in range(1, LAST + 1):
        first = month - facts.months + 1
        if facts.kind == "rebate" and (month % 3 or first < 1):
            continue
        stretch = sum(amounts[at] for at in range(first, month + 1))
        own = stretch if facts.kind == "rebate" else amounts[month]
        if facts.manner == "marginal":
            due = of_stretch(facts, stretch) - of_stretch(facts, stretch - own)
        elif facts.kind == "rebate":
            due = own * reached(facts, stretch)
        else:
            later = range(month, min(month + facts.months - 1, LAST) + 1)
            windows = [
                sum(amounts[at] for at in range(last - facts.months + 1, last + 1))
                for last in later
            ]
            due = own * reached(facts, max(windows))
        found[f"2026-{month:02d}"] = half_up(due)
    return {month: due for month, due in found.items() if due}


def reached(facts: AdjustmentFacts, volume: int) -> Fraction:
    return max(
        (Fraction(step.share_e6, 10**6) for step in facts.steps if step.from_value <= volume),
        default=Fraction(0),
    )


def of_stretch(facts: AdjustmentFacts, volume: int) -> Fraction:
    """All that a volume from nothing on earns, each step above the last for what lies beyond."""
    earned, before = Fraction(0), 0
    for step in facts.steps:
        more = Fraction(step.share_e6 - before, 10**6)
        earned += more * max(volume - step.from_value, 0)
        before = step.share_e6
    return earned


@EXAMPLES
@given(terms(), WORK, st.sets(st.integers(0, 7)))
def test_lines_come_to_what_counting_the_work_does_in_whatever_order_it_is_accepted(
    opener, facts, work, runs
):
    with opener(as_of=date(2026, 7, 4))() as books:
        of = contract(books, supplier(books, party(books)), starts_on=STARTS, ends_on=ENDS)
        term = agreed_term(books, of, facts)
        for at, (month, quantity, price) in enumerate(work):
            item = done(
                quantity_e4=quantity,
                accepted_e4=quantity,
                price_e6=price,
                performed_on=date(2026, month, 9),
            )
            service_sheet(books, of, [item], month=f"2026-{month:02d}")
            if at in runs:
                adjustments.advance(books, term.id)
        adjustments.advance(books, term.id)
        adjustments.advance(books, term.id)

        lines = [row for row in rows_of(books, AdjustmentLine) if row.agreed_term_id == term.id]
        entered: dict[str, int] = {}
        for line in lines:
            entered[line.month] = entered.get(line.month, 0) + line.net_minor
        assert entered == counted(facts, work)
        memos = books.session.exec(select(CreditMemo).filter_by(contract_id=of.id)).all()
        assert sum(memo.net_minor for memo in memos) == sum(entered.values())
