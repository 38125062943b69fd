from datetime import date

from sqlmodel import select

from tests import make
from tests.stages.contracting.bound import SIGNERS, contract_of, decide, in_force
from tests.stages.onboarding.applying import counted, run
from vendorops.documents import facts_of
from vendorops.documents.ending import End, terminate
from vendorops.tables import Amendment, Contract, Decision

EARLY, WATCHED = date(2027, 8, 1), date(2027, 8, 2)
LAST, END = date(2027, 9, 30), date(2027, 10, 1)


def test_a_buyer_is_asked_sixty_days_before_a_contract_ends_and_not_earlier(opener):
    in_force(opener)
    assert run(opener, "expiry", as_of=EARLY).waiting == []

    assert run(opener, "expiry", as_of=WATCHED).waiting == ["CON-2026-000001"]
    with opener()() as books:
        asked = make.only(books, Decision, kind="renewal")
        assert "ends after 2027-09-30" in asked.question
        assert "until 2028-09-30" in asked.question


def test_a_renewal_becomes_an_amendment_that_moves_the_end(opener):
    in_force(opener)
    decide(opener, "expiry", "renewal", "lin.buyer", day=WATCHED)
    with opener()() as books:
        row = make.only(books, Amendment)
        assert (row.valid_from, row.status) == (LAST, "draft")
        assert facts_of(row.facts).ends_on == date(2028, 10, 1)
    decide(opener, "amendments", "amendment", "wang.approver", day=WATCHED)
    decide(opener, "amendments", "signature", SIGNERS["bpo"], day=WATCHED)

    for day in (LAST, END):
        for stage in ("amendments", "expiry"):
            run(opener, stage, as_of=day)

    contract = contract_of(opener)
    assert (contract.status, contract.ends_on) == ("effective", date(2028, 10, 1))


def test_a_contract_nobody_renews_lapses_on_its_day(opener):
    in_force(opener)
    decide(opener, "expiry", "renewal", "lin.buyer", "reject", day=WATCHED)

    run(opener, "expiry", as_of=LAST)
    assert contract_of(opener).status == "effective"
    run(opener, "expiry", as_of=END)
    assert contract_of(opener).status == "expired"


def test_a_question_nobody_answered_is_taken_back_when_the_contract_has_ended(opener):
    in_force(opener)
    run(opener, "expiry", as_of=WATCHED)

    run(opener, "expiry", as_of=END)

    assert contract_of(opener).status == "expired"
    with opener()() as books:
        assert make.only(books, Decision, kind="renewal").status == "void"


def test_what_was_decided_is_decided_and_doubled_runs_change_nothing(opener):
    in_force(opener)
    decide(opener, "expiry", "renewal", "lin.buyer", day=WATCHED)
    before = counted(opener)

    for day in (WATCHED, date(2027, 8, 20)):
        run(opener, "expiry", as_of=day)

    assert counted(opener) == before


def test_a_contract_that_is_being_ended_is_not_offered_for_renewal(opener):
    in_force(opener)
    day = date(2027, 7, 1)
    with opener(actor="lin.buyer", as_of=day)() as books:
        terminate(books, make.only(books, Contract), End("notice", "r", date(2027, 8, 20)))
    decide(opener, "terminations", "termination", "wang.approver", day=day)

    assert run(opener, "expiry", as_of=WATCHED).waiting == []
    with opener()() as books:
        assert books.session.exec(select(Decision).filter_by(kind="renewal")).all() == []
