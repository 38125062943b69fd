"""The one vocabulary that demands and people are labelled with, and what follows from labels.

Files of dated entries, never edited but ended: roles and words, certificates, circles, formulas
of ranking, competency models, and what may not be asked at all. Each reads `.on(day)` style: an
entry holds from its `since` on, until its `until` or the next entry of its name.
"""

from vendorops.labels.reading import BadLabels
from vendorops.labels.rules import circles, competency, formula, formula_on
from vendorops.labels.vocabulary import (
    Label,
    ProtectedAttribute,
    UnknownLabel,
    certificate,
    check_not_protected,
    label,
    labels,
)

__all__ = [
    "BadLabels",
    "Label",
    "ProtectedAttribute",
    "UnknownLabel",
    "certificate",
    "check_not_protected",
    "circles",
    "competency",
    "formula",
    "formula_on",
    "label",
    "labels",
]
