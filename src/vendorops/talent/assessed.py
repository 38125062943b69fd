"""The labels that follow from an assessment: the grades reached, and the anchor's five forces."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache

from vendorops import labels
from vendorops.domain.ranking.demand import FULL, LabelName

ANCHOR = "web_anchor"
"""The model whose dimensions are the five forces, and whose grades need no name before them."""


def level_code(model: str, grade: str) -> str:
    """Return the code of a grade in a model.

    >>> level_code("web_anchor", "gold"), level_code("store_operator", "gold")
    ('gold', 'store_operator.gold')
    """
    return grade if model == ANCHOR else f"{model}.{grade}"


def assessed_labels(
    model: str, grade: str, scores: str, day: date
) -> Iterator[tuple[LabelName, int]]:
    """Yield the labels and strengths of an assessment; who is gold is silver and junior too."""
    for reached in _grades_up_to(model, grade, day):
        yield ("level", level_code(model, reached)), FULL
    if model == ANCHOR:
        for force, score in json.loads(scores).items():
            if score:
                yield ("force", force), score


@cache
def _grades_up_to(model: str, grade: str, day: date) -> tuple[str, ...]:
    return labels.competency(model, day).grades_up_to(grade)
