"""Every program keeps the promises that the stages rely on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.measure import extended
from vendorops.domain.program import Performed, Program, UnknownTerm
from vendorops.programs import codes, program
from vendorops.programs.staffing import OVERTIME
from vendorops.registry import Unknown

PROGRAMS = [program(code) for code in codes()]
TERMS = [(found, term) for found in PROGRAMS for term in found.terms]
UNITS = {"HUR", "C62", "MON", "LS"}
"""UN/ECE Recommendation 20: hour, one, month, lump sum."""
EACH_PROGRAM = pytest.mark.parametrize("found", PROGRAMS, ids=codes())
EACH_TERM = pytest.mark.parametrize(
    ("found", "term"), TERMS, ids=[f"{found.code}.{term.code}" for found, term in TERMS]
)
VALUES = st.integers(0, 10**9)
BASES = st.integers(0, 10**9)


@EACH_PROGRAM
def test_a_program_files_under_its_own_code(found: Program):
    assert program(found.code) is found
    assert found.title
    assert found.title_zh
    assert found.supplier_kinds
    assert found.work_kind in {"timesheet", "milestone", "volume", "placement", "task"}


@EACH_PROGRAM
def test_terms_have_distinct_codes_and_standard_units(found: Program):
    named = [term.code for term in found.terms]

    assert len(set(named)) == len(named) > 0
    assert {term.kind for term in found.terms} <= {"price", "share"}
    assert {term.unit for term in found.terms} <= UNITS


@EACH_TERM
@given(value=VALUES, basis=BASES)
def test_no_work_costs_nothing_and_no_price_is_negative(found, term, value: int, basis: int):
    work = Performed(term.code, 0, basis)

    price = found.price(work, {term.code: value}, "CNY")

    assert price >= 0
    assert extended(0, price, "CNY").minor == 0


@EACH_TERM
@given(value=VALUES)
def test_a_price_of_nothing_prices_the_work_at_nothing(found, term, value: int):
    work = Performed(term.code, 10_000, value)

    assert found.price(work, {term.code: 0}, "CNY") == 0


@EACH_TERM
@given(less=VALUES, more=VALUES, basis=BASES)
def test_a_higher_agreed_value_never_lowers_the_price(found, term, less, more, basis):
    work = Performed(term.code, 10_000, basis)
    low, high = sorted((less, more))

    cheap = found.price(work, {term.code: low}, "CNY")

    assert cheap <= found.price(work, {term.code: high}, "CNY")


@EACH_TERM
def test_a_term_that_the_contract_does_not_price_is_refused(found, term):
    with pytest.raises(UnknownTerm, match="add the term to the contract"):
        found.price(Performed(term.code, 10_000, 100), {}, "CNY")


@EACH_PROGRAM
def test_work_under_a_term_the_program_lacks_is_refused(found: Program):
    with pytest.raises(UnknownTerm, match="has no term 'moonlight'"):
        found.term("moonlight")
    with pytest.raises(UnknownTerm, match="moonlight"):
        found.price(Performed("moonlight", 10_000), {"regular_hours": 1}, "CNY")


@given(regular=VALUES)
def test_overtime_costs_at_least_the_regular_hour(regular: int):
    price = program("staffing").price
    values = {"regular_hours": regular, **OVERTIME.values()}

    rates = [
        price(Performed(term, 10_000), values, "CNY")
        for term in ("regular_hours", "overtime_hours", "double_hours", "holiday_hours")
    ]

    assert rates == sorted(rates)
    assert rates[0] == regular
    assert rates[2:] == [2 * regular, 3 * regular]


def test_half_a_millionth_of_overtime_is_rounded_up_not_dropped():
    price = program("staffing").price

    values = {"regular_hours": 33_330_001, **OVERTIME.values()}

    assert price(Performed("overtime_hours", 10_000), values, "CNY") == 49_995_002


def test_an_overtime_rate_of_the_contract_comes_before_the_derived_one():
    values = {"regular_hours": 60_000_000, "overtime_hours": 75_000_000}

    price = program("staffing").price(Performed("overtime_hours", 10_000), values, "CNY")

    assert price == 75_000_000


@pytest.mark.parametrize(
    ("currency", "fee"), [("CNY", "90000.00"), ("JPY", "9000000"), ("KWD", "9000.000")]
)
def test_a_placement_fee_is_the_share_of_first_year_pay_in_any_currency(currency: str, fee: str):
    placed = Performed("placement_fee", 10_000, basis_minor=50_000_000)

    price = program("rpo").price(placed, {"placement_fee": 180_000}, currency)

    assert extended(10_000, price, currency).text == fee


@given(basis=BASES, share=st.integers(0, 10**6))
def test_a_placement_fee_is_rounded_once_and_half_up(basis: int, share: int):
    placed = Performed("placement_fee", 10_000, basis)

    price = program("rpo").price(placed, {"placement_fee": share}, "CNY")

    assert extended(10_000, price, "CNY").minor == (2 * basis * share + 10**6) // (2 * 10**6)


def test_a_program_that_is_not_on_the_shelf_is_refused():
    with pytest.raises(Unknown, match=r"programs knows no 'no_such_program'; it knows .*bpo"):
        program("no_such_program")
