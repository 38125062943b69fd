"""What a document's text says is compared with what was entered: name, number, days, figures."""

from dataclasses import replace
from datetime import date

import pytest

from vendorops.documents.paper_text import Told, contradictions

TOLD = Told(
    kind="dispatch_licence",
    name="昆山高远劳务派遣有限公司",
    number="320583-LD-2025-0042",
    valid_from=date(2025, 1, 1),
    valid_to=date(2028, 1, 1),
    figures={"registered_capital": "5000000"},
)
TEXT = """劳务派遣经营许可证
编号 320583 - LD - 2025 - 0042
单位名称 昆 山 高 远 劳务派遣有限公司
注册资本 500万元
有效期限 自2025年1月1日 至2027年12月31日
"""


def codes(text: str, told: Told = TOLD) -> list[str]:
    return [finding.code for finding in contradictions(text, told)]


def test_a_paper_that_says_what_was_entered_contradicts_nothing():
    assert codes(TEXT) == []


@pytest.mark.parametrize("stated", ["5,000,000 CNY", "5000000", "500 万元", "５００万元"])
def test_a_figure_is_found_in_figures_with_commas_and_in_ten_thousands(stated):
    assert codes(TEXT.replace("500万元", stated)) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("高 远", "高 近", "document-names-another"),
        ("0042", "0043", "document-number-differs"),
        ("500万元", "50万元", "document-figure-differs"),
        ("500万元", "1500万元", "document-figure-differs"),
        ("2025年1月1日", "2025年1月2日", "document-begins-otherwise"),
        ("2027年12月31日", "2028年1月1日", "document-ends-a-day-later"),
        ("2027年12月31日", "2027年6月30日", "document-ends-otherwise"),
    ],
)
def test_each_contradiction_is_found_and_nothing_else(old, new, code):
    assert old in TEXT

    assert codes(TEXT.replace(old, new)) == [code]


def test_a_paper_without_any_day_is_left_to_the_eye():
    assert codes("昆山高远劳务派遣有限公司 320583-LD-2025-0042 5,000,000") == [
        "document-shows-no-day"
    ]


def test_a_paper_without_end_is_not_asked_for_one():
    text = TEXT.replace("至2027年12月31日", "长期")

    assert codes(text, replace(TOLD, valid_to=None)) == []
    assert codes(text) == ["document-ends-otherwise"]


def test_no_finding_shows_the_number_that_was_entered():
    told = " ".join(finding.message for finding in contradictions("1 May 2020", TOLD))

    assert "0042" not in told
