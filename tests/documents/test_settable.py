"""Looking a contract over finds what setting it finds, and sets one of each shape only."""

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tests.documents.contract_facts import TEMPLATES, sample
from vendorops.documents import settable
from vendorops.documents.contracts import render_contract
from vendorops.documents.settable import check_settable
from vendorops.domain.refusal import Refused


def found(act, *given):
    try:
        act(*given)
    except Refused as refusal:
        return str(refusal)
    return ""


def by_setting(books, fields):
    return found(render_contract, TEMPLATES, "rpo", "cn", books.as_of, fields)


def by_looking(books, fields):
    return found(check_settable, books, "rpo", "cn", fields)


@pytest.fixture
def books(opener):
    with opener()() as opened:
        yield opened


@pytest.fixture
def times_set(monkeypatch):
    """A list that grows whenever a contract is set in full."""
    done = []

    def counting(*given):
        done.append(given)
        return render_contract(*given)

    monkeypatch.setattr(settable, "render_contract", counting)
    return done


def named(name):
    return sample("rpo", supplier_name=name).as_data()


def test_contracts_that_differ_in_words_only_are_set_once(books, times_set):
    for name in ("Qin Tu Ltd.", "Others & Sons", "另一家人力资源有限公司"):
        assert by_looking(books, named(name)) == ""

    assert len(times_set) == 1


def test_what_was_proven_is_forgotten_with_its_transaction(opener, times_set):
    for _ in range(2):
        with opener()() as books:
            assert by_looking(books, named("Qin Tu Ltd.")) == ""

    assert len(times_set) == 2


def lacking(fields, name):
    return {key: value for key, value in fields.items() if key != name}


GOOD = sample("rpo").as_data()
BAD = {
    "missing particular": lacking(GOOD, "guarantee_days"),
    "missing table": lacking(GOOD, "guarantee_steps"),
    "missing cell": {**GOOD, "guarantee_steps": [{"days": "1-30"}]},
    "no glyph": named("Qin \U00013000 Ltd."),
    "script without a font": named("صورة"),
    "mark without its letter": named("中\u0301文"),
    "bidi": named("Qin \u202e Ltd."),
    "control": named("Qin \x07 Ltd."),
    "too long": named("x" * 1001),
    "person": sample("rpo", supplier_kind="person").as_data(),
    "other languages": sample("rpo", languages="en").as_data(),
    "no cap": sample("rpo", cap=None).as_data(),
    "empty table": {**GOOD, "guarantee_steps": []},
    "markup": named('#panic("x") \\ <% if %> $ * _ `'),
}


@pytest.mark.parametrize("name", BAD)
def test_looking_finds_what_setting_finds_after_a_good_one_was_proven(books, name):
    assert by_looking(books, GOOD) == ""

    assert by_looking(books, BAD[name]) == by_setting(books, BAD[name])
    assert by_looking(books, BAD[name]) == by_setting(books, BAD[name])


def test_at_least_seven_of_these_are_refused(books):
    assert sum(bool(by_setting(books, bad)) for bad in BAD.values()) >= 7


@examples(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.text(min_size=1, max_size=6))
@example(name="e\u0301")
@example(name="한글")
@example(name="\U0001f469\u200d\U0001f680")
def test_looking_finds_what_setting_finds_of_any_name(books, name):
    assert by_looking(books, GOOD) == ""

    assert by_looking(books, named(name)) == by_setting(books, named(name))


def test_fields_that_templates_compare_are_told_from_those_they_print():
    decisive = settable.decisive(TEMPLATES)

    assert {"supplier_kind", "languages"} <= decisive
    assert not {"supplier_name", "scope", "cap", "reference", "start", "end"} & decisive
