"""What every file of numbers on the law shelf owes: a source each, and one spelling."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest

from vendorops.domain.refusal import Refused
from vendorops.law import (
    NUMBERS,
    BadLawFile,
    codes,
    exact_yaml,
    jurisdiction,
    parameters_from,
    place,
    texts,
)
from vendorops.law.examples import TaxExamples, examples
from vendorops.registry import Unknown

NUMBER_FILES = [(code, stem) for code in codes() for stem in texts(code, NUMBERS)]
CITATION = re.compile(r',? *\bcite: *"[^"]*"')


@pytest.mark.parametrize("code", codes())
def test_every_change_of_a_sure_number_has_an_example_on_its_first_and_last_day(code):
    days = {
        case.day for file in examples(code) if isinstance(file, TaxExamples) for case in file.cases
    }
    for name, versions in jurisdiction(code).parameters.items():
        for first in sorted(versions.versions)[1:]:
            if versions.versions[first].sure:
                assert {first, first - timedelta(days=1)} <= days, name


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
        with pytest.raises(Unknown, match="it knows cn"):
            place(wrong)


def test_the_lines_of_each_table_meet_without_a_jump():
    for name, dated in jurisdiction("cn").parameters.items():
        for figure in dated.versions.values():
            lines = figure.value if isinstance(figure.value, tuple) else ()
            for low, high in pairwise(lines):
                edge = low.up_to
                assert edge is not None
                assert edge * low.rate - low.quick == edge * high.rate - high.quick, name
