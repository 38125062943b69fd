"""Whether VAT of persons is kept back is our company's own word, from a day on: both answers."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import balances, claim, company, freelance, rows, run, settled
from vendorops.domain.jurisdiction import IncomeKind, PayeeKind, PayerKind, WithholdingFacts
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.domain.statute import choosing
from vendorops.law import jurisdiction
from vendorops.law.cn.withheld_vat import VatOnTop
from vendorops.paying.standing import Told, record
from vendorops.tables import (
    CheckFinding,
    Contract,
    Filing,
    LegalEntity,
    Supplier,
    Transfer,
    Withholding,
)

SINCE = date(2026, 11, 1)
FILED = date(2026, 12, 2)
VAT, SURCHARGES = "cn.vat.natural_person", "cn.surcharges.natural_person"
INCOME_TAX = "cn.iit.labor_remuneration"
SAYS = {"persons_vat": "withheld"}


def keeps(opener, value="withheld", since=SINCE):
    with opener()() as books:
        told = Told("cn", "persons_vat", value, since, "the tax office's answer of 2026-10-20")
        record(make.by(books, "qian.tax"), make.only(books, LegalEntity), told)


def person(opener, *amounts, rate_e4=0):
    with opener()() as books:
        company(books)
        contract = freelance(books)
        for amount in amounts:
            claim(books, contract, ("1", amount), rate_e4=rate_e4)
        return contract.id


def held(opener):
    with opener()() as books:
        assert broken(books) == []
        found = [row for row in rows(books, Withholding) if row.status != "cancelled"]
        return [(row.tax, row.income_minor, row.base_minor, row.amount_minor) for row in found]


def warned(opener):
    with opener()() as books:
        return {row.code for row in rows(books, CheckFinding)}


def test_a_company_that_says_nothing_keeps_no_vat_back_and_is_warned(opener):
    person(opener, "3000")

    settled(opener)

    assert held(opener) == [(INCOME_TAX, 300_000, 220_000, 44_000)]
    assert "vat-not-kept-back" in warned(opener)


def test_a_company_that_says_so_keeps_vat_back_as_a_line_of_its_own(opener):
    person(opener, "3000")
    keeps(opener)

    settled(opener)

    # 3000 / 1.01 = 2970.30; (2970.30 - 800) x 20 % = 434.06; 29.70 x 3.5 % = 1.04.
    assert held(opener) == [
        (VAT, 300_000, 297_030, 2_970),
        (INCOME_TAX, 297_030, 217_030, 43_406),
        (SURCHARGES, 297_030, 2_970, 104),
    ]
    with opener()() as books:
        assert balances(books) == {
            "expense": 300_000,
            "payable": 300_000 - 46_480,
            "withheld-tax": 46_480,
        }
        key = f"settlement/SET-2026-000001/withheld/{VAT}"
        assert make.only(books, Transfer, key=key).amount_minor == 2_970
    assert "vat-not-kept-back" not in warned(opener)
    assert "law-unconfirmed" in warned(opener)


def test_vat_and_income_tax_are_declared_on_their_own_forms(opener):
    person(opener, "3000")
    keeps(opener)
    settled(opener)

    run("filing", opener, as_of=FILED)

    with opener(as_of=FILED)() as books:
        found = {row.form: (row.total_minor, row.due_on) for row in rows(books, Filing)}
        assert broken(books) == []
    last = date(2026, 12, 15)
    assert found == {
        "cn.iit.withholding": (43_406, last),
        "cn.vat.withholding": (2_970 + 104, last),
    }


@pytest.mark.parametrize(
    ("since", "ended", "vat"),
    [(SINCE, None, 2_970), (date(2026, 12, 1), None, 0), (SINCE, date(2026, 11, 2), 0)],
)
def test_the_word_of_the_company_counts_on_the_days_it_holds(opener, since, ended, vat):
    person(opener, "3000")
    keeps(opener, since=since)
    if ended:
        keeps(opener, "", since=ended)

    settled(opener)

    assert sum(row[3] for row in held(opener) if row[0] == VAT) == vat


def test_a_word_that_comes_before_the_approval_is_heeded(opener):
    person(opener, "3000")
    run("settlement", opener)
    keeps(opener)

    settled(opener)

    assert [row[0] for row in held(opener)] == [VAT, INCOME_TAX, SURCHARGES]


def test_payments_of_one_day_reach_the_threshold_together(opener):
    contract = person(opener, "900")
    keeps(opener)
    settled(opener)
    with opener()() as books:
        claim(books, books.get(Contract, contract), ("1", "900"), rate_e4=0)

    settled(opener)

    # 1800 / 1.01 = 1782.18: 17.82 of VAT, all of it from the second payment.
    vat = [row for row in held(opener) if row[0] == VAT]
    assert vat == [(VAT, 90_000, 90_000, 0), (VAT, 90_000, 88_218, 1_782)]
    income = [row for row in held(opener) if row[0] == INCOME_TAX]
    assert sum(row[3] for row in income) == 19_644  # (1782.18 - 800) x 20 %


def test_an_invoice_that_shows_vat_is_paid_with_it_and_nothing_is_kept_back(opener):
    person(opener, "3000", rate_e4=100)
    keeps(opener)

    settled(opener)

    assert [row[0] for row in held(opener)] == [INCOME_TAX]
    assert "vat-not-kept-back" not in warned(opener)


def test_a_person_who_declares_the_vat_is_paid_with_it(opener):
    person(opener, "3000")
    keeps(opener)
    with opener()() as books:
        payee = make.only(books, Supplier)
        told = Told("cn", "vat", "declares", SINCE, "its own return of October")
        record(make.by(books, "qian.tax"), payee, told)

    settled(opener)

    assert [row[0] for row in held(opener)] == [INCOME_TAX]
    assert "vat-not-kept-back" not in warned(opener)


def test_what_is_said_of_payers_is_not_said_of_payees(opener):
    with opener()() as books:
        make.people(books)
        supplier = make.supplier(books)
        told = Told("cn", "persons_vat", "withheld", SINCE, "a letter")

        with pytest.raises(Refused, match="asks for no 'persons_vat'"):
            record(make.by(books, "qian.tax"), supplier, told)


def paid(minor, **changed):
    facts = WithholdingFacts(
        payer=PayerKind.ENTERPRISE,
        payee=PayeeKind.PERSON,
        resident=True,
        income_kind=IncomeKind.LABOR_REMUNERATION,
        earlier_income=Money(0, "CNY"),
        earlier_withheld=Money(0, "CNY"),
        payment=Money(minor, "CNY"),
        day=date(2026, 11, 10),
        payer_standing=SAYS,
    )
    return replace(facts, **changed)


def test_vat_on_top_of_the_price_is_refused_by_name():
    place = jurisdiction("cn")
    switched = choosing(place.parameters, {"vat_withholding.price": "without_vat"})

    with pytest.raises(VatOnTop, match="E_VAT_ON_TOP"):
        replace(place, parameters=switched).withheld(paid(300_000))


@given(st.lists(st.integers(0, 20_000_000), min_size=1, max_size=6))
def test_a_day_in_parts_is_taxed_as_the_day_at_once_and_never_more_than_is_paid(parts):
    place, nothing = jurisdiction("cn"), Money(0, "CNY")
    day = vat = income = kept = nothing
    for part in parts:
        facts = paid(part, day_income=day, day_vat=vat, earlier_income=income)
        found = {each.tax: each for each in place.withheld(replace(facts, earlier_withheld=kept))}
        day += facts.payment
        vat += found[VAT].amount
        income += found[INCOME_TAX].income
        kept += found[INCOME_TAX].amount
        assert sum(each.amount.minor for each in found.values()) <= part

    (at_once,) = [each for each in place.withheld(paid(day.minor)) if each.tax == VAT]
    assert vat <= at_once.amount
    assert income + vat == day
    if parts[-1] * 10 > day.minor:  # Then the last part can bear what the day lacks.
        assert vat == at_once.amount
