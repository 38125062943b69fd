"""A claim that looks like an earlier one is held, and a person says what it is."""

import json
from datetime import date, timedelta

import pytest
from sqlmodel import select

from tests import make
from tests.stages.intake.claims import known, line, paper, written
from vendorops.books import waiting
from vendorops.domain.lifecycle import InvoiceStatus, PossibleDuplicateStatus
from vendorops.domain.paper import Preceding
from vendorops.domain.periods import Period
from vendorops.stages import duplicates, sweep
from vendorops.stages.intake import receive
from vendorops.tables import Decision, Invoice, PossibleDuplicate

FIRST = "HX-2026-0010"


def deliver(opener, of, name="ubl", **told):
    """Let an invoice arrive and book it; return why it was refused, if it was."""
    with opener()() as books:
        receive(books, written(name, paper(of, **told)), "claim")
    return sweep("intake", opener()).refused


@pytest.fixture
def of(opener):
    """A supplier whose first invoice is booked."""
    with opener()() as books:
        make.people(books)
        found = known(books)
    assert deliver(opener, found, number=FIRST) == []
    return found


def newest(books):
    """The claim that came last."""
    return books.session.exec(select(Invoice)).all()[-1]


@pytest.mark.parametrize("number", ["HX-2026-OOlO", "HX-2026-10", "\u041d\u0425-2026-0010"])
def test_the_same_claim_under_a_number_that_prints_alike_is_refused_by_name(opener, of, number):
    ((_, sentence),) = deliver(opener, of, number=number)

    assert "is INV-2026-000001 again" in sentence
    assert "zeros before them or in signs that print alike" in sentence
    with opener()() as books:
        assert make.only(books, Invoice).status == InvoiceStatus.IN_PROCESS
        assert books.session.exec(select(PossibleDuplicate)).all() == []


def test_the_same_claim_under_another_number_is_held_and_finance_sees_why(opener, of):
    assert deliver(opener, of, "cii", number="M-77", issue_date=date(2026, 11, 3)) == []

    outcome = sweep("duplicates", opener())

    assert outcome.waiting == ["INV-2026-000002"]
    with opener()() as books:
        assert newest(books).status == InvoiceStatus.ACKNOWLEDGED
        finding = make.only(books, PossibleDuplicate)
        parts = json.loads(finding.parts)
        assert finding.score_e6 == sum(part["points"] for part in parts)
        assert finding.scorer == "claims alike 2, weights since 2020-01-01"
        [asked] = waiting(books)
        assert (asked.role, asked.kind, asked.subject_reference) == (
            *("finance", "possible_duplicate"),
            "INV-2026-000002",
        )
        assert f"looks like INV-2026-000001 ({FIRST}, 2026-10-31)" in asked.question
        assert "100 % of one is work of the other again" in asked.question


def test_a_held_claim_takes_no_work_and_is_not_reconciled(opener, of):
    deliver(opener, of, number="M-77")

    outcome = sweep("reconciliation", opener(month="2026-10"))

    assert outcome.advanced == ["SUP-2026-000001"]
    with opener()() as books:
        assert newest(books).status == InvoiceStatus.ACKNOWLEDGED


@pytest.mark.parametrize(
    ("says", "invoice", "finding"),
    [
        ("approve", InvoiceStatus.IN_PROCESS, PossibleDuplicateStatus.DISMISSED),
        ("reject", InvoiceStatus.REJECTED, PossibleDuplicateStatus.CONFIRMED),
    ],
)
def test_what_a_person_says_settles_claim_and_suspicion(opener, of, says, invoice, finding):
    deliver(opener, of, number="M-77")
    sweep("duplicates", opener())
    make.reply(opener, "possible_duplicate", "zhao.finance", says)

    sweep("duplicates", opener())

    with opener()() as books:
        assert newest(books).status == invoice
        assert make.only(books, PossibleDuplicate).status == finding
        assert duplicates.ready(books) == []


def test_asking_twice_puts_the_question_once(opener, of):
    deliver(opener, of, number="M-77")
    sweep("duplicates", opener())
    sweep("duplicates", opener())

    with opener()() as books:
        assert len(books.session.exec(select(Decision)).all()) == 1


def test_a_credited_claim_that_is_billed_again_is_not_held(opener, of):
    day = date(2026, 11, 2)
    assert deliver(opener, of, number="CR-1", type_code="381", issue_date=day) == []

    assert deliver(opener, of, number="HX-2026-0099", issue_date=day) == []

    with opener()() as books:
        assert newest(books).status == InvoiceStatus.IN_PROCESS


def test_a_credit_note_that_comes_later_lets_the_suspicion_lapse(opener, of):
    deliver(opener, of, number="HX-2026-0099")
    sweep("duplicates", opener())
    deliver(opener, of, number="CR-1", type_code="381", issue_date=date(2026, 11, 2))

    sweep("duplicates", opener())

    with opener()() as books:
        held = make.only(books, Invoice, number="HX-2026-0099")
        assert held.status == InvoiceStatus.IN_PROCESS
        assert make.only(books, PossibleDuplicate).status == PossibleDuplicateStatus.LAPSED
        assert waiting(books) == []


def test_one_credit_note_excuses_one_claim_only(opener, of):
    day = date(2026, 11, 2)
    deliver(opener, of, number="CR-1", type_code="381", issue_date=day)
    deliver(opener, of, number="HX-2026-0099", issue_date=day)

    deliver(opener, of, number="HX-2026-0100", issue_date=day)

    with opener()() as books:
        assert newest(books).status == InvoiceStatus.ACKNOWLEDGED
        looks_like = make.only(books, PossibleDuplicate).earlier_id
        assert books.get(Invoice, looks_like).number == "HX-2026-0099"


def credit_note(of, number, *sources, **told):
    """A credit note that says nothing but which invoices it takes back."""
    named = tuple(Preceding(source, date(2026, 10, 31)) for source in sources)
    net = sum(item.quantity_e4 * item.price_e6 // 10**8 for item in of.items)
    words = line(description="as agreed by telephone", quantity_e4=10_000, price_e6=net * 10_000)
    usual = {"issue_date": date(2026, 11, 2), "lines": (words,)}
    return {"number": number, "type_code": "381", "preceding": named, **usual, **told}


def test_a_credit_note_excuses_the_claim_it_names_in_whatever_words(opener, of):
    assert deliver(opener, of, **credit_note(of, "CR-1", FIRST)) == []

    deliver(opener, of, number="HX-2026-0099", issue_date=date(2026, 11, 2))

    with opener()() as books:
        assert newest(books).status == InvoiceStatus.IN_PROCESS


def test_a_credit_note_excuses_no_claim_but_the_one_it_names(opener, of):
    """In the same words and over the same sum, but of another invoice."""
    with opener()() as books:
        other = make.items_of(books, make.service_sheet(books, of.contract, [make.done("40")]))
        more = make.items_of(
            books,
            make.service_sheet(
                books, of.contract, [make.done("2", term="overtime_hours", price="69.75")]
            ),
        )
    lines = (line(other[0]), line(more[0], number="2"))
    assert deliver(opener, of, number="HX-2026-0050", lines=lines) == []
    same = tuple(
        line(number=str(at), quantity_e4=item.quantity_e4, price_e6=item.price_e6)
        for at, item in enumerate(of.items, start=1)
    )
    note = credit_note(of, "CR-1", "HX-2026-0050", lines=same)
    assert deliver(opener, of, **note) == []

    deliver(opener, of, number="HX-2026-0099", issue_date=date(2026, 11, 2))

    with opener()() as books:
        assert newest(books).status == InvoiceStatus.ACKNOWLEDGED


def test_a_claim_of_which_a_part_was_credited_is_not_taken_back(opener, of):
    half = (line(description="one hour", quantity_e4=10_000),)
    assert deliver(opener, of, **credit_note(of, "CR-1", FIRST, lines=half)) == []

    deliver(opener, of, number="HX-2026-0099", issue_date=date(2026, 11, 2))

    with opener()() as books:
        assert newest(books).status == InvoiceStatus.ACKNOWLEDGED


def test_the_credit_note_for_another_week_excuses_no_claim(opener, of):
    """Without work to go by, the words of a credit note tell what it takes back."""
    day = date(2026, 11, 2)
    deliver(opener, of, number="W-41", lines=(line(description="guard week 41"),))
    other = (line(description="guard week 40"),)
    deliver(opener, of, number="CR-1", type_code="381", issue_date=day, lines=other)

    deliver(opener, of, number="M-7", lines=(line(description="guard week 41"),))

    with opener()() as books:
        assert newest(books).status == InvoiceStatus.ACKNOWLEDGED


def test_the_same_amount_each_month_for_other_work_alarms_nobody(opener, of):
    for month in range(1, 5):
        day = Period.month("2026-10").end + timedelta(days=30 * month)
        with opener()() as books:
            work = make.items_of(books, make.service_sheet(books, of.contract, [make.done()]))
        assert (
            deliver(opener, of, number=f"N-{month}", issue_date=day, lines=(line(work[0]),)) == []
        )

    with opener()() as books:
        assert books.session.exec(select(PossibleDuplicate)).all() == []


def test_the_number_of_a_confirmed_duplicate_may_be_used_again(opener, of):
    deliver(opener, of, number="M-77")
    sweep("duplicates", opener())
    make.reply(opener, "possible_duplicate", "zhao.finance", "reject")
    sweep("duplicates", opener())
    with opener()() as books:
        other = make.items_of(books, make.service_sheet(books, of.contract, [make.done("7")]))

    assert deliver(opener, of, number="M-77", lines=(line(other[0]),)) == []
