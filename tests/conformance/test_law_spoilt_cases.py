"""Whatever stands in a case, the law answers it or refuses it with a reason: it never breaks."""

import copy
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vendorops.domain.refusal import Refused
from vendorops.law import codes
from vendorops.law.evaluation import evaluate
from vendorops.law.examples import RuleExamples, examples

CASES = [
    pytest.param(code, case, id=f"{code}: {case.rule}")
    for code in codes()
    for rule, case in {
        case.rule: case
        for file in examples(code)
        if isinstance(file, RuleExamples)
        for case in file.cases
        if case.inputs
    }.items()
]
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.sampled_from(["", "-1", "1e9", "NaN", "1,000", "999999999999999999999", "2026-02-30", "٣"]),
    st.text(max_size=8),
    st.lists(st.sampled_from(["5", "-5", "x", ""]), max_size=13),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


@pytest.mark.parametrize(("code", "case"), CASES)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_case_with_any_input_spoilt_is_answered_or_refused(code, case, data):
    inputs = copy.deepcopy(case.inputs)
    key = data.draw(st.sampled_from([*inputs, "unheard_of"]))
    inputs[key] = data.draw(JUNK)
    asked = {"jurisdiction": code.upper(), "rule": case.rule, "inputs": inputs}

    with suppress(Refused):
        assert "findings" in evaluate(asked, date(2026, 11, 10))
