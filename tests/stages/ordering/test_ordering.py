"""Orders are approved by another person, begin when their checklist is done, and end."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from tests import make
from vendorops.domain.measure import price_e6, quantity_e4
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.tables import ChecklistItem, OrderLine, Supplier, WorkItem, WorkOrder
from vendorops.tracing import broken, explain
from vendorops.working import Report, Reported, enter_sheet
from vendorops.working.order_checks.accepted import BelowAccepted
from vendorops.working.order_checks.agreement import OutsideContract
from vendorops.working.order_checks.standing import NotItsWorker
from vendorops.working.ordering import LineWanted, Wanted, lines_on, place_order
from vendorops.working.revising import Change, NotRevisable, propose_revision

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
HOUR = LineWanted("regular_hours", "time", "Sorting", price_e6("52.00"), price_e6("40.00"))


def wanted(**changed):
    usual: dict[str, Any] = {
        "form": "work_order",
        "title": "Sorting, night shift",
        "starts_on": NOVEMBER,
        "ends_on": date(2027, 3, 1),
        "budget_minor": 5_000_000,
        "lines": [HOUR],
    }
    return Wanted(**usual | changed)


@pytest.fixture
def contract(opener):
    with opener()() as books:
        make.people(books)
        return make.contract(books)


def placed(opener, contract, **changed):
    with opener(actor="lin.buyer")() as books:
        return place_order(books, contract, wanted(**changed))


def status(opener, order):
    with opener()() as books:
        return books.get(WorkOrder, order.id).status


def test_an_order_is_accepted_by_an_approver_begins_on_its_day_and_ends(opener, contract):
    order = placed(opener, contract, starts_on=DECEMBER)

    sweep("ordering", opener())
    make.reply(opener, "work_order", "wang.approver")
    sweep("ordering", opener())
    accepted = status(opener, order)
    sweep("ordering", opener(as_of=DECEMBER))
    active = status(opener, order)
    sweep("ordering", opener(as_of=date(2027, 3, 1)))

    assert (accepted, active, status(opener, order)) == ("accepted", "active", "closed")


def test_an_order_does_not_begin_before_its_checklist_is_done(opener, contract):
    item = {"badge": "Hand out the badge"}
    order = placed(opener, contract, starts_on=DECEMBER, start_items=item)
    sweep("ordering", opener())
    make.reply(opener, "work_order", "wang.approver")

    outcome = sweep("ordering", opener(as_of=DECEMBER))

    assert "still open: badge" in outcome.refused[0][1]
    with opener(as_of=DECEMBER)() as books:
        make.reach(books, make.only(books, ChecklistItem, work_order_id=order.id), "done")
    sweep("ordering", opener(as_of=DECEMBER))
    assert status(opener, order) == "active"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"ends_on": date(2030, 1, 1)}, OutsideContract),
        ({"budget_minor": 100_000_001}, OutsideContract),
        ({"lines": []}, OutsideContract),
        ({"lines": [LineWanted("moonlight", "time", "?", 1)]}, Refused),
        ({"form": "wish"}, Refused),
        ({"starts_on": DECEMBER, "ends_on": DECEMBER}, Refused),
        ({"lines": [LineWanted("regular_hours", "no_cost", "free", 1)]}, Refused),
    ],
)
def test_what_the_contract_does_not_cover_is_refused_and_leaves_nothing(
    opener, contract, changed, why
):
    with pytest.raises(why):
        placed(opener, contract, **changed)

    with opener()() as books:
        assert not books.session.exec(select(WorkOrder)).all()


def test_the_worker_of_another_supplier_cannot_be_ordered(opener, contract):
    with opener()() as books:
        stranger = make.worker(books, make.supplier(books))

    with pytest.raises(NotItsWorker, match="one of its people"):
        placed(opener, contract, worker_id=stranger.id)


def may_work(books, contract):
    make.person(books, "he.hengxin")
    make.licensed(books, books.get(Supplier, contract.supplier_id), contract.program)


def reported(books, contract, line, day, hours="8"):
    work = [Reported("regular_hours", "Sorting", day, quantity_e4(hours), 0, line.id)]
    said = f"{day} {hours} {line.id}".encode()
    return enter_sheet(books, contract, Report(f"{day:%Y-%m}", "he.hengxin", work, said))


def test_work_is_priced_by_its_order_and_overtime_follows_from_it(opener, contract):
    with opener(as_of=DECEMBER)() as books:
        may_work(books, contract)
        order = make.work_order(books, contract)
        line = make.only(books, OrderLine, work_order_id=order.id)
        work = [
            Reported("regular_hours", "day", NOVEMBER, quantity_e4("8"), 0, line.id),
            Reported("overtime_hours", "late", NOVEMBER, quantity_e4("2"), 0, line.id),
            Reported("regular_hours", "under the contract", NOVEMBER, quantity_e4("8")),
        ]
        sheet = enter_sheet(books, contract, Report("2026-11", "he.hengxin", work, b"week"))

        prices = [item.price_e6 for item in make.items_of(books, sheet)]

    assert prices == [price_e6("52.00"), price_e6("78.00"), price_e6("46.50")]


def revise(opener, order, as_of=NOVEMBER, **change):
    with opener(as_of=as_of, actor="lin.buyer")() as books:
        return propose_revision(books, books.get(WorkOrder, order.id), Change(**change))


@pytest.fixture
def active(opener, contract):
    with opener()() as books:
        return make.work_order(books, contract)


def test_a_re_rate_holds_from_its_day_and_leaves_the_price_before(opener, active):
    dearer = LineWanted("regular_hours", "time", "Sorting", price_e6("55.00"), number=1)
    revise(opener, active, kind="re_rate", valid_from=DECEMBER, reason="agreed", lines=[dearer])

    sweep("order_revisions", opener(as_of=NOVEMBER))
    make.reply(opener, "order_revision", "wang.approver", as_of=NOVEMBER)
    sweep("order_revisions", opener(as_of=NOVEMBER))

    with opener()() as books:
        order = books.get(WorkOrder, active.id)
        before, after = (lines_on(books, order, day)[1] for day in (NOVEMBER, DECEMBER))
        assert (before.price_e6, after.price_e6) == (price_e6("52.00"), price_e6("55.00"))
        assert order.revision == 1


def test_a_proposal_alone_changes_nothing_and_its_proposer_cannot_approve_it(opener, active):
    revise(
        opener, active, kind="change", valid_from=NOVEMBER, reason="more", budget_minor=10**7 + 1
    )
    sweep("order_revisions", opener(as_of=NOVEMBER))

    with opener()() as books:
        assert books.get(WorkOrder, active.id).budget_minor == 10**7
        make.grant(books, "lin.buyer", "approver")
    with pytest.raises(Refused, match="lin"):
        make.reply(opener, "change_order", "lin.buyer", as_of=NOVEMBER)


def accepted_work(opener, contract, order):
    with opener(as_of=DECEMBER)() as books:
        may_work(books, contract)
        line = make.only(books, OrderLine, work_order_id=order.id)
        sheet = reported(books, contract, line, date(2026, 11, 20), "100")
        make.accept(books, sheet)


@pytest.mark.parametrize(
    "change",
    [
        {"budget_minor": Money.parse("5199.99", "CNY").minor},
        {"ends_on": date(2026, 11, 20)},
        {
            "lines": [
                LineWanted("regular_hours", "time", "x", 1, most_e4=quantity_e4("99"), number=1)
            ]
        },
    ],
)
def test_a_change_below_what_was_accepted_is_refused(opener, contract, active, change):
    accepted_work(opener, contract, active)

    with pytest.raises(BelowAccepted):
        revise(
            opener,
            active,
            as_of=DECEMBER,
            kind="change",
            valid_from=DECEMBER,
            reason="less",
            **change,
        )

    with opener()() as books:
        assert books.get(WorkOrder, active.id).revision == 0


def test_two_changes_are_not_open_at_once_and_nothing_is_no_change(opener, active):
    same = {"kind": "extend", "valid_from": NOVEMBER, "reason": "none"}
    with pytest.raises(NotRevisable, match="would stay as it is"):
        revise(opener, active, **same)
    revise(opener, active, **same, budget_minor=10**7 + 1)

    with pytest.raises(NotRevisable, match="still open"):
        revise(opener, active, **same, budget_minor=10**7 + 2)


def test_accepted_work_under_an_order_is_explained_by_its_order(opener, contract, active):
    accepted_work(opener, contract, active)
    with opener(as_of=DECEMBER)() as books:
        item = make.only(books, WorkItem, contract_id=contract.id)
        tree = explain(books, item.reference)

    assert [part.kind for part in tree.parts] == ["acceptance", "order", "contract"]
    assert not broken(tree)
