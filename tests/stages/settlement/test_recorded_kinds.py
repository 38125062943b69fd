"""What is recorded of a payee decides how it is taxed: students, brokers, authors."""

from datetime import date

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.filing.cells import tables
from tests.stages.settlement.month import claim, company, freelance, rows, run, settled
from tests.stages.settlement.test_withholding_abroad import known
from vendorops.documents import kept
from vendorops.paying.standing import BadStanding, Told, record
from vendorops.tables import CheckFinding, Contract, Filing, FilingSheet, Supplier, Withholding

DECEMBER = date(2026, 12, 2)


def person(books, **facts):
    """A contract with a person of whom facts are recorded."""
    company(books)
    contract = freelance(books)
    for name, value in facts.items():
        known(books, books.get(Supplier, contract.supplier_id), "cn", **{name: value})
    return contract


def held(opener):
    with opener()() as books:
        return [(row.tax, row.amount_minor) for row in rows(books, Withholding)]


@pytest.mark.parametrize(
    ("facts", "gross", "tax", "minor"),
    [
        ({}, "5000", "cn.iit.labor_remuneration", 80_000),
        ({"group": "student_intern"}, "5000", "cn.iit.student_intern", 0),
        ({"group": "student_intern"}, "10000", "cn.iit.student_intern", 9_000),
        ({"group": "securities_broker"}, "10000", "cn.iit.commission", 3_000),
        ({"income": "author_remuneration"}, "40000", "cn.iit.author_remuneration", 448_000),
        ({"income": "royalty"}, "40000", "cn.iit.royalty", 640_000),
    ],
)
def test_a_payee_is_taxed_as_what_is_recorded_of_it_says(opener, facts, gross, tax, minor):
    with opener()() as books:
        claim(books, person(books, **facts), ("1", gross), rate_e4=0)

    settled(opener)

    assert held(opener) == [(tax, minor)]
    with opener()() as books:
        told = [row.place_in_source for row in rows(books, CheckFinding) if "recorded" in row.code]
        assert told == [f"payee: {name}" for name in facts]
        assert broken(books) == []


def test_months_of_an_internship_are_taxed_on_top_of_each_other_and_declared(opener):
    with opener()() as books:
        contract = person(books, group="student_intern")
        claim(books, contract, ("1", "5000"), rate_e4=0)
    settled(opener)
    with opener()() as books:
        claim(books, make.only(books, Contract), ("1", "8000"), rate_e4=0)

    settled(opener)
    run("filing", opener, as_of=DECEMBER)

    tax = "cn.iit.student_intern"
    assert held(opener) == [(tax, 0), (tax, 16_200)]
    with opener(as_of=DECEMBER)() as books:
        filing = make.only(books, Filing, form="cn.iit.withholding")
        assert (filing.total_minor, filing.rows) == (16_200, 2)
        found, _ = tables(kept(books, make.only(books, FilingSheet).sha256))
        assert found["人员信息采集"][1][8] == "实习学生"
        assert found["劳务报酬所得"][1][4:6] == ["其他连续劳务报酬所得", "13000.00"]
        assert broken(books) == []


def test_a_settlement_that_waits_is_calculated_anew_once_the_payee_is_found_to_be_a_student(
    opener,
):
    with opener()() as books:
        claim(books, person(books), ("1", "5000"), rate_e4=0)
    run("settlement", opener)
    assert held(opener) == [("cn.iit.labor_remuneration", 80_000)]

    with opener()() as books:
        known(books, make.only(books, Supplier), "cn", group="student_intern")
    settled(opener)

    assert held(opener)[-1] == ("cn.iit.student_intern", 0)


def test_a_group_that_no_rule_knows_is_refused_and_the_known_ones_are_named(opener):
    with opener()() as books:
        supplier = books.get(Supplier, person(books).supplier_id)
        told = Told("cn", "group", "apprentice", date(2026, 1, 1), "certificate 12")

        with pytest.raises(BadStanding, match="student_intern, insurance_marketer"):
            record(make.by(books, "qian.tax"), supplier, told)
