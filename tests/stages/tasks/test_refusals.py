"""What a task and its takers may not be: each refused by name."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.make.tasks import ADULT, DEADLINE
from tests.stages.tasks.story import (
    FIRST,
    SECOND,
    again,
    applied,
    given,
    posted,
    run,
)
from vendorops.books.questions import NotAllowed
from vendorops.documents.signing import offer_file
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.tables import Supplier, Task, TaskAssignment
from vendorops.working.order_checks.agreement import OutsideContract
from vendorops.working.order_checks.task_orders import AboveCap
from vendorops.working.tasks import BackDated, BadTask, VagueTask, assign
from vendorops.working.tasks.employees import load_employees
from vendorops.working.tasks.engaging import NoContract, NotTakeable, SlotsTaken, TakenTwice
from vendorops.working.tasks.people import OwnEmployee, TooMuchForOne, TooYoung

YESTERDAY, TOMORROW = (make.AS_OF + timedelta(days=days) for days in (-1, 1))
SEVENTEEN, EIGHTEEN = "110105200811050011", "110105200811040010"
"""Numbers of people born on 2008-11-05 and on 2008-11-04."""


def checked(number: str) -> str:
    """The number with the check digit that belongs to it."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
    return number[:17] + "10X98765432"[total % 11]


def given_to(opener, task, supplier_id):
    with opener(actor="lin.buyer")() as books:
        return assign(books, books.get(Task, task.id), books.get(Supplier, supplier_id))


def freelancer(opener, handle="han.mei", number=ADULT[:16] + "1X", **changed):
    with opener()() as books:
        return make.freelancer(books, handle, checked(number), **changed).supplier_id


WRONG = (
    (BackDated, {"starts_on": YESTERDAY.isoformat()}),
    (BackDated, {"deadline": YESTERDAY.isoformat()}),
    (VagueTask, {"title": "10月服务费"}),
    (VagueTask, {"title": "技术咨询服务"}),
    (VagueTask, {"title": "Consulting services"}),
    (VagueTask, {"title": "Other freelance work (2)"}),
    (VagueTask, {"brief": "照片 photos"}),
    (BadTask, {"price": "0"}),
    (BadTask, {"slots": "0"}),
    (BadTask, {"term": "task", "quantity": "3"}),
    (BadTask, {"buyer": "nobody"}),
    (Refused, {"price": "900000000", "quantity": "900"}),
)


@pytest.mark.usefixtures("freelancers")
class TestPosting:
    def test_what_cannot_be_posted_is_refused_by_name(self, opener):
        for refusal, changed in WRONG:
            with opener(actor="lin.buyer")() as books, pytest.raises(refusal):
                make.task(books, **changed)

    def test_only_our_own_people_post_tasks(self, opener):
        for who in (FIRST, "nobody.known"):
            with opener(actor=who)() as books, pytest.raises(BadTask, match="nobody of ours"):
                make.task(books)


class TestTaking:
    def test_a_task_has_no_more_slots_than_it_offers(self, opener, freelancers):
        task = posted(opener, slots="1")
        given(opener, task, freelancers[0])

        with pytest.raises(SlotsTaken):
            given_to(opener, task, freelancers[1])
        with pytest.raises(SlotsTaken):
            applied(opener, task, freelancers[1], SECOND)

    def test_nobody_applies_twice_or_has_two_slots(self, opener, freelancers):
        task = posted(opener, slots="3")
        applied(opener, task, freelancers[0], FIRST)
        given(opener, task, freelancers[1])

        with pytest.raises(TakenTwice):
            applied(opener, task, freelancers[0], FIRST)
        with pytest.raises(TakenTwice):
            given_to(opener, task, freelancers[1])

    def test_a_task_that_is_not_posted_or_is_over_is_nobodys(self, opener, freelancers):
        with opener(actor="lin.buyer")() as books:
            task = make.task(books)
        with pytest.raises(NotTakeable, match="not posted"):
            given_to(opener, task, freelancers[0])
        run(opener)
        late = opener(actor="lin.buyer", as_of=date(2026, 11, 21))
        with late() as books, pytest.raises(NotTakeable, match="delivered by"):
            assign(books, books.get(Task, task.id), books.get(Supplier, freelancers[0]))

    def test_nobody_applies_in_anothers_name(self, opener, freelancers):
        with pytest.raises(NotTakeable, match="acts neither"):
            applied(opener, posted(opener), freelancers[0], SECOND)

    def test_an_applicant_does_not_decide_on_his_own_application(self, opener, freelancers):
        applied(opener, posted(opener), freelancers[0], "lin.buyer")
        run(opener)

        with pytest.raises(NotAllowed, match="took part"):
            make.reply(opener, "task_application", "lin.buyer")

    @pytest.mark.usefixtures("freelancers")
    def test_without_a_fitting_contract_in_force_there_is_no_order(self, opener):
        task = posted(opener)

        for at, changed in enumerate(({"status": "signed"}, {"place": "xa"}, {"currency": "USD"})):
            of = freelancer(opener, f"no.{at}", f"11010519850101{at:03d}", **changed)
            with pytest.raises(NoContract):
                given_to(opener, task, of)

    @pytest.mark.usefixtures("freelancers")
    def test_a_company_is_no_freelancer(self, opener):
        with opener()() as books:
            agency = make.contract(books).supplier_id

        with pytest.raises(NoContract, match="not a freelancer"):
            given_to(opener, posted(opener), agency)

    @pytest.mark.usefixtures("freelancers")
    def test_orders_never_come_to_more_than_the_cap_of_the_contract(self, opener):
        of = freelancer(opener, cap_minor=299_999)
        given_to(opener, posted(opener), of)

        with pytest.raises(AboveCap, match=r"2999\.99 CNY, of which 1500\.00 CNY"):
            given_to(opener, posted(opener, key="another"), of)

    @pytest.mark.usefixtures("freelancers")
    def test_a_deadline_after_the_contracts_end_is_refused(self, opener):
        of = freelancer(opener, ends_on=DEADLINE)

        with pytest.raises(OutsideContract):
            given_to(opener, posted(opener), of)

    @pytest.mark.usefixtures("freelancers")
    def test_a_minor_takes_no_task_until_the_birthday(self, opener):
        young = freelancer(opener, "xiao.hua", SEVENTEEN)
        adult = freelancer(opener, "da.hua", EIGHTEEN)
        task = posted(opener)

        with pytest.raises(TooYoung, match=r"younger than 18.*Civil Code") as told:
            given_to(opener, task, young)
        assert "20081105" not in str(told.value)
        assert given_to(opener, task, adult).supplier_id == adult

    def test_our_own_employee_takes_no_task_until_employment_has_ended(self, opener, freelancers):
        rows = f"scheme,number,since,until\ncn_ric,{ADULT},2020-01-01,\n"
        with opener(actor="lin.buyer")() as books:
            assert vars(load_employees(books, rows.encode()))["entered"] == 1
        task = posted(opener)

        with pytest.raises(OwnEmployee, match="since 2020-01-01"):
            applied(opener, task, freelancers[0], FIRST)
        ended = rows.replace(",\n", f",{make.AS_OF}\n")
        with opener(actor="lin.buyer")() as books:
            assert vars(load_employees(books, ended.encode()))["ended"] == 1
            assert vars(load_employees(books, ended.encode()))["unchanged"] == 1
        assert given_to(opener, task, freelancers[0]).supplier_id == freelancers[0]

    def test_one_person_takes_so_many_tasks_a_month_and_no_more(self, opener, freelancers):
        with opener(actor="lin.buyer")() as books:
            small = [make.task(books, key=f"small {at}", quantity="10") for at in range(20)]
        sweep("tasks", opener(actor="system:tasks"))
        with opener(actor="lin.buyer")() as books:
            for each in small:
                assign(books, books.get(Task, each.id), books.get(Supplier, freelancers[0]))

        with pytest.raises(TooMuchForOne, match="20 tasks due in 2026-11"):
            given_to(opener, posted(opener), freelancers[0])
        december = posted(opener, deadline="2026-12-01")
        assert given_to(opener, december, freelancers[0]).supplier_id == freelancers[0]

    def test_one_person_takes_so_much_money_a_month_and_no_more(self, opener, freelancers):
        large = posted(opener, price="333.33", quantity="299")
        given_to(opener, large, freelancers[0])

        with pytest.raises(TooMuchForOne, match=r"above 100000\.00 CNY"):
            given_to(opener, posted(opener, quantity="67"), freelancers[0])
        fits = posted(opener, quantity="66")
        assert given_to(opener, fits, freelancers[0]).supplier_id == freelancers[0]


def test_a_paper_that_is_not_ours_signs_nothing(opener, freelancers):
    row = given(opener, posted(opener), freelancers[0])

    with opener(actor=FIRST)() as books:
        found = offer_file(books, books.get(TaskAssignment, row.id), b"%PDF-1.7 another")

    assert "does not begin with the file that we sent" in found[0].message
    assert again(opener, row).status == "offered"
