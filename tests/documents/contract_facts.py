"""Makers of contract facts: the shipped samples, with whatever the test is about replaced."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from vendorops import programs
from vendorops.documents import ContractFields, ContractTerm
from vendorops.domain.money import Money

TEMPLATES = Path(__file__).parents[2] / "contract_templates"
DAY = date(2026, 3, 2)
CURRENCIES = {"cn": "CNY", "us": "USD"}
COMMON = (
    "reference",
    "day",
    "languages",
    "buyer_name",
    "buyer_identifier_masked",
    "supplier_identifier_masked",
)
"""What the sample of a kind takes from that of the programs."""


def squeezed(text: str) -> str:
    """Leave out what depends on where lines break: spaces, line ends, marks in long words."""
    return re.sub(r"[\s\u200b\ufffe]", "", text)


def term(row: Mapping[str, Any]) -> ContractTerm:
    since = {"since": date.fromisoformat(row["since"])}
    return ContractTerm(**{**row, **since})


def sample(program: str, place: str = "cn", **changed: Any) -> ContractFields:
    facts = yaml.safe_load((TEMPLATES / program / "sample.yaml").read_text("utf-8"))
    terms = tuple(term(row) for row in facts.pop("terms"))
    currency = CURRENCIES.get(place, "EUR")
    fields = ContractFields(
        reference="CTR-2026-000007",
        day=DAY,
        buyer_name="星河制造集团有限公司 Xinghe Manufacturing Group",
        buyer_identifier_masked="**** 7X3K",
        supplier_identifier_masked="**** 42MA",
        start=date(2026, 4, 1),
        end=date(2028, 4, 1),
        currency=currency,
        cap=Money.parse("1200000.00", currency),
        terms=terms,
        review_days=5,
        payment_days=30,
        languages="zh,en" if place == "cn" else "en",
        **facts,
    )
    return replace(fields, **changed)


def facts(kind: str, place: str = "cn", /, **changed: str) -> dict[str, Any]:
    """Return what the templates of a program, or of another kind of document, are set with."""
    if kind in programs.codes():
        return {**sample(kind, place).as_data(), **changed}
    common = sample("rpo", place).as_data()
    own: dict[str, Any] = yaml.safe_load((TEMPLATES / kind / "sample.yaml").read_text("utf-8"))
    return {name: common[name] for name in COMMON} | {"languages": "zh,en"} | own | changed
