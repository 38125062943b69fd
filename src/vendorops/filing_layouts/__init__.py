"""How tax offices want to be told beside a return's own form: `<name>.yaml`, dated and cited.

A layout says of which form, or report that rests on no tax, it is, and, from a day on, its sheets:
which rows, which columns in which order, and what of the books stands in each. A change of a
template is a new entry below the old one. Dropping a file in is all it takes to join.
"""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from vendorops.domain.dated import Dated
from vendorops.exact_yaml import BadYaml, exact_yaml

SUFFIX = ".yaml"
Cite = Annotated[str, Field(min_length=8)]
Words = Annotated[str, Field(min_length=1, max_length=80)]
FIELDS = (
    *("payee", "name", "first_name", "last_name", "kind", "place", "address", "email"),
    *("identity", "scheme", "born_on", "sex", "payer", "payer_name", "payer_address"),
    *("tax", "income", "base", "withheld", "currency", "payments", "period", "from", "until"),
    *("number",),
)
"""What a column may show; documents/filing_sheets.py knows how each is told."""
FIGURED = (
    *("sales", "exempt_sales", "taxed_sales", "vat"),
    *("urban", "education", "local_education", "to_pay"),
)
"""What the rule of a report makes of a payee's income."""
OF_REPORTS = ("quarter", "consideration", "activities", "account", "bank", "holder", *FIGURED)
"""What only reports of platforms show, which documents/platform_reports.py fills."""


class BadLayout(BadYaml):
    """A file of this shelf that does not say what it must."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Column(_Strict):
    """One column: its heading as the office writes it, and what stands below."""

    title: Words
    field: Literal[FIELDS + OF_REPORTS] | None = None  # type: ignore[valid-type]  # Those above.
    says: str = ""
    """The same words in each row."""
    words: dict[str, str] = {}
    """What the office writes for each value of the field; a value without one stays empty."""
    needed: bool = False
    cite: str = ""
    sure: bool = True

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if self.field and self.says:
            raise ValueError(f"{self.title}: a column has `field` or `says`, not both")
        if self.words and not self.field:
            raise ValueError(f"{self.title}: words stand for values of a field")
        return self


class Sheet(_Strict):
    """One sheet of a file, or all of a file that has no sheets."""

    name: Annotated[str, Field(min_length=1, max_length=31)]
    rows: Literal["payee", "tax", "quarter"]
    """One row a payee, one a payee and tax, or, in reports, one a payee and quarter."""
    taxes: list[str] = []
    """Only of these taxes; of all where none is named."""
    columns: Annotated[list[Column], Field(min_length=1)]

    @model_validator(mode="after")
    def _titles_differ(self) -> Self:
        titles = [column.title for column in self.columns]
        if len(set(titles)) < len(titles):
            raise ValueError(f"{self.name}: two columns have one title")
        return self


class Version(_Strict):
    """A layout from a day on."""

    cite: Cite
    sure: bool = True
    sheets: Annotated[list[Sheet], Field(min_length=1)]
    leaves_out: dict[str, Cite] = {}
    """Taxes of the form that no sheet takes, and why; whoever hands it in is told of each."""

    @model_validator(mode="after")
    def _leaves_out_what_no_sheet_takes(self) -> Self:
        both = sorted(tax for tax in self.leaves_out if self.takes(tax))
        if both:
            raise ValueError(f"{', '.join(both)}: left out, but a sheet takes it")
        return self

    def takes(self, tax: str) -> bool:
        """Tell whether a sheet shows amounts of a tax.

        Beside sheets of taxes, a sheet of payees tells who they are, and no amount.
        """
        by_tax = [sheet for sheet in self.sheets if sheet.rows == "tax"]
        return any(not sheet.taxes or tax in sheet.taxes for sheet in by_tax or self.sheets)


class Layout(_Strict):
    """A file beside a return, or one that is a report."""

    title: Words
    of: Annotated[str, Field(pattern=r"^[a-z]{2}\.[a-z0-9_.]+$")]
    """The form, such as `cn.iit.withholding`."""
    file: Literal["xlsx", "csv"]
    since: Annotated[dict[date, Version], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_sheet_in_csv(self) -> Self:
        if self.file == "csv" and any(len(each.sheets) > 1 for each in self.since.values()):
            raise ValueError("a CSV file is one sheet")
        return self

    def on(self, day: date) -> Version:
        """Return the sheets that hold on a day; raises NotInForce before the first."""
        return Dated(self.title, dict(self.since)).on(day)

    def holds(self, day: date) -> bool:
        """Tell whether the office wants it on a day."""
        return min(self.since) <= day


def layout_from(text: str, name: str) -> Layout:
    """Read one layout; a version without a citation is refused."""
    try:
        return Layout.model_validate(exact_yaml(text, name + SUFFIX))
    except ValidationError as error:
        first = error.errors()[0]
        at = " → ".join(str(step) for step in first["loc"])
        raise BadLayout(f"{name}{SUFFIX}: {at}: {first['msg']}") from error


@cache
def layouts() -> dict[str, Layout]:
    """Return all layouts by name."""
    found = sorted(files(__name__).iterdir(), key=lambda file: file.name)
    return {
        file.name.removesuffix(SUFFIX): layout_from(
            file.read_text("utf-8"), file.name.removesuffix(SUFFIX)
        )
        for file in found
        if file.name.endswith(SUFFIX)
    }


def layouts_of(form: str, day: date) -> dict[str, Layout]:
    """Return the layouts beside a form that hold on a day, by name."""
    return {
        name: layout
        for name, layout in layouts().items()
        if layout.of == form and layout.holds(day)
    }
