from datetime import date

import pytest
from sqlmodel import select

from tests import make
from tests.stages.contracting.bound import SIGNERS, contract_of, decide, in_force, sent
from tests.stages.onboarding.applying import run
from vendorops.books.questions import NotAllowed
from vendorops.documents import kept, pdf_facts
from vendorops.documents.amending import NotAmendable, propose
from vendorops.documents.ending import End, NotTerminable, terminate
from vendorops.stages.acceptance import submit
from vendorops.tables import Contract, Decision, Effect, Termination
from vendorops.working import NotSubmittable

DAY, LAST = date(2026, 10, 9), date(2026, 11, 8)
NEXT = date(2026, 11, 9)
NOTICE = End("notice", "the project is over")


def ask(opener, end=NOTICE, who="lin.buyer", day=DAY):
    with opener(actor=who, as_of=day)() as books:
        return terminate(books, make.only(books, Contract), end)


def termination(opener) -> Termination:
    with opener()() as books:
        return make.only(books, Termination)


def test_notice_ends_a_contract_after_the_days_it_states(opener):
    in_force(opener)
    row = ask(opener)
    assert row.ends_on == NEXT
    decide(opener, "terminations", "termination", "wang.approver", day=DAY)

    run(opener, "terminations", as_of=LAST)
    assert (contract_of(opener).status, termination(opener).status) == ("effective", "approved")
    run(opener, "terminations", as_of=NEXT)
    assert (contract_of(opener).status, termination(opener).status) == ("terminated", "effective")


def test_the_notice_is_set_and_promised_to_the_outgoing_folder(opener, settings):
    in_force(opener)
    row = ask(opener)
    decide(opener, "terminations", "termination", "wang.approver", day=DAY)
    run(opener, "delivery", as_of=DAY)

    with opener()() as books:
        text = pdf_facts(kept(books, termination(opener).document_sha256)).text
        assert make.only(books, Effect).status == "done"
    for wanted in ("CON-2026-000001", "8 November 2026", "the project is over"):
        assert wanted in text
    (laid_out,) = settings.outgoing.glob(f"{row.reference}-*.pdf")
    assert laid_out.stat().st_size


def test_who_wants_the_end_does_not_approve_it(opener):
    in_force(opener)
    ask(opener, who="wang.approver")
    run(opener, "terminations", as_of=DAY)

    with pytest.raises(NotAllowed, match="took part"):
        make.reply(opener, "termination", "wang.approver", as_of=DAY)


def test_a_rejected_end_leaves_the_contract_in_force_and_another_may_be_proposed(opener):
    before = in_force(opener)
    ask(opener)
    decide(opener, "terminations", "termination", "wang.approver", "reject", day=DAY)

    assert termination(opener).status == "rejected"
    assert contract_of(opener).ends_on == before.ends_on
    assert ask(opener).reference == "END-2026-000002"


def test_both_sides_agree_to_a_mutual_end(opener):
    in_force(opener)
    ask(opener, End("mutual", "both want it", date(2026, 10, 15)))
    decide(opener, "terminations", "termination", "wang.approver", day=DAY)
    assert termination(opener).status == "proposed"

    decide(opener, "terminations", "termination_consent", SIGNERS["bpo"], day=DAY)

    assert termination(opener).status == "approved"
    assert contract_of(opener).ends_on == date(2026, 10, 16)


@pytest.mark.parametrize("day", [date(2026, 11, 8), date(2026, 11, 9)])
def test_work_after_the_end_is_refused_and_work_before_it_is_taken(opener, day):
    in_force(opener)
    ask(opener)
    decide(opener, "terminations", "termination", "wang.approver", day=DAY)
    run(opener, "terminations", as_of=NEXT)
    said = (
        "contract: CON-2026-000001\nmonth: 2026-11\nsubmitted_by: he.yunshu\nlines:\n"
        f"  - {{term: call_handled, description: c, performed_on: {day}, quantity: '1'}}\n"
    )

    with opener(actor="portal", as_of=date(2026, 11, 20))() as books:
        if day == LAST:
            assert submit(books, said.encode()).status == "submitted"
        else:
            with pytest.raises(NotSubmittable, match="was not in force on 2026-11-09"):
                submit(books, said.encode())


def test_the_same_wish_again_is_the_same_termination(opener):
    in_force(opener)

    assert ask(opener).reference == ask(opener).reference
    with pytest.raises(NotTerminable, match="is proposed already"):
        ask(opener, End("breach", "nothing was delivered"))


def test_the_same_wish_after_its_approval_is_the_same_termination_and_another_is_refused(opener):
    in_force(opener)
    first = ask(opener)
    decide(opener, "terminations", "termination", "wang.approver", day=DAY)

    assert ask(opener).reference == first.reference
    with pytest.raises(NotTerminable, match="is approved already"):
        ask(opener, End("breach", "nothing was delivered"))


@pytest.mark.parametrize(
    ("end", "who", "told"),
    [
        (End("notice", "r", date(2026, 11, 7)), "lin.buyer", "30 days of notice"),
        (End("breach", "r", date(2026, 10, 8)), "lin.buyer", "cannot lie before 2026-10-09"),
        (End("notice", "r", date(2027, 9, 30)), "lin.buyer", "let it lapse"),
        (NOTICE, "he.yunshu", "nobody of ours"),
        (NOTICE, "nobody.known", "nobody of ours"),
    ],
)
def test_an_end_that_cannot_be_is_refused(opener, end, who, told):
    in_force(opener)

    with pytest.raises(NotTerminable, match=told):
        ask(opener, end, who)


def test_only_a_contract_in_force_is_ended_and_then_amended_no_more(opener):
    sent(opener)
    with pytest.raises(NotTerminable, match="is sent, not in force"):
        ask(opener)
    decide(opener, "signing", "signature", SIGNERS["bpo"])
    run(opener, "signing", as_of=date(2026, 10, 1))
    ask(opener)

    with opener(actor="lin.buyer", as_of=DAY)() as books:
        contract = make.only(books, Contract)
        with pytest.raises(NotAmendable, match="is being ended"):
            propose(books, contract, b"valid_from: 2026-10-12\nreason: r\ncap: 700000.00\n")


def test_doubled_runs_ask_once_and_end_once(opener):
    in_force(opener)
    ask(opener)
    for _ in range(2):
        run(opener, "terminations", as_of=DAY)
    with opener()() as books:
        assert len(books.session.exec(select(Decision).filter_by(kind="termination")).all()) == 1
