"""A requisition reaches suppliers tier by tier, each after its hours and if its gate lets it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from sqlmodel import select

from tests import make
from tests.stages.sourcing.line import asked, both_at_once, form
from vendorops.domain.lifecycle import SupplierStatus
from vendorops.stages.distribution import ready
from vendorops.tables import Distribution, Requisition, Supplier
from vendorops.working import sourcing
from vendorops.working.sourcing.rights import NotTheirs
from vendorops.working.sourcing.states import TooLate

FIRST, SECOND = "DIS-2026-000001", "DIS-2026-000002"


def states(line):
    with line.books("reader") as books:
        rows = books.session.exec(select(Distribution).order_by(Distribution.reference))
        return [row.status for row in rows]


def test_the_first_tier_goes_at_once_and_the_second_when_its_hours_have_passed(line):
    reference = line.open()

    assert states(line) == ["released", "scheduled"]
    assert line.status(reference) == "distributed"
    line.wait(hours=25, minutes=59)
    line.run("distribution")
    assert states(line) == ["released", "scheduled"]
    line.wait(minutes=1)
    line.run("distribution")
    assert states(line) == ["released", "released"]
    assert line.seen(Distribution, SECOND).released_at == line.now


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    hours=strategies.integers(0, 60),
    days=strategies.integers(0, 3),
    waited=strategies.integers(0, 140),
)
def test_whatever_the_offset_nothing_is_released_before_it_and_all_after_it(
    line, hours, days, waited
):
    with line.books() as books:
        row = make.requisition(books, status="approved", approved_at=line.now)
        under = make.contract(
            books, make.supplier(books, make.party(books)), terms=(), program="rpo"
        )
        plan = {
            "offset_hours": hours + 24 * days,
            "released_at": None,
            "status": "scheduled",
        }
        sent = make.distribution(books, row, under, **plan).reference
    began = line.now
    line.wait(hours=waited)

    line.run("distribution")

    assert (line.seen(Distribution, sent).status == "released") == (waited >= hours + 24 * days)
    line.now = began


def test_a_business_day_given_ahead_of_the_clock_shortens_no_hours(line):
    line.open()

    with line.books("system:distribution") as books:
        ahead = replace(books, as_of=date(2026, 11, 19))
        assert ready(ahead) == []


def test_a_gate_strikes_off_who_does_not_reach_it_and_says_why(line):
    line.open(
        suppliers=[
            {"contract": "CON-2026-000001", "gate": "standing", "gate_minimum": "2"},
            {"contract": "CON-2026-000002", "gate": "standing", "gate_minimum": "1"},
        ]
    )

    assert states(line) == ["cancelled", "released"]
    assert line.seen(Distribution, FIRST).ended_because == (
        "SUP-2026-000001 is qualified, of rank 1; 2 is asked"
    )


def test_a_supplier_stopped_since_the_plan_is_struck_off(line):
    with line.books() as books:
        sourcing.open_requisition(books, form(asked(**both_at_once())))
    line.run("requisitions")
    line.reply("requisition")
    with line.books("system:test") as books:
        supplier = books.named(Supplier, "SUP-2026-000001")
        books.move(supplier, SupplierStatus.SUSPENDED, because="as the test wants it")

    line.run()

    assert states(line) == ["cancelled", "released"]
    assert "is suspended" in line.seen(Distribution, FIRST).ended_because


def test_who_was_struck_off_may_be_asked_anew(line):
    gated = {"contract": "CON-2026-000001", "gate": "standing", "gate_minimum": "2"}
    reference = line.open(suppliers=[gated])

    with line.books() as books:
        again = form({"suppliers": [{"contract": "CON-2026-000001"}]})
        sourcing.distribute(books, reference, again)
    line.run("distribution")

    assert states(line) == ["cancelled", "released"]


def test_a_supplier_sees_a_requisition_and_declines_it_with_a_reason(line):
    reference = line.open()
    supplier = "SUP-2026-000001"
    line.wait(hours=2)
    with line.books("he.hengxin") as books:
        sourcing.view(books, reference, supplier)
        sourcing.view(books, reference, supplier)
    seen = line.now
    line.wait(hours=2)

    with line.books("he.hengxin") as books:
        sourcing.decline_requisition(books, reference, supplier, "no anchors in winter")

    row = line.seen(Distribution, FIRST)
    assert (row.viewed_at, row.declined_at, row.answered_by) == (seen, line.now, "he.hengxin")
    assert (row.status, row.ended_because) == ("declined", "no anchors in winter")
    with line.books("he.hengxin") as books, pytest.raises(TooLate, match="is declined"):
        sourcing.decline_requisition(books, reference, supplier, "still none")


def test_nobody_sees_what_is_not_released_to_his_supplier(line):
    reference = line.open()

    with line.books("mo.morgen") as books, pytest.raises(TooLate, match="or not yet"):
        sourcing.view(books, reference, "SUP-2026-000002")
    with line.books("mo.morgen") as books, pytest.raises(NotTheirs, match="neither belongs"):
        sourcing.view(books, reference, "SUP-2026-000001")


def test_a_requisition_is_sent_to_nobody_after_its_deadline(line):
    reference = line.open(suppliers=[{"contract": "CON-2026-000001", "days": "30"}])
    line.wait(days=31)

    line.run()

    assert states(line) == ["cancelled"]
    assert line.seen(Requisition, reference).distributed_at is None
    assert line.status(reference) == "closed"
