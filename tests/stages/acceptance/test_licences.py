"""Work is entered only for days on which its supplier held the documents it needs."""

from datetime import date

import pytest
from sqlmodel import select

from tests import make
from tests.stages.acceptance.sheets import line, sheet
from vendorops.books import Books
from vendorops.stages.acceptance import submit
from vendorops.tables import Contract, ServiceSheet, Supplier, WorkItem
from vendorops.working.licences import NotLicensed

WITHOUT_FROM = date(2026, 10, 15)
"""The first day on which an old licence no longer holds."""


def unlicensed(books: Books) -> tuple[Supplier, Contract]:
    """A staffing agency in China whose business licence holds, without one for dispatch."""
    supplier = make.supplier(books)
    contract = make.contract(books, supplier)
    make.signer(books, make.parties.party_of(books, supplier))
    make.compliance_document(books, supplier, kind="business_licence", status="verified")
    return supplier, contract


def test_work_of_a_supplier_that_lacks_a_required_licence_is_refused(opener):
    with opener()() as books:
        _, contract = unlicensed(books)

        with pytest.raises(
            NotLicensed,
            match=r"^line 1: SUP-\d+-\d+ held no verified dispatch_licence on 2026-10-09",
        ):
            submit(books, sheet(contract))

        assert books.session.exec(select(ServiceSheet)).all() == []
        assert books.session.exec(select(WorkItem)).all() == []


def test_a_licence_stops_new_work_from_the_day_it_no_longer_holds(opener):
    with opener()() as books:
        supplier, contract = unlicensed(books)
        make.compliance_document(books, supplier, valid_to=WITHOUT_FROM, status="verified")
        lines = [line(performed_on="2026-10-14"), line(performed_on="2026-10-15")]

        with pytest.raises(NotLicensed, match=r"line 2: .* dispatch_licence on 2026-10-15"):
            submit(books, sheet(contract, *lines))

        submit(books, sheet(contract, lines[0]))


def test_a_licence_does_not_cover_work_before_it_began(opener):
    with opener()() as books:
        supplier, contract = unlicensed(books)
        make.compliance_document(books, supplier, valid_from=date(2026, 10, 10), status="verified")

        with pytest.raises(NotLicensed, match="dispatch_licence on 2026-10-09"):
            submit(books, sheet(contract))


@pytest.mark.parametrize("status", ["received", "rejected"])
def test_a_licence_that_nobody_verified_does_not_count(opener, status):
    with opener()() as books:
        supplier, contract = unlicensed(books)
        make.compliance_document(books, supplier, status=status)

        with pytest.raises(NotLicensed, match="no verified dispatch_licence"):
            submit(books, sheet(contract))


def test_a_licence_handed_in_and_replaced_before_anyone_verified_it_does_not_count(opener):
    with opener()() as books:
        supplier, contract = unlicensed(books)
        paper = make.compliance_document(books, supplier)
        make.reach(books, paper, "superseded")
        make.compliance_document(books, supplier, version=2)

        with pytest.raises(NotLicensed, match="no verified dispatch_licence"):
            submit(books, sheet(contract))


def test_a_renewal_that_waits_to_be_verified_leaves_the_old_licence_in_force(opener):
    with opener()() as books:
        supplier, contract = unlicensed(books)
        old = make.compliance_document(books, supplier, status="verified")
        make.reach(books, old, "superseded")
        make.compliance_document(books, supplier, version=2)

        assert submit(books, sheet(contract)).status == "submitted"


@pytest.mark.parametrize(("kind", "taken"), [("tax_status", True), ("dispatch_licence", False)])
def test_only_a_document_that_stops_the_start_stops_work(opener, kind, taken):
    with opener()() as books:
        supplier, contract = unlicensed(books)
        for other in {"dispatch_licence", "bank_proof", "tax_status"} - {kind}:
            make.compliance_document(books, supplier, kind=other, status="verified")

        if taken:
            assert submit(books, sheet(contract)).status == "submitted"
        else:
            with pytest.raises(NotLicensed, match=kind):
                submit(books, sheet(contract))


def test_a_document_that_stops_only_payment_does_not_stop_work(opener):
    with opener()() as books:
        person = make.party(books, kind="person", identifier_scheme="cn_ric")
        supplier = make.supplier(books, person, kind="freelancer")
        task = {"code": "task", "kind": "price", "unit": "C62", "value": "300"}
        contract = make.contract(books, supplier, [task], program="freelance")
        make.signer(books, person)
        make.compliance_document(books, supplier, kind="identity_proof", status="verified")

        assert submit(books, sheet(contract, line(term="task"))).status == "submitted"
