"""What invariants ask grows with the rows there are, not with rows times rows."""

from sqlalchemy import text

from vendorops.invariants.budgets import CONTRACT_SUMS


def test_settlements_are_added_up_once_for_all_contracts_and_not_for_each(opener):
    with opener()() as books:
        plan = books.session.execute(text(f"EXPLAIN QUERY PLAN {CONTRACT_SUMS}")).all()

    steps = [row[3] for row in plan]
    walked = next(at for at, step in enumerate(steps) if step.startswith("SEARCH s USING"))
    assert walked < steps.index("SCAN c")
