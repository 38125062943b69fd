from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import (
    balances,
    claim,
    company,
    freelance,
    rows,
    run,
    settled,
    staffing,
)
from vendorops.books import Answer, answer, waiting
from vendorops.domain.money import Money, total
from vendorops.domain.tax_share import TaxedAmount, tax_shares
from vendorops.tables import CheckFinding, Contract, Party, Settlement, Supplier, Withholding

LATER = date(2026, 12, 2)


def untaxed(books, contract, *lines, **changed):
    return claim(books, contract, *lines, rate_e4=0, **changed)


def test_tax_is_withheld_from_a_person_and_booked_with_its_citations(opener):
    with opener()() as books:
        company(books)
        untaxed(books, freelance(books), ("1", "2000"))

    settled(opener)

    with opener()() as books:
        row = make.only(books, Withholding)
        assert (row.tax, row.status, row.month) == (
            "cn.iit.labor_remuneration",
            "booked",
            "2026-11",
        )
        assert (row.income_minor, row.base_minor, row.amount_minor) == (200_000, 120_000, 24_000)
        assert "SAT Announcement 2018 No. 61" in row.citations
        assert balances(books) == {
            "expense": 200_000,
            "payable": 176_000,
            "withheld-tax": 24_000,
        }
        assert broken(books) == []


def test_nothing_is_withheld_from_a_company_of_the_same_place(opener):
    with opener()() as books:
        company(books)
        claim(books, staffing(books), ("40", "46.50"))

    settled(opener)

    with opener()() as books:
        assert rows(books, Withholding) == []


def test_all_contracts_and_months_paid_in_one_month_are_taxed_as_one(opener):
    with opener()() as books:
        company(books)
        contract = freelance(books)
        supplier = books.get(Supplier, contract.supplier_id)
        qualified = make.qualification(books, supplier, program="freelance", place="xa")
        other = make.contract(books, supplier, program="freelance", qualification_id=qualified.id)
        untaxed(books, contract, ("1", "3000"), month="2026-09")
        untaxed(books, other, ("1", "3000"))

    settled(opener)

    with opener()() as books:
        held = rows(books, Withholding)
        assert [(row.base_minor, row.amount_minor) for row in held] == [
            (220_000, 44_000),
            (260_000, 52_000),
        ]
        assert broken(books) == []


def test_a_settlement_approved_in_a_later_month_is_assessed_anew(opener):
    with opener()() as books:
        company(books)
        contract = freelance(books)
        untaxed(books, contract, ("1", "3000"))
    settled(opener)
    with opener()() as books:
        untaxed(books, books.get(Contract, contract.id), ("1", "3000"))
    run("settlement", opener)

    run("settlement", opener, as_of=LATER, month=make.MONTH)

    with opener(as_of=LATER)() as books:
        held = rows(books, Withholding)
        assert [(row.month, row.amount_minor, row.status) for row in held] == [
            ("2026-11", 44_000, "booked"),
            ("2026-11", 52_000, "cancelled"),
            ("2026-12", 44_000, "computed"),
        ]
        assert len(waiting(books)) == 1
        assert broken(books) == []


def test_a_rejected_settlement_no_longer_counts_in_the_month(opener):
    with opener()() as books:
        company(books)
        contract = freelance(books)
        untaxed(books, contract, ("1", "3000"))
    run("settlement", opener)
    with opener()() as books:
        untaxed(books, books.get(Contract, contract.id), ("1", "3000"))
    run("settlement", opener)
    with opener()() as books:
        first = min(waiting(books), key=lambda row: row.id).reference
    with opener(actor="wang.approver")() as books:
        answer(books, Answer(first, "reject", "not this one"))

    run("settlement", opener)

    with opener()() as books:
        held = rows(books, Withholding)
        open_ones = [row.amount_minor for row in held if row.status == "computed"]
        assert sum(open_ones) == 96_000
        assert broken(books) == []


def test_an_unconfirmed_number_of_the_law_is_a_finding_for_the_approver(opener):
    day = date(2028, 2, 2)
    with opener()() as books:
        company(books)
        person = make.party(books, "XA1", kind="person", place="xa", identifier_scheme="xa_number")
        contract = make.contract(
            books,
            make.supplier(books, person),
            program="freelance",
            place="xa",
            currency="EUR",
            ends_on=date(2029, 1, 1),
        )
        untaxed(books, contract, ("1", "1000"), month="2028-01")

    run("settlement", opener, as_of=day)

    with opener()() as books:
        finding = make.only(books, CheckFinding, subject_table="settlement")
        assert "Bill 40 of 2026" in finding.message
        assert finding.subject_id == make.only(books, Settlement).id


def test_small_payments_of_a_place_that_taxes_each_by_itself_keep_their_base(opener):
    with opener()() as books:
        company(books)
        person = make.party(books, "XA1", kind="person", place="xa", identifier_scheme="xa_number")
        contract = make.contract(
            books, make.supplier(books, person), program="freelance", place="xa", currency="EUR"
        )
        untaxed(books, contract, ("1", "1000"))
    settled(opener)
    with opener()() as books:
        untaxed(books, books.get(Contract, contract.id), ("1", "60"))

    run("settlement", opener)

    with opener()() as books:
        held = rows(books, Withholding)
        assert [(row.base_minor, row.amount_minor) for row in held] == [
            (100_000, 11_000),
            (6_000, 660),
        ]
        assert make.only(books, Party, id=held[0].party_id).place == "xa"


amounts = st.builds(
    lambda net, category, rate: TaxedAmount(Money(net, "EUR"), category, rate),
    st.integers(-(10**9), 10**9),
    st.sampled_from(["S", "AA"]),
    st.sampled_from([0, 100, 600, 1300, 1900]),
)


@given(st.lists(amounts, min_size=1, max_size=12))
def test_splitting_tax_never_loses_a_unit_of_any_category(lines):
    shares = tax_shares(lines)

    for kind in {(line.category, line.rate_e4) for line in lines}:
        at = [n for n, line in enumerate(lines) if (line.category, line.rate_e4) == kind]
        net = sum(lines[n].net.minor for n in at)
        exact_twice = 2 * net * kind[1]
        assert abs(2 * 10_000 * sum(shares[n].minor for n in at) - exact_twice) <= 10_000
        assert all(
            abs(shares[n].minor * 10_000 - lines[n].net.minor * kind[1]) <= 10_000 * len(at)
            for n in at
        )


@given(st.lists(amounts, min_size=1, max_size=12), st.integers(-(10**6), 10**9))
def test_the_tax_of_a_whole_invoice_is_shared_out_to_the_unit(lines, tax):
    shares = tax_shares(lines, Money(tax, "EUR"))

    assert total(shares, "EUR") == Money(tax, "EUR")
    assert tax_shares(lines, Money(tax, "EUR")) == shares
