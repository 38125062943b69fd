"""Every layout of returns is of a known form, cites its source, and shows what the books know."""

from datetime import date

import pytest

from vendorops import law
from vendorops.filing_layouts import OF_REPORTS, BadLayout, layout_from, layouts

FORMS = {form.form: form for code in law.codes() for form in law.jurisdiction(code).returns}
REPORTS = {form.form for code in law.codes() for form in law.jurisdiction(code).reminders}
GOOD = """
title: A sheet
of: xa.withholding
file: csv
since:
  2024-01-01:
    cite: "Fee Withholding Act, s. 9"
    sheets:
      - {name: All, rows: payee, columns: [{title: Name, field: name}]}
"""


@pytest.mark.parametrize("name", layouts())
def test_a_layout_is_of_a_form_and_of_taxes_that_it_declares(name):
    layout = layouts()[name]

    assert (layout.of in FORMS) != (layout.of in REPORTS)
    taxes = FORMS[layout.of].taxes if layout.of in FORMS else ()
    for version in layout.since.values():
        for sheet in version.sheets:
            assert set(sheet.taxes) <= set(taxes)
            assert all(column.cite for column in sheet.columns if not column.sure)


@pytest.mark.parametrize("name", layouts())
def test_a_layout_takes_each_tax_of_its_form_or_says_that_it_leaves_it_out(name):
    layout = layouts()[name]

    taxes = set(FORMS[layout.of].taxes) if layout.of in FORMS else set()
    for version in layout.since.values():
        assert {tax for tax in taxes if not version.takes(tax)} == set(version.leaves_out)


@pytest.mark.parametrize("name", layouts())
def test_what_only_reports_or_only_returns_know_stands_in_no_other_layout(name):
    layout = layouts()[name]

    sheets = [sheet for version in layout.since.values() for sheet in version.sheets]
    fields = {column.field for sheet in sheets for column in sheet.columns}
    foreign = set(OF_REPORTS) if layout.of in FORMS else {"tax", "base"}
    assert not fields & foreign
    assert {sheet.rows for sheet in sheets} <= (
        {"payee", "tax"} if layout.of in FORMS else {"payee", "quarter"}
    )


@pytest.mark.parametrize(
    ("spoilt", "why"),
    [
        (("cite:", "# cite:"), "cite: Field required"),
        (("field: name", "field: shoe_size"), "field"),
        (("field: name", "field: name, says: you"), "`field` or `says`"),
        (("[{title: Name, field: name}]", "[]"), "columns"),
        (("[{title: Name, field: name}]", "[{title: A}, {title: A}]"), "one title"),
        (("of: xa", "of: 5"), "of"),
        (("sheets:", "leaves_out: {xa.fee: left out for now}\n    sheets:"), "a sheet takes it"),
        (("file: csv", "file: pdf"), "file"),
        (("rows: payee", "rows: planet"), "rows"),
        (("{title: Name, field: name}", "{title: Name, words: {a: b}}"), "words stand for"),
    ],
)
def test_a_layout_that_does_not_say_what_it_must_is_refused(spoilt, why):
    assert layout_from(GOOD, "good").on(date(2026, 1, 1)).sheets[0].name == "All"

    with pytest.raises(BadLayout, match=why):
        layout_from(GOOD.replace(*spoilt), "spoilt")
