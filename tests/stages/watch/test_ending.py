"""Documents end on their day, and their renewal is opened before."""

from datetime import date

import pytest
from sqlmodel import select

from tests import make
from tests.stages.acceptance.sheets import line, sheet
from tests.stages.onboarding.applying import changed, counted, run
from tests.stages.onboarding.applying import hand_in as apply
from tests.stages.watch.licences import ENDS, OPENS, approved, day_before, standing, watch
from vendorops.stages.acceptance import submit
from vendorops.tables import Contract, Qualification, Renewal, Supplier
from vendorops.working.licences import NotLicensed


def renewals(opener, as_of):
    with opener(as_of=as_of)() as books:
        return [
            (row.kind, row.role, row.opened_on, row.due_on, row.blocks, row.status)
            for row in books.session.exec(select(Renewal))
        ]


def test_a_renewal_is_opened_on_the_day_the_requirement_says_and_not_before(opener):
    approved(opener)

    watch(opener, day_before(OPENS))
    assert renewals(opener, OPENS) == []
    watch(opener, OPENS)

    assert renewals(opener, OPENS) == [
        ("dispatch_licence", "buyer", OPENS, ENDS, "award start", "open")
    ]
    assert standing(opener, OPENS) == [(1, "expiring")]


def test_a_document_holds_on_its_last_day_and_has_expired_on_the_next(opener):
    approved(opener)
    watch(opener, OPENS)

    watch(opener, day_before(ENDS))
    assert standing(opener, ENDS) == [(1, "expiring")]
    watch(opener, ENDS)

    assert standing(opener, ENDS) == [(1, "expired")]
    assert [row[-1] for row in renewals(opener, ENDS)] == ["lapsed"]


def test_a_watch_that_was_asleep_finds_what_ended_meanwhile_and_still_asks_for_it(opener):
    approved(opener)

    watch(opener, date(2028, 3, 1))

    assert standing(opener, ENDS) == [(1, "expired")]
    assert [row[-1] for row in renewals(opener, ENDS)] == ["lapsed"]


def test_watching_twice_changes_nothing_more(opener):
    approved(opener)
    watch(opener, OPENS)
    before = counted(opener)

    assert watch(opener, OPENS).advanced == []
    assert counted(opener) == before


def test_an_ended_document_blocks_award_no_contract_is_drafted(opener):
    approved(opener)
    after = date(2028, 1, 3)
    watch(opener, after)

    ((reference, reason),) = run(opener, "contracting", as_of=after).refused

    assert reference == "QUA-2026-000001"
    assert "its verified dispatch_licence held until 2028-01-01 only" in reason


def test_a_document_that_ends_blocks_award_before_the_watch_has_run(opener):
    approved(opener)

    ((_, reason),) = run(opener, "contracting", as_of=ENDS).refused

    assert "dispatch_licence held until 2028-01-01 only" in reason
    assert run(opener, "contracting", as_of=day_before(ENDS)).refused == []


def test_a_contract_is_not_sent_once_a_document_that_award_needs_has_ended(opener):
    approved(opener)
    run(opener, "contracting")
    run(opener, "signing")
    make.reply(opener, "contract", "wang.approver")

    ((_, reason),) = run(opener, "signing", as_of=ENDS).refused

    assert "dispatch_licence" in reason
    with opener()() as books:
        assert make.only(books, Contract).status == "draft"


def test_no_second_case_is_approved_on_a_licence_that_ended(opener):
    approved(opener)
    text = changed("staffing", "program: staffing\n", "program: bpo\n").decode()
    text = text.replace("supplier_kind: staffing", "supplier_kind: bpo")
    start, end = text.index("    - {code:"), text.index("  particulars:")
    text = text[:start] + "    - {code: case_closed, value: 1.00, description: x}\n" + text[end:]
    text = text.replace("valid_to: 2038-11-20", "valid_to: 2026-11-20")
    start, end = text.index("  particulars:"), text.index("documents:")
    text = (
        text[:start]
        + "  particulars:\n    quality_target: 98 %\n    service_credit: 5 %\n"
        + text[end:]
    )
    case = apply(opener, text.encode())
    run(opener, "onboarding")
    make.reply(opener, "qualification", "lin.buyer")

    late = date(2026, 11, 20)
    ((reference, reason),) = run(opener, "onboarding", as_of=late).refused

    assert reference == case.reference
    assert "business_licence held until 2026-11-20 only" in reason
    with opener()() as books:
        assert books.named(Qualification, case.reference).status == "in_review"


def test_an_ended_document_blocks_start_work_from_that_day_and_no_work_before(opener):
    with opener()() as books:
        supplier = make.supplier(books)
        contract = make.contract(books, supplier, starts_on=date(2027, 10, 1), ends_on=ENDS)
        contract.ends_on = date(2028, 10, 1)
        make.signer(books, make.parties.party_of(books, supplier))
        make.licensed(books, supplier, "staffing")
        reference = contract.reference
    later = date(2028, 1, 20)
    watch(opener, later)

    with opener(as_of=later)() as books:
        contract = books.named(Contract, reference)
        lapsed = line(performed_on="2028-01-01")
        with pytest.raises(NotLicensed, match="no verified business_licence on 2028-01-01"):
            submit(books, sheet(contract, lapsed, month="2028-01"))
        covered = line(performed_on="2027-12-31")
        assert submit(books, sheet(contract, covered, month="2027-12")).status == "submitted"


def test_nobody_is_asked_to_renew_what_a_supplier_we_parted_from_held(opener):
    approved(opener)
    with opener()() as books:
        make.reach(books, make.only(books, Supplier), "off_boarded")

    watch(opener, OPENS)

    assert standing(opener, OPENS) == [(1, "expiring")]
    assert renewals(opener, OPENS) == []


def test_a_document_nobody_asks_for_ends_without_a_renewal(opener):
    with opener()() as books:
        supplier = make.supplier(books)
        make.compliance_document(books, supplier, kind="insurance", status="verified")

    watch(opener, ENDS)

    assert standing(opener, ENDS, "insurance") == [(1, "expired")]
    assert renewals(opener, ENDS) == []
