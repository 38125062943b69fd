"""How law is held: dated numbers that remember their source, facts that are refused, returns."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from vendorops.domain.dated import Dated, NotInForce
from vendorops.domain.jurisdiction import (
    Assessment,
    Bracket,
    Figure,
    IncomeKind,
    Jurisdiction,
    LawOfDay,
    PayeeKind,
    PayerKind,
    Return,
    ReturnFacts,
    ReturnRow,
    Tax,
    UnknownInLaw,
    WithholdingFacts,
    WrongCurrency,
)
from vendorops.domain.money import Money, Rounding
from vendorops.domain.periods import Calendar, Period
from vendorops.domain.withholding import BadReturnRow, BadWithholdingFacts

OLD, NEW = date(2024, 1, 1), date(2026, 7, 1)
PARAMETERS = {
    "fee.rate": Dated(
        "fee.rate",
        {
            OLD: Figure(Decimal("0.10"), "Act 1"),
            NEW: Figure(Decimal("0.20"), "Bill 2", sure=False),
        },
    ),
    "fee.table": Dated(
        "fee.table", {OLD: Figure((Bracket(Decimal(1), Decimal(0), None),), "Act")}
    ),
}


def share(facts, law):
    rate = law.number("fee.rate")
    return Assessment(facts.payment, facts.payment.times(rate, rounding=Rounding.HALF_UP))


PLACE = Jurisdiction(
    code="xx",
    title="Testland",
    currency="EUR",
    parameters=PARAMETERS,
    taxes=(
        Tax(
            "xx.fee",
            "Fee",
            lambda facts: facts.payee is PayeeKind.PERSON,
            Dated("f", {OLD: share}),
        ),
    ),
    returns=(
        Return(
            form="xx.form",
            title="Form",
            taxes=("xx.fee",),
            due=Dated("d", {OLD: lambda period, calendar, _law: calendar.on_or_after(period.end)}),
            render=lambda facts: " ".join(row.payee for row in facts.in_order).encode(),
            suffix="txt",
        ),
    ),
    calendar=lambda years: Calendar("xx", frozenset(date(year, 6, 1) for year in years)),
)
FACTS = WithholdingFacts(
    payer=PayerKind.ENTERPRISE,
    payee=PayeeKind.PERSON,
    resident=True,
    income_kind=IncomeKind.SERVICE_FEE,
    earlier_income=Money(0, "EUR"),
    earlier_withheld=Money(0, "EUR"),
    payment=Money(10000, "EUR"),
    day=OLD,
)


def row(payee="7", identity="X-1", tax="xx.fee"):
    one = Money(100, "EUR")
    return ReturnRow(payee, identity, tax, one, one, one, "v1")


def test_a_result_cites_the_version_of_each_number_it_read():
    (before,) = PLACE.withheld(FACTS)
    (after,) = PLACE.withheld(replace(FACTS, day=NEW))

    assert (before.amount.text, after.amount.text) == ("10.00", "20.00")
    assert before.version == "xx.fee@2024-01-01(fee.rate@2024-01-01)"
    assert [cited.text for cited in after.citations] == ["fee.rate since 2026-07-01: Bill 2"]


def test_a_result_on_an_unconfirmed_number_carries_a_warning():
    (before,) = PLACE.withheld(FACTS)
    (after,) = PLACE.withheld(replace(FACTS, day=NEW))

    assert before.findings == ()
    assert [finding.code for finding in after.findings] == ["law-unconfirmed"]


def test_each_tax_is_asked_whether_it_applies_to_the_payee():
    assert PLACE.withheld(replace(FACTS, payee=PayeeKind.COMPANY)) == ()


def test_a_payment_in_a_foreign_currency_is_refused_with_the_way_out():
    with pytest.raises(WrongCurrency, match="taxes in EUR; the payment is in CNY: convert"):
        PLACE.withheld(replace(FACTS, payment=Money(1, "CNY")))


@pytest.mark.parametrize("what", ["earlier_income", "earlier_withheld", "payment"])
def test_an_amount_below_zero_is_no_fact_to_withhold_from(what):
    changed: dict[str, Any] = {what: Money(-1, "EUR")}

    with pytest.raises(BadWithholdingFacts, match=f"{what} is below zero"):
        replace(FACTS, **changed)


def test_a_day_before_the_law_began_is_refused_rather_than_free_of_tax():
    with pytest.raises(NotInForce):
        PLACE.withheld(replace(FACTS, day=date(2023, 12, 31)))


def test_a_rule_that_mistakes_a_table_for_a_number_fails_loudly():
    law = LawOfDay(PARAMETERS, NEW)

    with pytest.raises(TypeError, match=r"fee\.table is a table"):
        law.number("fee.table")
    with pytest.raises(TypeError, match=r"fee\.rate is one number"):
        law.brackets("fee.rate")


def test_a_due_day_is_moved_by_the_working_days_of_the_place():
    assert PLACE.due("xx.form", Period.month("2026-05")).day == date(2026, 6, 2)


def test_rows_of_a_return_do_not_depend_on_the_order_they_were_found_in():
    facts = ReturnFacts("A1", Period.month("2026-05"), "EUR", (row("9"), row("7"), row("8")))

    assert PLACE.render_return("xx.form", facts) == b"7 8 9"


def test_a_form_refuses_rows_of_a_tax_it_does_not_declare():
    facts = ReturnFacts("A1", Period.month("2026-05"), "EUR", (row(tax="xx.other"),))

    with pytest.raises(UnknownInLaw, match=r"xx\.form does not declare xx\.other"):
        PLACE.render_return("xx.form", facts)


def test_unknown_taxes_and_forms_are_refused_and_the_known_ones_named():
    with pytest.raises(UnknownInLaw, match=r"it has xx\.fee"):
        PLACE.tax("xx.nothing")
    with pytest.raises(UnknownInLaw, match=r"it has xx\.form"):
        PLACE.return_of("xx.nothing")


@pytest.mark.parametrize("identity", ["=1+1", "+49", "", "a\nb", "@x"])
def test_an_identity_that_a_spreadsheet_would_run_is_refused_without_being_shown(identity):
    with pytest.raises(BadReturnRow, match="identity of a return") as refusal:
        row(identity=identity)

    assert not identity or identity not in str(refusal.value)


def test_a_row_never_shows_the_identity_number_when_printed():
    facts = ReturnFacts("A1", Period.month("2026-05"), "EUR", (row(identity="SECRET42"),))

    assert "SECRET42" not in repr(facts)
