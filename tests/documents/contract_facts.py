"""Makers of contract facts: the shipped samples, with whatever the test is about replaced."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from vendorops.documents import ContractFields
from vendorops.documents.samples import sample_contract, sample_order

TEMPLATES = Path(__file__).parents[2] / "contract_templates"
DAY = date(2026, 3, 2)


def squeezed(text: str) -> str:
    """Leave out what depends on where lines break: spaces, line ends, marks in long words."""
    return re.sub(r"[\s\u200b\ufffe]", "", text)


def sample(program: str, place: str = "cn", **changed: Any) -> ContractFields:
    return replace(sample_contract(TEMPLATES, program, place, DAY), **changed)


def facts(kind: str, place: str = "cn", /, **changed: str) -> dict[str, Any]:
    """Return what the templates of a program, or of another kind of document, are set with."""
    return {**sample_order(TEMPLATES, kind, place, DAY).fields, **changed}
