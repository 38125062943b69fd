from datetime import date

from lxml import etree

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import (
    ACCOUNT,
    OUR_ACCOUNT,
    claim,
    company,
    paid,
    rows,
    run,
    settled,
    staffing,
)
from vendorops.books import Books
from vendorops.documents import kept
from vendorops.payments import payment_format
from vendorops.stages.payment import payment_file
from vendorops.tables import BankAccount, Event, Payment, PaymentBatch, Settlement

SECOND = "6222020200088887777"


def two_suppliers(books: Books) -> None:
    company(books)
    claim(books, staffing(books), ("40", "46.50"))
    claim(books, staffing(books, SECOND), ("10", "46.50"))


def test_what_is_settled_goes_into_one_file_that_is_kept(opener):
    with opener()() as books:
        two_suppliers(books)
    settled(opener)

    run("payment", opener)

    with opener()() as books:
        batch = make.only(books, PaymentBatch)
        data = kept(books, batch.file_sha256)
        message, count, total = payment_format("pain001").figures(data)
        assert (message, count, total.minor) == (batch.reference, 2, batch.control_sum_minor)
        assert total.minor == sum(row.payable_minor for row in rows(books, Settlement))
        assert batch.execution_day == date(2026, 11, 5)
        assert [number.encode() in data for number in (ACCOUNT, SECOND, OUR_ACCOUNT)] == [True] * 3
        assert broken(books) == []


def test_planning_twice_plans_each_payment_once(opener):
    with opener()() as books:
        two_suppliers(books)
    settled(opener)

    outcomes = [run("payment", opener) for _ in range(2)]

    assert [len(out.advanced) for out in outcomes] == [1, 0]
    with opener()() as books:
        assert (len(rows(books, PaymentBatch)), len(rows(books, Payment))) == (1, 2)


def test_a_payment_file_recomputed_from_rows_is_the_file_that_was_approved(opener):
    with opener()() as books:
        two_suppliers(books)
    settled(opener)
    paid(opener)

    with opener(as_of=date(2027, 3, 1))() as books:
        batch = make.only(books, PaymentBatch)
        again = payment_file(books, batch)

        assert again == kept(books, batch.file_sha256)


def test_execution_skips_days_on_which_banks_do_not_work(opener):
    saturday = date(2026, 11, 7)
    with opener()() as books:
        two_suppliers(books)
    settled(opener)

    run("payment", opener, as_of=saturday, month=make.MONTH)

    with opener()() as books:
        assert make.only(books, PaymentBatch).execution_day == date(2026, 11, 9)


def test_a_supplier_without_an_account_is_refused_and_stops_nobody_else(opener):
    with opener()() as books:
        company(books)
        claim(books, make.contract(books), ("40", "46.50"))
        claim(books, staffing(books), ("10", "46.50"))
    settled(opener)

    outcome = run("payment", opener)

    [(_, reason)] = outcome.refused
    assert "SET-2026-000001 waits: SUP-2026-000001 has no active account in CNY" in reason
    with opener()() as books:
        assert [row.amount_minor for row in rows(books, Payment)] == [49_290]


def test_an_account_that_is_only_verified_is_not_paid(opener):
    with opener()() as books:
        company(books)
        contract = make.contract(books)
        supplier = make.only(books, type(make.supplier(books)), id=contract.supplier_id)
        who = make.only(books, type(make.party(books)), id=supplier.party_id)
        make.bank_account(books, who, status="verified", approved_by=None, active_from=None)
        claim(books, contract, ("40", "46.50"))
    settled(opener)

    outcome = run("payment", opener)

    assert "no active account" in outcome.refused[0][1]
    with opener()() as books:
        assert rows(books, Payment) == []


def test_payments_wait_until_our_own_company_has_an_account(opener):
    with opener()() as books:
        make.people(books)
        claim(books, staffing(books), ("40", "46.50"))
    settled(opener)

    refused = run("payment", opener).refused
    with opener()() as books:
        make.our_account(books, make.legal_entity(books))
    outcome = run("payment", opener)

    assert "XH has no active account in CNY to pay from" in refused[0][1]
    assert outcome.refused == []
    with opener()() as books:
        assert len(rows(books, Payment)) == 1


def test_each_currency_is_paid_in_a_file_of_its_own(opener):
    with opener()() as books:
        two_suppliers(books)
        entity = make.legal_entity(books)
        ours = make.only(books, type(make.party(books)), id=entity.party_id)
        make.bank_account(books, ours, "DE89370400440532013000", currency="EUR", scheme="iban")
        supplier = make.supplier(books)
        who = make.only(books, type(ours), id=supplier.party_id)
        make.bank_account(books, who, "DE02120300000000202051", currency="EUR", scheme="iban")
        claim(books, make.contract(books, supplier, currency="EUR"), ("1", "46.50"))
    settled(opener)

    run("payment", opener)

    with opener()() as books:
        found = [(row.currency, row.count) for row in rows(books, PaymentBatch)]
        assert sorted(found) == [("CNY", 2), ("EUR", 1)]
        assert broken(books) == []


def test_every_account_number_that_is_read_leaves_a_trace(opener):
    with opener()() as books:
        two_suppliers(books)
    settled(opener)

    run("payment", opener)

    with opener()() as books:
        seen = {row.subject_id for row in rows(books, Event) if row.action == "revealed"}
        assert seen == {row.id for row in rows(books, BankAccount)}


def test_the_end_to_end_ids_in_the_file_are_our_references(opener):
    with opener()() as books:
        two_suppliers(books)
    settled(opener)

    run("payment", opener)

    with opener()() as books:
        root = etree.fromstring(kept(books, make.only(books, PaymentBatch).file_sha256))
        found = [str(node.text) for node in root.findall(".//{*}EndToEndId")]
        assert found == [row.reference for row in rows(books, Payment)]
        assert max(map(len, found)) <= 35
