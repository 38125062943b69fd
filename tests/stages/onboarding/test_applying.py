from datetime import date

import pytest
from sqlmodel import select

from tests import make
from tests.stages.onboarding.applying import (
    changed,
    counted,
    hand_in,
    load,
    run,
    sample,
)
from vendorops.books import vault, waiting
from vendorops.documents import kept
from vendorops.tables import (
    BankAccount,
    ComplianceDocument,
    Event,
    Party,
    Person,
    Qualification,
    Refusal,
    StoredDocument,
    Supplier,
)


@pytest.fixture(autouse=True)
def company(opener):
    load(opener)


def test_an_application_is_entered_whole_with_its_secrets_in_the_vault(opener):
    hand_in(opener, sample("staffing"))

    with opener()() as books:
        case = make.only(books, Qualification)
        supplier = make.only(books, Supplier)
        party = make.only(books, Party, id=supplier.party_id)
        account = make.only(books, BankAccount, party_id=party.id)
        assert (case.status, supplier.status) == ("submitted", "registered")
        assert (account.status, account.proposed_by) == ("proposed", "gao.staffing")
        assert vault.reveal(books, party, "identifier") == "91320583MA1Y6TD98X"
        assert vault.reveal(books, account, "number") == "1102232119000345678"
        assert case.signer == "gao.staffing"
        assert books.session.exec(select(Person).where(Person.party_id == party.id)).all() == []
        copy = make.only(books, StoredDocument, suffix=".json")
        assert b"Gaoyuan" in kept(books, copy.sha256)
        for number in (b"91320583MA1Y6TD98X", b"1102232119000345678"):
            assert number in sample("staffing")
            assert number not in kept(books, copy.sha256)
        assert len(books.session.exec(select(ComplianceDocument)).all()) == 4


def test_no_number_of_an_application_is_readable_in_the_database(opener, settings):
    hand_in(opener, sample("freelance"))
    run(opener, "onboarding")

    written = b"".join(path.read_bytes() for path in settings.home.glob("books.db*"))

    for secret in (b"310105199004123621", b"622202100201234567"):
        assert secret[:17] not in written


def test_the_same_application_handed_in_twice_is_one_case_and_changes_nothing(opener):
    first = hand_in(opener, sample("rpo"))
    before = counted(opener)

    second = hand_in(opener, sample("rpo"))

    assert second.reference == first.reference
    assert counted(opener) == before


def test_a_checked_application_waits_for_the_buyer_and_is_approved_with_its_documents(opener):
    hand_in(opener, sample("rpo"))

    assert run(opener, "onboarding").waiting == ["QUA-2026-000001"]
    make.reply(opener, "qualification", "lin.buyer")
    run(opener, "onboarding")

    with opener()() as books:
        assert make.only(books, Qualification).status == "approved"
        assert make.only(books, Qualification).valid_to == date(2029, 5, 1)
        assert make.only(books, Supplier).status == "qualified"
        papers_held = books.session.exec(select(ComplianceDocument)).all()
        assert {paper.status for paper in papers_held} == {"verified"}


def test_a_rejected_applicant_may_apply_again_with_other_terms(opener):
    first = hand_in(opener, sample("rpo"))
    run(opener, "onboarding")
    make.reply(opener, "qualification", "lin.buyer", "reject")
    run(opener, "onboarding")

    again = hand_in(opener, changed("rpo", "value: 0.18", "value: 0.16"))
    outcome = run(opener, "onboarding")

    assert again.reference == first.reference
    assert outcome.waiting == [first.reference]
    with opener()() as books:
        papers_held = books.session.exec(select(ComplianceDocument)).all()
        assert sorted(paper.status for paper in papers_held) == [
            *["received"] * 4,
            *["superseded"] * 4,
        ]


def test_a_new_application_takes_back_the_question_about_the_old_one(opener):
    hand_in(opener, sample("rpo"))
    run(opener, "onboarding")
    hand_in(opener, changed("rpo", "value: 0.18", "value: 0.16"))

    with opener()() as books:
        assert waiting(books) == []
    assert run(opener, "onboarding").waiting == ["QUA-2026-000001"]


def test_a_missing_document_is_named_and_the_case_goes_on_once_it_comes(opener):
    text = sample("rpo").decode()
    from_it, after = text.index("  - kind: hr_service_licence"), text.index("  - kind: tax_status")
    without = (text[:from_it] + text[after:]).encode()
    hand_in(opener, without)

    ((reference, reason),) = run(opener, "onboarding").refused
    hand_in(opener, sample("rpo"))

    assert reference == "QUA-2026-000001"
    assert reason.startswith("QUA-2026-000001 lacks hr_service_licence (")
    assert run(opener, "onboarding").waiting == ["QUA-2026-000001"]
    with opener()() as books:
        assert make.only(books, Refusal).resolved_on is not None


def test_a_supplier_applies_for_a_second_program_under_the_same_reference(opener):
    hand_in(opener, sample("bpo"))
    second = changed("bpo", "program: bpo\n", "program: staffing\n").decode()
    second = second.replace("supplier_kind: bpo", "supplier_kind: staffing")
    start, end = second.index("    - {code:"), second.index("  acceptance:")
    hourly = "    - {code: regular_hours, value: 46.50, description: hour}\n"
    hand_in(opener, (second[:start] + hourly + second[end:]).encode())

    with opener()() as books:
        make.only(books, Supplier)
        assert len(books.session.exec(select(Qualification)).all()) == 2
        assert len(books.session.exec(select(ComplianceDocument)).all()) == 4


def test_doubled_runs_of_onboarding_change_nothing(opener):
    hand_in(opener, sample("rpo"))
    run(opener, "onboarding")
    before = counted(opener)

    run(opener, "onboarding")

    assert counted(opener) == before


def test_the_history_says_who_did_what_in_onboarding(opener):
    hand_in(opener, sample("rpo"))

    with opener()() as books:
        query = select(Event.subject_table, Event.action, Event.after).where(
            Event.actor == "portal"
        )
        happened = list(books.session.exec(query))
    assert ("supplier", "moved", "registered") in happened
    assert ("qualification", "entered", "submitted") in happened
