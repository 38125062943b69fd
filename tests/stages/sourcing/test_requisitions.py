"""A requisition is opened whole or refused, approved by somebody else, and closed in the end."""

import pytest

from tests.stages.sourcing.line import Refusals, asked, form
from vendorops.books import Answer, NotInTheBooks, answer, waiting
from vendorops.books.qualifying import NotQualified
from vendorops.books.questions import NotAllowed
from vendorops.books.standing import SupplierStopped
from vendorops.domain.lifecycle import QualificationStatus, RequisitionStatus, SupplierStatus
from vendorops.domain.refusal import Refused
from vendorops.registry import Unknown
from vendorops.roles import UnknownRole
from vendorops.tables import Distribution, Qualification, Requisition, Supplier
from vendorops.working import sourcing
from vendorops.working.sourcing.fitness import NotContracted
from vendorops.working.sourcing.opening import NotOpenable
from vendorops.working.sourcing.rights import NotTheirs

PAY = {"kind": "salary", "unit": "year", "currency": "CNY", "budget": "240000.00"}
ONE = {"contract": "CON-2026-000001"}


def open_(line, who="lin.buyer", **changed):
    with line.books(who) as books:
        return sourcing.open_requisition(books, form(asked(**changed))).reference


def test_a_requisition_is_put_up_for_approval_and_approved_by_somebody_else(line):
    reference = open_(line)

    outcome = line.run("requisitions")["requisitions"]

    assert outcome.waiting == [reference]
    assert line.status(reference) == "pending_approval"
    line.wait(hours=3)
    line.reply("requisition")
    line.run("requisitions")
    row = line.seen(Requisition, reference)
    assert (row.status, row.approved_by, row.approved_at) == (
        "approved",
        "wang.approver",
        line.now,
    )


def test_the_question_tells_what_all_positions_may_cost(line):
    open_(line, pay=PAY | {"unit": "month", "budget": "15000.00", "units": "6.5"})
    line.run("requisitions")

    with line.books("reader") as books:
        (question,) = waiting(books)
    assert question.amount_minor == 2 * 6.5 * 15_000_00  # Positions, months, fen a month.
    assert "2 x Live anchor (host) 主播" in question.question


@pytest.mark.parametrize("who", ["lin.buyer", "wang.approver"])
def test_neither_who_opened_nor_who_wants_it_may_approve_it(line, who):
    open_(line, requested_by="wang.approver")
    line.run("requisitions")

    with pytest.raises(NotAllowed, match="took part in REQ-2026-000001"):
        line.reply("requisition", who)


def test_a_rejected_requisition_is_cancelled_with_all_it_was_to_go_to(line):
    reference = open_(line)
    line.run("requisitions")
    line.reply("requisition", says="reject")

    line.run()

    row = line.seen(Requisition, reference)
    assert row.status == "cancelled"
    assert row.ended_because == "DEC-2026-000001 reject by wang.approver"
    assert line.seen(Distribution, "DIS-2026-000001").status == "cancelled"


def test_more_suppliers_than_were_approved_are_asked_about_anew(line):
    reference = open_(line, suppliers=[ONE])
    line.run("requisitions")
    with line.books() as books:
        more = form({"suppliers": [{"contract": "CON-2026-000002", "tier": "2"}]})
        sourcing.distribute(books, reference, more)

    line.run("requisitions")

    with line.books("wang.approver") as books:
        (question,) = waiting(books)
        assert "through 2 suppliers" in question.question
        answer(books, Answer(question.reference, "approve", "seen both", {}))
    line.run("requisitions")
    assert line.status(reference) == "approved"


REFUSED: Refusals = {
    "deadline: 2026-11-03 is past": (NotOpenable, {"deadline": "2026-11-03"}),
    "lies before the deadline": (NotOpenable, {"starts_on": "2026-11-19"}),
    "positions: must be above nothing": (NotOpenable, {"positions": "0"}),
    "pay, budget: must be above nothing": (NotOpenable, {"pay": PAY | {"budget": "0"}}),
    "check budget and units": (
        NotOpenable,
        {"positions": "9999", "pay": PAY | {"budget": "9000000000.00", "units": "9999"}},
    ),
    "the catalogue has no '2.3.99'": (UnknownRole, {"role": "2.3.99"}),
    "programs knows no 'magic'": (Unknown, {"program": "magic"}),
    "none of our companies is known as 'YH'": (NotOpenable, {"legal_entity": "YH"}),
    "nobody is known as 'no.body'": (NotTheirs, {"requested_by": "no.body"}),
    "he.hengxin belongs to a supplier": (NotTheirs, {"requested_by": "he.hengxin"}),
    "goes to SUP-2026-000001 already": (NotOpenable, {"suppliers": [ONE, ONE]}),
    "there is no Contract": (NotInTheBooks, {"suppliers": [{"contract": "CON-2026-000009"}]}),
    "gates knows no 'looks'": (Unknown, {"suppliers": [ONE | {"gate": "looks"}]}),
    "is of another contract": (
        NotOpenable,
        {"contract": "CON-2026-000002", "suppliers": [ONE]},
    ),
    "of the same program": (NotContracted, {"program": "staffing"}),
    "USD": (NotContracted, {"pay": PAY | {"currency": "USD"}}),
    "wanted from 2027-10-01 on": (NotContracted, {"starts_on": "2027-10-01"}),
}


def test_a_requisition_that_cannot_be_is_refused_whole_and_says_why(line):
    for sentence, (refusal, changed) in REFUSED.items():
        with pytest.raises(refusal) as told:
            open_(line, **changed)
        assert sentence in str(told.value)

    with pytest.raises(NotInTheBooks):
        line.status("REQ-2026-000001")


def test_a_supplier_that_was_stopped_or_is_no_longer_qualified_is_not_asked(line):
    with line.books("system:test") as books:
        stopped = books.named(Supplier, "SUP-2026-000001")
        books.move(stopped, SupplierStatus.SUSPENDED, because="as the test wants it")
        case = books.named(Qualification, "QUA-2026-000002")
        books.move(case, QualificationStatus.EXPIRED, because="as the test wants it")

    with pytest.raises(SupplierStopped, match="SUP-2026-000001 is suspended"):
        open_(line, suppliers=[ONE])
    with pytest.raises(NotQualified, match="QUA-2026-000002 held until None"):
        open_(line, suppliers=[{"contract": "CON-2026-000002"}])


def test_only_a_buyer_of_ours_opens_and_stops_requisitions(line):
    reference = open_(line)

    for who in ("he.hengxin", "zhao.finance", "no.body"):
        with pytest.raises(NotTheirs, match="holds no role of a buyer"):
            open_(line, who)
        with line.books(who) as books, pytest.raises(NotTheirs, match="may not cancel"):
            sourcing.stop(books, reference, RequisitionStatus.CANCELLED, "no longer")


def test_a_requisition_closes_after_its_deadline_once_nobody_is_left_to_decide_on(line):
    reference = line.open()
    found = line.submit("he.hengxin")
    line.wait(days=17)

    line.run()

    assert line.status(reference) == "in_progress"
    with line.books() as books:
        sourcing.reject(books, found, "too far away")
    line.run()
    row = line.seen(Requisition, reference)
    assert (row.status, row.ended_at) == ("closed", line.now)
    assert row.ended_because == "its deadline 2026-11-20 passed; 0 of 2 positions taken"


def test_what_has_ended_is_not_ended_again(line):
    reference = line.open()
    with line.books() as books:
        sourcing.stop(books, reference, RequisitionStatus.CANCELLED, "the shop closes")

    with line.books() as books, pytest.raises(Refused, match=r"cancelled \(the shop closes\)"):
        sourcing.stop(books, reference, RequisitionStatus.CLOSED, "again")
