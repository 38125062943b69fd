"""The dated rules of tasks, each against a definition of its own."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.dated import Dated
from vendorops.working.tasks.rules import (
    AGE,
    LIMITS,
    WORDING,
    Age,
    Limits,
    Wording,
    said_beyond,
    years_old,
)

DAY = date(2026, 11, 4)
RULE = WORDING.on(DAY)
days = st.dates(date(1950, 1, 1), date(2100, 1, 1))


def birthdays(born, years):
    """Return the day on which somebody turns so many years old."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


@given(days, st.integers(0, 100))
def test_somebody_is_a_year_older_from_the_birthday_on_and_not_before(born, years):
    turns = birthdays(born, years)

    assert years_old(born, turns) == years
    assert years_old(born, turns - timedelta(days=1)) == years - 1


@given(st.lists(st.sampled_from(RULE.vague), min_size=1, max_size=6), st.integers(0, 2100))
def test_vague_words_say_nothing_however_many_there_are(words, number):
    assert said_beyond(f"{number} " + " ".join(words), RULE) == 0


@given(st.sampled_from(RULE.vague))
def test_a_vague_word_takes_nothing_from_what_a_title_says(word):
    said = "标注照片 Photographs"

    assert said_beyond(f"{said} {word}", RULE) == said_beyond(said, RULE) == 19


def test_titles_that_name_the_work_are_taken_in_either_language():
    for title in ("门店巡检", "翻译说明书", "Translate manual", "Logo design", "录入发票 200 张"):
        assert said_beyond(title, RULE) >= RULE.title
    for title in ("服务", "IT 服务", "市场推广费", "Data services", "Q3 support work", "月度项目"):
        assert said_beyond(title, RULE) < RULE.title


def test_every_rule_is_dated_and_says_where_it_comes_from():
    rules: list[Dated[Wording] | Dated[Limits] | Dated[Age]] = [WORDING, LIMITS, *AGE.values()]
    for rule in rules:
        first = list(rule.versions)
        assert all(before < after for before, after in pairwise(first))
        assert all(len(version.cite) > 20 for version in rule.versions.values())
