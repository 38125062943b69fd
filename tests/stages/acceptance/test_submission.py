from datetime import date
from typing import Any

import pytest

from tests import make
from tests.make.work import TERM
from tests.stages.acceptance.sheets import agreed, line, sheet
from vendorops.documents import kept
from vendorops.domain.refusal import Refused
from vendorops.stages.acceptance import submit
from vendorops.tables import Contract, ServiceSheet, Supplier, WorkItem


def test_submitted_work_has_the_price_of_the_contract_and_our_references(opener):
    with opener()() as books:
        contract = agreed(books)
        data = sheet(contract, line(), line(term="overtime_hours", quantity="2"))

        entered = submit(books, data)

        first, second = make.items_of(books, entered)
        assert (first.reference, second.reference) == ("WRK-2026-000001", "WRK-2026-000002")
        assert (first.quantity_e4, first.price_e6) == (75_000, 46_500_000)
        assert second.price_e6 == 69_750_000
        assert (entered.status, entered.month, entered.submitted_by) == (
            "submitted",
            "2026-10",
            "he.hengxin",
        )
        assert kept(books, entered.source_sha256) == data


def test_each_line_takes_the_price_in_force_on_its_day(opener):
    with opener()() as books:
        later = {**TERM, "value": "50.00", "valid_from": date(2026, 10, 16)}
        contract = agreed(books, terms=[TERM, later])
        days = ("2026-10-15", "2026-10-16")

        entered = submit(books, sheet(contract, *(line(performed_on=day) for day in days)))

        assert [i.price_e6 for i in make.items_of(books, entered)] == [46_500_000, 50_000_000]


def test_a_share_of_a_basis_becomes_the_price_of_a_placement(opener):
    with opener()() as books:
        term = {"code": "placement_fee", "kind": "share", "unit": "C62", "value": "0.18"}
        contract = agreed(books, program="rpo", terms=[term])
        placed = line(term="placement_fee", quantity="1", basis="420000.00")

        entered = submit(books, sheet(contract, placed))

        item = make.items_of(books, entered)[0]
        assert (item.basis_minor, item.price_e6) == (42_000_000, 75_600_000_000)


def test_the_same_file_twice_is_one_sheet(opener):
    with opener()() as books:
        data = sheet(agreed(books))
        first = submit(books, data).reference

    with opener()() as books:
        assert submit(books, data).reference == first
        assert make.only(books, ServiceSheet).reference == first
        assert make.only(books, WorkItem).line == 1


def test_plain_yaml_is_read_without_numbers_becoming_inexact(opener):
    with opener()() as books:
        contract = agreed(books)
        data = (
            f"contract: {contract.reference}\nmonth: 2026-10\nsubmitted_by: he.hengxin\n"
            "lines:\n  - term: regular_hours\n    description: No\n"
            "    performed_on: 2026-10-09\n    quantity: 7.10\n"
        )

        item = make.items_of(books, submit(books, data.encode()))[0]

        assert (item.quantity_e4, item.description) == (71_000, "No")


REFUSED_LINES: dict[str, dict[str, Any]] = {
    "line 2: 2026-11-01 is not in 2026-10": {"performed_on": "2026-11-01"},
    "line 2: Staffing agency has no term 'tips'": {"term": "tips"},
    "line 2: quantity must be above zero": {"quantity": "0"},
    "line 2: quantity '0.00001' has more than 4 decimals": {"quantity": "0.00001"},
    "line 2: '1e3' is not a plain decimal": {"quantity": "1e3"},
    "line 2, performed_on:": {"performed_on": "9.10.2026"},
    "line 2, bonus: Extra inputs are not permitted": {"bonus": "5"},
    "line 2, quantity: Input should be a valid string": {"quantity": ["5"]},
    "larger than any line": {"quantity": "900000000000"},
}


@pytest.mark.parametrize("sentence", REFUSED_LINES)
def test_a_line_that_is_not_in_order_is_refused_with_its_number(opener, sentence):
    with opener()() as books:
        contract = agreed(books)
        wrong = line(**REFUSED_LINES[sentence])

        with pytest.raises(Refused) as refusal:
            submit(books, sheet(contract, line(), wrong))

        assert sentence in str(refusal.value)


REFUSED_SHEETS: dict[str, dict[str, Any]] = {
    "nobody is known as 'nobody.here'": {"submitted_by": "nobody.here"},
    "there is no Contract 'CON-1'": {"contract": "CON-1"},
    "'October' is not a month": {"month": "October"},
    "the sheet has no lines": {"lines": []},
    "paid: Extra inputs are not permitted": {"paid": "yes"},
}


@pytest.mark.parametrize("sentence", REFUSED_SHEETS)
def test_a_sheet_that_is_not_in_order_is_refused_in_one_sentence(opener, sentence):
    with opener()() as books:
        contract = agreed(books)

        with pytest.raises(Refused) as refusal:
            submit(books, sheet(contract, **REFUSED_SHEETS[sentence]))

        assert sentence in str(refusal.value)


BROKEN = {
    b"": "the sheet: Input should be an object",
    b"\x89PNG\r\n": "not YAML text",
    b"contract: [": "line 1 of the file is not YAML",
    b"a: &x [1]\nlines: [*x, *x]": "YAML alias",
    b"month: 2026-10\nmonth: 2026-11": "line 2 of the file says 'month' again",
    b"[" * 20_000: "not YAML text",
}


@pytest.mark.parametrize("data", BROKEN, ids=lambda data: str(data[:12]))
def test_bytes_that_are_no_sheet_are_refused_in_one_sentence(opener, data):
    with opener()() as books, pytest.raises(Refused) as refusal:
        submit(books, data)

    assert BROKEN[data] in str(refusal.value)


@pytest.mark.parametrize("status", ["draft", "sent", "signed"])
def test_work_under_a_contract_that_is_not_effective_is_refused(opener, status):
    with opener()() as books:
        contract = agreed(books, status=status)

        with pytest.raises(Refused, match=f"is {status}, not effective"):
            submit(books, sheet(contract))


@pytest.mark.parametrize("status", ["expired", "terminated"])
def test_work_done_in_time_is_reported_after_the_contract_ended_and_later_work_is_not(
    opener, status
):
    with opener()() as books:
        contract = agreed(books, status=status, ends_on=date(2026, 10, 10))

        assert submit(books, sheet(contract)).status == "submitted"
        with pytest.raises(Refused, match=r"line 1: .* was not in force on 2026-10-10"):
            submit(books, sheet(contract, line(performed_on="2026-10-10")))


def test_work_before_the_contract_began_is_refused_with_its_day(opener):
    with opener()() as books:
        contract = agreed(books, starts_on=date(2026, 10, 15))

        with pytest.raises(Refused, match=r"line 1: .* was not in force on 2026-10-09"):
            submit(books, sheet(contract))


def test_work_of_a_day_that_has_not_come_is_refused(opener):
    with opener(as_of=date(2026, 10, 8))() as books:
        contract = agreed(books)

        with pytest.raises(Refused, match="line 1: 2026-10-09 has not come yet"):
            submit(books, sheet(contract))


@pytest.mark.parametrize("status", ["requested", "registered"])
def test_a_supplier_that_is_not_qualified_may_not_report_work(opener, status):
    with opener()() as books:
        contract = agreed(books, of=make.supplier(books, status=status))

        with pytest.raises(Refused, match=f"is {status} and may not work"):
            submit(books, sheet(contract))


@pytest.mark.parametrize("status", ["suspended", "disqualified", "off_boarded"])
def test_work_after_a_supplier_was_stopped_is_refused_and_earlier_work_is_taken(opener, status):
    with opener(as_of=date(2026, 10, 9))() as books:
        contract = agreed(books, of=make.supplier(books, status=status))
        reference = contract.reference

    with opener()() as books:
        contract = books.named(Contract, reference)
        after = line(performed_on="2026-10-10")
        with pytest.raises(Refused, match=r"line 2: SUP-\d+-\d+ was stopped on 2026-10-09 and"):
            submit(books, sheet(contract, line(), after))

        assert submit(books, sheet(contract, line())).status == "submitted"


def test_work_done_since_a_supplier_was_reinstated_is_taken_again(opener):
    with opener(as_of=date(2026, 10, 5))() as books:
        contract = agreed(books, of=make.supplier(books, status="suspended"))
        reference, supplier = contract.reference, contract.supplier_id
    with opener(as_of=date(2026, 10, 8))() as books:
        make.reach(books, books.get(Supplier, supplier), "qualified")

    with opener()() as books:
        contract = books.named(Contract, reference)
        with pytest.raises(Refused, match="was stopped on 2026-10-05 and"):
            submit(books, sheet(contract, line(performed_on="2026-10-07")))

        assert submit(books, sheet(contract, line())).status == "submitted"


def test_a_term_the_contract_does_not_price_is_refused(opener):
    with opener()() as books:
        hours = {"code": "hour", "kind": "price", "unit": "HUR", "value": "300"}
        contract = agreed(books, program="freelance", terms=[hours])

        with pytest.raises(Refused, match="line 1: the contract puts no value on 'piece'"):
            submit(books, sheet(contract, line(term="piece")))
