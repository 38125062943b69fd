"""What is no delivery: late, unproved, too much, before its time, or accepted by its deliverer."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.make.tasks import DEADLINE
from tests.stages.tasks.story import (
    FIRST,
    SECOND,
    again,
    given,
    handed_in,
    judged,
    posted,
    run,
    signed,
)
from vendorops.books.questions import NotAllowed
from vendorops.tables import TaskAssignment, WorkOrder
from vendorops.working.order_checks.task_orders import SignedAsItIs
from vendorops.working.revising import Change, propose_revision
from vendorops.working.tasks import BackDated
from vendorops.working.tasks.delivering import DeliveredLate, NoEvidence, NotDeliverable
from vendorops.working.tasks.engaging import NotTakeable

TOMORROW = make.AS_OF + timedelta(days=1)


class TestDelivering:
    @pytest.fixture
    def order(self, opener, freelancers) -> TaskAssignment:
        task = posted(opener, starts_on=TOMORROW.isoformat())
        return signed(opener, given(opener, task, freelancers[0]), FIRST)

    def test_an_order_takes_deliveries_of_its_days_and_amount_from_its_freelancer(
        self, opener, freelancers, order
    ):
        unsigned = given(opener, posted(opener), freelancers[1])
        with pytest.raises(NotDeliverable, match="offered"):
            handed_in(opener, unsigned, SECOND)
        for done_on, refusal in ((make.AS_OF, BackDated), (DEADLINE, NotDeliverable)):
            with pytest.raises(refusal):
                handed_in(opener, order, FIRST, as_of=TOMORROW, done_on=done_on)
        for quantity in ("300.0001", "0"):
            with pytest.raises(NotDeliverable, match="still to come"):
                handed_in(opener, order, FIRST, quantity, as_of=TOMORROW)
        with pytest.raises(NotTakeable, match="acts neither"):
            handed_in(opener, order, SECOND, as_of=TOMORROW)
        with pytest.raises(DeliveredLate, match="until 2026-11-20"):
            handed_in(opener, order, FIRST, as_of=date(2026, 11, 21))
        assert handed_in(opener, order, FIRST, as_of=DEADLINE).late_days == 0

    def test_no_revision_of_ours_changes_what_was_signed(self, opener, order):
        with opener(actor="lin.buyer")() as books, pytest.raises(SignedAsItIs):
            row = books.get(WorkOrder, order.work_order_id)
            propose_revision(books, row, Change("extend", TOMORROW, "more time", date(2027, 1, 1)))

    def test_a_delivery_without_proof_or_with_anothers_is_refused(
        self, opener, freelancers, order
    ):
        other = signed(opener, given(opener, posted(opener), freelancers[1]), SECOND)
        handed_in(opener, other, SECOND, files=[("photo.jpg", b"the same photo")])

        for files in ([], [("empty.txt", b"")], [("photo.jpg", b"the same photo")]):
            with pytest.raises(NoEvidence):
                handed_in(opener, order, FIRST, as_of=TOMORROW, files=files)
        twice = [("a.txt", b"one"), ("b.txt", b"one")]
        with pytest.raises(NoEvidence, match="twice"):
            handed_in(opener, order, FIRST, as_of=TOMORROW, files=twice)

    def test_who_delivered_does_not_accept(self, opener, order):
        handed_in(opener, order, "lin.buyer", as_of=TOMORROW)
        run(opener, TOMORROW)

        with pytest.raises(NotAllowed, match="took part"):
            make.reply(opener, "acceptance", "lin.buyer", as_of=TOMORROW)
        with pytest.raises(NotAllowed):
            make.reply(opener, "acceptance", FIRST, as_of=TOMORROW)

    def test_after_the_days_for_rework_nothing_is_taken(self, opener, order):
        handed_in(opener, order, FIRST, as_of=TOMORROW)
        run(opener, TOMORROW)
        judged(opener, "reject", as_of=TOMORROW)

        with pytest.raises(DeliveredLate):
            handed_in(opener, order, FIRST, as_of=TOMORROW + timedelta(days=15))
        run(opener, TOMORROW + timedelta(days=15))
        assert again(opener, order).status == "rejected"
