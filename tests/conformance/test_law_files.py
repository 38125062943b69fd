"""What every file of numbers on the law shelf owes: a source each, and one spelling."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import pytest

from vendorops.domain.jurisdiction import Figure, Jurisdiction
from vendorops.domain.periods import DAY, Period
from vendorops.domain.refusal import Refused
from vendorops.exact_yaml import exact_yaml
from vendorops.law import (
    NUMBERS,
    BadLawFile,
    codes,
    jurisdiction,
    parameters_from,
    place,
    texts,
)
from vendorops.law.evaluation import ask
from vendorops.law.examples import Example, Examples, RuleExample, examples
from vendorops.registry import Unknown

NUMBER_FILES = [(code, stem) for code in codes() for stem in texts(code, NUMBERS)]
CITATION = re.compile(r',? *\bcite: *"[^"]*"')


class Read(NamedTuple):
    """A number that an example's answer cites, and the days for which that proves something."""

    parameter: str
    since: date
    firsts: Period
    """If a number changed on one of these days, the example would meet it first."""
    lasts: Period
    """If the old number held until one of these days, the example would be its last."""


def read_by(law: Jurisdiction, file: Examples) -> list[Read]:
    found = []
    for case in file.cases:
        if isinstance(case, RuleExample):
            found += read_by_rule(law, case)
            continue
        if isinstance(case, Example):
            answers = law.withheld(case.facts.on(case.day, law.currency))
            cited = tuple(each for answer in answers for each in answer.citations)
            days = Period(case.day, case.day + DAY), Period(case.day, case.day + DAY)
        else:
            # A form reads the law once a month: on the first day after the month it is about.
            month = Period.month(case.period)
            cited = law.due(getattr(file, "form", ""), month).citations
            days = Period(month.start + DAY, month.end + DAY), Period.month_of(month.end)
        found += [Read(each.parameter, each.since, *days) for each in cited]
    return found


def read_by_rule(law: Jurisdiction, case: RuleExample) -> list[Read]:
    asked = {
        "jurisdiction": law.code,
        "rule": case.rule,
        "inputs": case.inputs,
        "day": case.day.isoformat(),
        "switches": case.switches,
    }
    days = law_days(case)
    return [Read(each.parameter, each.since, *days) for each in ask(asked, case.day).citations]


def law_days(case: RuleExample) -> tuple[Period, Period]:
    """Return the days for which a rule proves something: a year it is about, or its day."""
    years = [case.inputs[name] for name in ("year", "tax_year", "year_due") if name in case.inputs]
    if not years:
        day = Period(case.day, case.day + DAY)
        return day, day
    first = date(years[0], 1, 1)
    return Period(first, first + DAY), Period(first, date(years[0] + 1, 1, 1))


def unproved(law: Jurisdiction, files: list[Examples]) -> list[str]:
    """Name each change of a sure number whose first day, or the day before, no example meets."""
    reads = [read for file in files for read in read_by(law, file)]
    missing = []
    for name, dated in law.parameters.items():
        mine = [read for read in reads if read.parameter == name]
        for old, new in pairwise(sorted(dated.versions)):
            if not dated.versions[new].sure:
                continue
            if not any(read.since == new and new in read.firsts for read in mine):
                missing.append(f"{name} on {new}")
            if not any(read.since == old and new - DAY in read.lasts for read in mine):
                missing.append(f"{name} on {new - DAY}")
    return missing


@pytest.mark.parametrize("code", codes())
def test_every_change_of_a_sure_number_has_an_example_on_its_first_and_last_day(code):
    assert unproved(jurisdiction(code), examples(code)) == []


@pytest.mark.parametrize(
    ("name", "changed_on", "missing"),
    [
        # Payments of both days are there, which read nothing of the form; June's form meets the
        # first day, and no form of May is there.
        ("withholding_return.due_days", date(2026, 7, 1), ["2026-06-30"]),
        ("withholding_return.due_days", date(2026, 9, 15), []),
        ("fee_withholding.small_payment", date(2026, 7, 1), []),
        ("fee_withholding.small_payment", date(2026, 7, 2), ["2026-07-02"]),
    ],
)
def test_an_example_proves_a_change_only_if_its_answer_cites_the_changed_number(
    name, changed_on, missing
):
    law = jurisdiction("xa")
    dated = law.parameters[name]
    more = {changed_on: Figure(Decimal(7), "Act 99, s. 1")}
    changed = replace(dated, versions={**dated.versions, **more})

    told = unproved(replace(law, parameters={**law.parameters, name: changed}), examples("xa"))

    assert [each for each in told if str(changed_on.year) in each] == [
        f"{name} on {day}" for day in missing
    ]


@pytest.mark.parametrize(("code", "stem"), NUMBER_FILES)
def test_every_number_on_the_shelf_names_its_source(code, stem):
    law = jurisdiction(code)

    mine = {name: dated for name, dated in law.parameters.items() if name.startswith(f"{stem}.")}
    assert mine
    assert all(figure.source for dated in mine.values() for figure in dated.versions.values())


@pytest.mark.parametrize(("code", "stem"), NUMBER_FILES)
def test_taking_any_one_citation_out_of_a_file_makes_it_refused(code, stem):
    text = texts(code, NUMBERS)[stem]
    found = list(CITATION.finditer(text))
    assert len(found) == text.count("cite:") > 0

    for citation in found:
        without = text[: citation.start()] + text[citation.end() :]
        with pytest.raises(BadLawFile, match=r"cite: Field required"):
            parameters_from(without, stem)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("rate: {about: a rate, unit: /1, since: {2024-01-01: {is: yes, cite: Act}}}", "is"),
        ("rate: {about: a rate, unit: /1, since: {2024-01-01: {is: 1e3, cite: Act}}}", "is"),
        ("rate: {about: a rate, unit: /1, since: {2024-01-01: {is: .5, cite: Act}}}", "is"),
        ("rate: {about: a rate, unit: /1, since: {2024-01-01: {is: 1_000, cite: Act}}}", "is"),
        (
            "rate: {about: a rate, unit: /1, since: {2024-01-01: {is: 1, cite: Act, sure: no}}}",
            "sure",
        ),
        ("rate: {about: a rate, unit: /1, since: {2024-02-30: {is: 1, cite: Act}}}", "day|month"),
        ("rate: {about: a rate, unit: /1, since: {}}", "since"),
        ("rate: {about: a rate, unit: /1, because: x, since: {}}", "because|since"),
        ("rate: 1\nrate: 2", "line 2: rate is there twice"),
        ("rate: !!python/object:datetime.date {}", "could not determine a constructor"),
        ("rate: !!float 1e3", "plain decimal"),
        ("- 1", "valid dict"),
        ("rate: [", "expected"),
    ],
)
def test_a_file_of_numbers_in_any_other_spelling_is_refused(text, reason):
    with pytest.raises(Refused, match=reason):
        parameters_from(text, "example")


def test_decimals_never_pass_through_binary_floating_point():
    rate = "0.10000000000000000555"

    assert f"{exact_yaml(rate, 'example'):f}" == rate


def test_an_unknown_place_is_refused_and_the_known_ones_named():
    assert {"cn", "xa"} <= set(codes())
    for wrong in ("atlantis", "evaluation", "examples"):
        with pytest.raises(Unknown, match=r"it knows .*cn"):
            place(wrong)


def test_the_lines_of_each_table_meet_without_a_jump():
    for name, dated in jurisdiction("cn").parameters.items():
        for figure in dated.versions.values():
            lines = figure.value if isinstance(figure.value, tuple) else ()
            for low, high in pairwise(lines):
                edge = low.up_to
                assert edge is not None
                assert edge * low.rate - low.quick == edge * high.rate - high.quick, name
