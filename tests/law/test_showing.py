"""What a rule is shown to rest on is everything that it reads; no number on the shelf is idle."""

import json
from datetime import date

import pytest

from vendorops.domain.jurisdiction import Tax
from vendorops.law import codes, jurisdiction
from vendorops.law.evaluation import UnknownRule, ask, rules
from vendorops.law.examples import Example, RuleExample, examples
from vendorops.law.showing import shown

CASES = [(code, case) for code in codes() for file in examples(code) for case in file.cases]
TODAY = date(2026, 11, 22)


def numbers_of(name, day, place):
    (found,) = shown(name, day, place)
    return {number.name for number in found.numbers}


@pytest.mark.parametrize("code", codes())
def test_no_worked_case_reads_a_number_that_is_not_shown(code):
    reach: dict[tuple[str, date], set[str]] = {}

    def known(name, day):
        if (name, day) not in reach:
            reach[name, day] = numbers_of(name, day, code)
        return reach[name, day]

    law = jurisdiction(code)
    mine = [case for place, case in CASES if place == code]
    # The newest first: what is shown on a late day of a formula is all that it may read.
    for case in sorted(mine, key=lambda case: getattr(case, "day", TODAY), reverse=True):
        if isinstance(case, RuleExample):
            asked = {"jurisdiction": code, "rule": case.rule, "inputs": case.inputs}
            answer = ask({**asked, "switches": case.switches}, case.day)
            read = {cited.parameter for cited in answer.citations}
            assert read <= known(case.rule, date(2027, 12, 31)), case.case
        elif isinstance(case, Example):
            for held in law.withheld(case.facts.on(case.day, law.currency)):
                read = {cited.parameter for cited in held.citations}
                key = held.tax, held.formula_since
                if key not in reach:
                    reach[key] = numbers_of(held.tax, case.day, code)
                assert read <= reach[key], case.case


@pytest.mark.parametrize("code", codes())
def test_every_number_on_the_shelf_is_read_by_a_rule_a_tax_or_a_form(code):
    law = jurisdiction(code)
    days = {day for dated in law.parameters.values() for day in dated.versions}
    days |= {day for tax in law.taxes for day in tax.formula.versions}
    names = [*rules(code), *(tax.code for tax in law.taxes), *(form.form for form in law.returns)]

    read: set[str] = set()
    for day in sorted(days, reverse=True):
        if law.parameters.keys() <= read:
            break
        read |= {number for name in names for number in numbers_of(name, day, code)}

    assert law.parameters.keys() - read == set()


def test_a_formula_is_shown_in_the_version_of_the_day():
    def formula(day):
        (found,) = shown("xa.fee_withholding", day)
        return [(each.since, each.does) for each in found.formulas]

    assert [since for since, _ in formula(date(2025, 6, 30))] == [date(2024, 1, 1)]
    ((since, does),) = formula(date(2025, 7, 1))
    assert (since, does) == (
        date(2025, 7, 1),
        "Small Payment Relief Act, s. 2: nothing on a small payment, the whole share above.",
    )
    assert numbers_of("xa.fee_withholding", date(2025, 6, 30), "xa") == {"fee_withholding.rate"}


def test_a_number_is_shown_with_its_unit_its_source_and_the_next_one_already_written():
    ((number,),) = [each.numbers for each in shown("information_return.threshold", TODAY)]

    assert (number.figure.shown, number.figure.unit, number.since, number.next) == (
        "2000",
        "USD",
        date(2026, 1, 1),
        date(2027, 1, 1),
    )
    assert "P.L. 119-21" in number.figure.source
    assert number.figure.sure


def test_a_name_that_several_places_have_is_shown_for_each_unless_one_is_named():
    assert [each.place for each in shown("withholding_return.due_day", TODAY)] == ["cn"]
    assert {each.place for each in shown("id.vat", TODAY)} == {"eu"}
    with pytest.raises(UnknownRule, match=r"no 'iit\.moon'; it knows iit\.annual_settlement"):
        shown("iit.moon", TODAY)


def test_rules_of_which_a_version_is_chosen_by_day_show_it():
    (found,) = shown("einvoice.b2b_domestic", date(2027, 1, 1))

    assert [each.since for each in found.formulas] == [date(2027, 1, 1)]
    assert {number.name for number in found.numbers} == {
        "einvoice.small_gross",
        "einvoice.turnover_limit",
    }


def test_every_tax_can_be_shown_by_its_code():
    for code in codes():
        for tax in jurisdiction(code).taxes:
            assert isinstance(tax, Tax)
            (found,) = shown(tax.code, TODAY, code)
            assert found.does == tax.title


def test_the_command_tells_numbers_as_json(run_command):
    told = run_command("law", "show", "ksa.levy", "--on", "2025-03-01", "--json")

    assert told.code == 0
    numbers = {row["number"]: row for row in told.of("number")}
    assert numbers["artists_levy.rate"]["value"] == "0.050"
    assert numbers["artists_levy.rate"]["next"] == "2026-01-01"
    assert numbers["artists_levy.free_total"]["sure"] == "yes"
    assert json.dumps(told.of("rule"))


def test_the_command_refuses_a_name_nobody_knows(run_command):
    told = run_command("law", "show", "moon", "--jurisdiction", "us")

    assert told.code == 1
    assert "the law knows no 'moon'; it knows 1099nec.boxes" in told.err


def test_a_day_before_the_first_number_of_a_rule_is_refused_with_that_day(run_command):
    told = run_command("law", "show", "ksa.levy", "--on", "1950-01-01", "--json")

    assert (told.code, told.out) == (1, "")
    assert "ksa.levy has no numbers on 1950-01-01; its first are of " in told.err
    first = told.err.split("of ")[-1].split(";")[0]
    assert run_command("law", "show", "ksa.levy", "--on", first, "--json").of("number")


def test_the_command_lists_every_switch_with_the_reading_followed(run_command):
    rows = run_command("law", "switches", "--place", "cn", "--on", "2026-11-22", "--json").rows

    listed = {row["switch"]: row for row in rows}
    vat = listed["vat_withholding.price"]
    assert (vat["follows"], sorted(vat["options"]), vat["sure"]) == (
        "includes_vat",
        ["includes_vat", "without_vat"],
        "no",
    )
    assert all(row["follows"] in row["options"] and row["cite"] for row in rows)
    assert "vat_withholding.price" not in {
        row["switch"]
        for row in run_command("law", "switches", "--on", "2026-10-31", "--json").rows
    }
