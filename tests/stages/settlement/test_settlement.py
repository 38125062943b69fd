from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import (
    balances,
    claim,
    company,
    credit,
    partly_explained,
    rows,
    run,
    settled,
    staffing,
)
from vendorops.books import content_sha256, waiting
from vendorops.documents.statements import settlement_statement
from vendorops.tables import Contract, Settlement, SettlementLine, Transfer


def test_an_accepted_invoice_is_settled_with_its_own_tax_and_booked(opener):
    with opener()() as books:
        company(books)
        invoice = claim(books, staffing(books), ("40", "46.50"), ("3.3333", "10.01"))
        tax = invoice.tax_minor

    settled(opener)

    with opener()() as books:
        settlement = make.only(books, Settlement)
        assert (settlement.status, settlement.net_minor, settlement.tax_minor) == (
            "sealed",
            invoice.net_minor,
            tax,
        )
        assert balances(books) == {
            "expense": settlement.net_minor,
            "input-tax": tax,
            "payable": settlement.payable_minor,
        }
        assert make.only(books, Contract).committed_minor == settlement.net_minor
        assert broken(books) == []


def test_running_the_settlement_twice_settles_and_books_once(opener):
    with opener()() as books:
        company(books)
        claim(books, staffing(books), ("40", "46.50"))
    settled(opener)

    again = [run("settlement", opener) for _ in range(2)]

    assert [(out.advanced, out.waiting, out.refused) for out in again] == [([], [], [])] * 2
    with opener()() as books:
        assert len(rows(books, Settlement)) == 1
        assert len(rows(books, Transfer)) == 2


def test_the_question_is_put_once_and_bound_to_the_content_shown(opener):
    with opener()() as books:
        company(books)
        claim(books, staffing(books), ("40", "46.50"))

    first, second = run("settlement", opener), run("settlement", opener)

    assert first.waiting
    assert second.waiting == first.waiting
    with opener()() as books:
        [asked] = waiting(books)
        settlement = make.only(books, Settlement)
        seen = content_sha256(settlement_statement(books, settlement))
        assert asked.content_sha256 == settlement.content_sha256 == seen
        assert asked.amount_minor == settlement.payable_minor


def test_only_the_matched_and_the_tolerated_part_of_a_line_is_paid(opener):
    with opener()() as books:
        company(books)
        partly_explained(books, staffing(books))

    run("settlement", opener)

    with opener()() as books:
        settlement = make.only(books, Settlement)
        assert (settlement.net_minor, settlement.tax_minor) == (186_100, 11_166)
        assert broken(books) == []


def test_a_wholly_accepted_invoice_keeps_the_tax_its_writer_rounded(opener):
    with opener()() as books:
        company(books)
        invoice = claim(
            books,
            staffing(books),
            *[("1", "10.08")] * 3,
            tax_minor=180,  # Rounded line by line; on the sum it is 1.81.
            gross_minor=3_204,
        )
        assert invoice.net_minor == 3_024

    run("settlement", opener)

    with opener()() as books:
        assert make.only(books, Settlement).tax_minor == 180
        shares = [line.tax_minor for line in rows(books, SettlementLine)]
        assert sum(shares) == 180


def test_a_claim_of_a_month_that_is_not_sealed_is_not_settled(opener):
    with opener()() as books:
        company(books)
        contract = staffing(books)
        invoice = make.invoice(books, contract, status="accepted")
        supplier = make.only(books, type(make.supplier(books)), id=contract.supplier_id)
        explained = make.reconciliation(books, supplier, status="explained")
        make.difference(
            books,
            explained,
            make.lines_of(books, invoice)[0],
            amount_minor=invoice.net_minor,
            treatment="tolerated",
        )

    outcome = run("settlement", opener)

    assert (outcome.advanced, outcome.waiting) == ([], [])
    with opener()() as books:
        assert rows(books, Settlement) == []


def test_a_credit_note_reduces_what_is_paid_for_the_contract(opener):
    with opener()() as books:
        company(books)
        contract = staffing(books)
        claim(books, contract, ("40", "46.50"))
        credit(books, contract, 10_000)

    settled(opener)

    with opener()() as books:
        settlement = make.only(books, Settlement)
        assert (settlement.net_minor, settlement.tax_minor) == (176_000, 10_560)
        assert broken(books) == []


def test_a_claim_that_comes_late_gets_a_settlement_of_its_own(opener):
    with opener()() as books:
        company(books)
        contract = staffing(books)
        claim(books, contract, ("40", "46.50"))
    settled(opener)
    with opener()() as books:
        claim(books, books.get(Contract, contract.id), ("2", "46.50"))

    settled(opener)

    with opener()() as books:
        assert [row.version for row in rows(books, Settlement)] == [1, 2]
        assert make.only(books, Contract).committed_minor == 186_000 + 9_300
        assert broken(books) == []
