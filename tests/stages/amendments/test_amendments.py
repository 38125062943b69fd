from datetime import date

import pytest
from sqlmodel import col, select

from tests import make
from tests.stages.contracting.bound import IN_FORCE, SIGNERS, contract_of, decide, in_force
from tests.stages.onboarding.applying import run
from vendorops.books.questions import NotAllowed
from vendorops.documents import contract_facts, facts_of, kept, pdf_facts
from vendorops.documents.amending import NotAmendable, propose
from vendorops.documents.comparing import compare, numbered
from vendorops.domain.contract_facts import Contradiction
from vendorops.domain.refusal import Refused
from vendorops.stages.acceptance import submit
from vendorops.tables import Amendment, Contract, ContractTerm, Decision, WorkItem

DAY, SINCE = date(2026, 10, 9), date(2026, 10, 12)
CHANGE = """
valid_from: 2026-10-12
reason: more calls than planned
cap: 650000.00
payment: {days: 45}
terms:
  - {code: call_handled, value: 4.05, description: One call}
"""


def ask(opener, text=CHANGE, who="lin.buyer", day=DAY):
    with opener(actor=who, as_of=day)() as books:
        return propose(books, make.only(books, Contract), text.encode())


def agree(opener, code="bpo", day=DAY):
    """Have the amendment approved and signed."""
    decide(opener, "amendments", "amendment", "wang.approver", day=day)
    decide(opener, "amendments", "signature", SIGNERS[code], day=day)


def amendment(opener):
    with opener()() as books:
        query = select(Amendment).order_by(col(Amendment.number).desc())
        return books.session.exec(query).first()


def test_an_amendment_holds_from_its_day_and_leaves_the_days_before_as_they_were(opener):
    in_force(opener)
    ask(opener)
    agree(opener)
    assert amendment(opener).status == "signed"
    assert contract_of(opener).cap_minor == 60_000_000

    run(opener, "amendments", as_of=SINCE)

    with opener(as_of=SINCE)() as books:
        contract = make.only(books, Contract)
        before, after = (
            contract_facts(books, contract, day) for day in (date(2026, 10, 11), SINCE)
        )
        assert (before.payment.days, after.payment.days) == (3, 45)
        assert before.payment.late_interest_e6 == after.payment.late_interest_e6 == 500
        assert (before.cap_minor, after.cap_minor) == (60_000_000, 65_000_000)
        assert before.values(SINCE)["call_handled"] == 4_200_000
        assert after.values(date(2026, 10, 11))["call_handled"] == 4_200_000
        assert after.values(SINCE)["call_handled"] == 4_050_000
        assert contract.cap_minor == 65_000_000
        query = select(ContractTerm).where(ContractTerm.code == "call_handled")
        rows = {row.valid_from: row.value_e6 for row in books.session.exec(query)}
    assert rows == {IN_FORCE: 4_200_000, SINCE: 4_050_000}
    assert amendment(opener).status == "effective"


def test_its_paper_says_what_was_and_what_will_be(opener):
    in_force(opener)
    row = ask(opener)

    with opener()() as books:
        text = pdf_facts(kept(books, row.document_sha256)).text
    for wanted in (
        "CNY 600,000.00",
        "CNY 650,000.00",
        "days to payment",
        "45",
        "4.05",
        row.reference,
    ):
        assert wanted in text


def test_work_is_priced_by_what_held_on_its_day(opener):
    in_force(opener)
    ask(opener)
    agree(opener)
    run(opener, "amendments", as_of=SINCE)
    lines = "".join(
        f"  - {{term: call_handled, description: c, performed_on: 2026-10-{day}, quantity: '1'}}\n"
        for day in ("11", "12")
    )
    said = f"contract: CON-2026-000001\nmonth: 2026-10\nsubmitted_by: he.yunshu\nlines:\n{lines}"
    with opener(actor="portal", as_of=date(2026, 10, 13))() as books:
        submit(books, said.encode())

        items = books.session.exec(select(WorkItem).order_by(col(WorkItem.line)))
        assert [item.price_e6 for item in items] == [4_200_000, 4_050_000]


def test_the_approver_sees_old_and_new_and_is_not_who_proposed_it(opener):
    in_force(opener)
    ask(opener, who="wang.approver")
    run(opener, "amendments", as_of=DAY)

    with opener()() as books:
        asked = make.only(books, Decision, kind="amendment")
        assert "cap: CNY 600,000.00 → CNY 650,000.00" in asked.question
    with pytest.raises(NotAllowed, match="took part"):
        make.reply(opener, "amendment", "wang.approver", as_of=DAY)


@pytest.mark.parametrize(
    ("kind", "who"), [("amendment", "wang.approver"), ("signature", SIGNERS["bpo"])]
)
def test_an_amendment_that_either_side_rejects_changes_nothing(opener, kind, who):
    before = in_force(opener)
    ask(opener)
    if kind == "signature":
        decide(opener, "amendments", "amendment", "wang.approver", day=DAY)
    decide(opener, "amendments", kind, who, "reject", day=DAY)

    run(opener, "amendments", as_of=SINCE)

    assert amendment(opener).status == "rejected"
    assert contract_of(opener).facts == before.facts
    assert contract_of(opener).cap_minor == before.cap_minor


def test_the_same_change_again_is_the_same_amendment_and_another_one_waits(opener):
    in_force(opener)
    first = ask(opener).reference

    assert ask(opener).reference == first
    with pytest.raises(NotAmendable, match=f"{first} is draft"):
        ask(opener, CHANGE.replace("650000.00", "660000.00"))
    agree(opener)
    run(opener, "amendments", as_of=SINCE)
    assert ask(opener).reference == first


def test_a_second_amendment_builds_on_the_first_and_never_begins_before_it(opener):
    in_force(opener)
    ask(opener)
    agree(opener)
    with pytest.raises(NotAmendable, match="holds from 2026-10-12"):
        ask(opener, "valid_from: 2026-10-11\nreason: r\nnotice_days: 60\n")

    ask(opener, "valid_from: 2026-10-20\nreason: r\nnotice_days: 60\n")

    facts = facts_of(amendment(opener).facts)
    assert (facts.notice_days, facts.cap_minor) == (60, 65_000_000)


FROM = "valid_from: 2026-10-12\nreason: r\n"
PRICE = "terms: [{code: call_handled, value: 4, description: d, valid_from: 2026-10-11}]"
REFUSED = [
    ("reason: r\ncap: 650000.00\n", "valid_from: say"),
    (FROM, "changes nothing"),
    (f"{FROM}cap: 0\n", "cap: must be above"),
    (f"{FROM}end: 2026-10-12\n", "end: it cannot lie"),
    (f"{FROM}bonus: 5\n", "bonus is not known"),
    (f"{FROM}payment: {{prompt_days: 5}}\n", "payment.*come together|prompt is sooner"),
    (FROM + PRICE, "before the amendment's own"),
    (FROM.replace("-12", "-01") + PRICE.replace(", valid_from: 2026-10-11", ""), "later day"),
    (FROM + PRICE.replace("call_handled", "finders_fee"), "no term"),
]


@pytest.mark.parametrize(("text", "told"), REFUSED)
def test_a_change_that_cannot_be_is_refused_by_name_and_enters_nothing(opener, text, told):
    in_force(opener)

    with pytest.raises(Refused, match=told):
        ask(opener, text)

    assert amendment(opener) is None


def test_a_cap_never_falls_below_what_is_committed(opener):
    with opener()() as books:
        contract = make.contract(books)
        contract.committed_minor = 50_000_00
        books.session.flush()
        text = b"valid_from: 2026-12-01\nreason: less work\ncap: 49999.99\n"

        with pytest.raises(NotAmendable, match=r"50000\.00 CNY are committed"):
            propose(books, contract, text)
        propose(books, contract, text.replace(b"49999.99", b"50000.00"))


def test_a_change_before_accepted_work_has_to_say_that_it_reaches_back(opener):
    with opener()() as books:
        contract = make.contract(books)
        make.service_sheet(books, contract)
        text = b"valid_from: 2026-10-09\nreason: agreed late\nnotice_days: 60\n"

        with pytest.raises(NotAmendable, match="work of 2026-10-09 was accepted"):
            propose(books, contract, text)
        row = propose(books, contract, text + b"retroactive: yes\n")

        assert row.reach == "retroactive"


def test_a_price_that_is_not_the_multiple_the_contract_states_is_refused(opener):
    in_force(opener, "staffing")

    with pytest.raises(Contradiction, match=r"overtime_hours .* is not 1\.5 times regular_hours"):
        ask(
            opener,
            "valid_from: 2026-10-12\nreason: r\n"
            "terms: [{code: regular_hours, value: 48.00, description: hour}]\n",
        )


def test_only_a_contract_that_is_signed_is_amended(opener):
    with opener()() as books:
        contract = make.contract(books, status="sent")

        with pytest.raises(NotAmendable, match="is sent"):
            propose(books, contract, CHANGE.encode())


def test_a_comparison_shows_facts_and_the_clauses_as_they_read(opener):
    in_force(opener)
    ask(opener)

    with opener()() as books:
        contract = make.only(books, Contract)
        found = compare(books, contract, *numbered(books, contract))

    assert [row["what"] for row in found["facts"]] == [
        "cap",
        "payment_days",
        "call_handled from 2026-10-12",
    ]
    assert [each["before"] for each in found["wording"]] == ["7.4", "10.2"]
    assert [each["after"] for each in found["wording"]] == ["7.4", "10.2"]
    lines = "\n".join(line for clause in found["wording"] for line in clause["lines"])
    assert "-en: [The Client pays within 3 days" in lines
    assert "+en: [The Client pays within 45 days" in lines
