"""How far budgets are used, from what was agreed at first to what was paid."""

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import claim, paid, settled
from tests.working.costed import FIRST, costed, sealed_of, shared
from vendorops.domain.money import Money
from vendorops.tables import Contract, CostCentre, OrderLine, OrderRevision, Settlement, WorkOrder
from vendorops.working.burning_down import FIGURES, burn_down


@pytest.fixture
def contract(opener):
    """A contract, our company, and three cost centres."""
    with opener()() as books:
        return costed(books)


def figures(books, reference):
    return {
        one.reference: {name: one.figures[name].minor for name in FIGURES}
        for one in burn_down(books, reference)
    }


def test_a_budget_is_told_from_what_was_agreed_to_what_was_paid(opener, contract):
    with opener()() as books:
        contract = books.get(Contract, contract.id)
        order = make.work_order(books, contract, "46.50", budget_minor=300_000)
        line = make.only(books, OrderLine, work_order_id=order.id)
        sheet = make.service_sheet(
            books,
            contract,
            [make.done("10", claimed="10"), make.done("10", order_line_id=line.id, claimed="10")],
        )
        more = make.service_sheet(books, contract, [make.done("20", order_line_id=line.id)])
        sealed_of(books, contract, make.items_of(books, sheet))
        assert make.items_of(books, more)

        found = figures(books, contract.reference)

        cap = 100_000_000
        assert found[contract.reference] == {
            "original": cap,
            "approved": cap,
            "committed": 300_000 + 46_500,
            "accepted": 4 * 46_500,
            "invoiced": 2 * 46_500,
            "settled": 2 * 46_500,
            "paid": 0,
        }
        assert found[order.reference] == {
            "original": 300_000,
            "approved": 300_000,
            "committed": 300_000,
            "accepted": 3 * 46_500,
            "invoiced": 46_500,
            "settled": 46_500,
            "paid": 0,
        }
        assert figures(books, order.reference)[order.reference] == found[order.reference]
        order.budget_minor += 1_000
        make.put(books, OrderRevision, revision(order), {"status": "applied"})
        assert figures(books, order.reference)[order.reference]["original"] == 300_000
        books.get(WorkOrder, order.id)
        make.reach(books, order, "closed")
        assert figures(books, order.reference)[order.reference]["committed"] == 3 * 46_500


def revision(order):
    return {
        "reference": f"{order.reference}/R1",
        "work_order_id": order.id,
        "number": 1,
        "kind": "change",
        "valid_from": FIRST,
        "delta_minor": 1_000,
        "before": "{}",
        "after": "{}",
        "reason": "more",
        "proposed_by": "lin.buyer",
        "proposed_on": FIRST,
    }


def test_what_was_sent_to_the_bank_is_paid(opener, contract):
    with opener()() as books:
        shared(books, contract, {"A": 250_000, "B": 750_000})
        claim(books, contract, ("40", "46.50"))
    settled(opener)
    paid(opener)

    with opener()() as books:
        found = figures(books, contract.reference)[contract.reference]
        mine = figures(books, "A")["A"]
        assert make.only(books, Settlement).status == "sealed"
        assert (found["settled"], found["paid"]) == (186_000, 186_000)
        assert {name: minor * 4 for name, minor in mine.items()} == found
        assert broken(books) == []
        assert make.only(books, CostCentre, code="A").name == "Department A"
        assert burn_down(books, "A")[0].left == Money((100_000_000 - 186_000) // 4, "CNY")
