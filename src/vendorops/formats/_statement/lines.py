"""The lines of a statement, and whether its totals are those of its lines."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from vendorops.domain.claim import ClaimLine
from vendorops.domain.measure import extended, price_e6, price_text, quantity_e4, quantity_text
from vendorops.domain.money import BadAmount, Money, Rounding, exact, total
from vendorops.domain.statement_mapping import FIGURES
from vendorops.formats._claim import TotalsDisagree
from vendorops.formats._statement.body import Body, TotalRow
from vendorops.formats._statement.figures import Figure, decimal_mark, plain_decimal
from vendorops.formats._statement.layout import Layout
from vendorops.formats._statement.refusing import Unclear, cell
from vendorops.formats._statement.rows import TableRow
from vendorops.formats._statement.words import currency_of

T = TypeVar("T")
RATE_E4 = 10_000
MOST_PERCENT = 100
SIGNS = "€£¥￥$元"


@dataclass(frozen=True)
class Lines:
    """What the lines come to."""

    lines: tuple[ClaimLine, ...]
    taxes: tuple[Money, ...]
    """By line."""


@dataclass(frozen=True)
class Cells:
    """Asks rows for what their cells hold, by the meaning of the columns."""

    layout: Layout
    currency: str
    mark: str = "."
    """Before decimals."""

    def text(self, row: TableRow, column: str) -> str:
        """Return a cell; one of a column that is not there is empty."""
        at = self.layout.at(column)
        return "" if at is None else row.cell(at).strip()

    def needed(self, row: TableRow, column: str) -> str:
        """Return a cell that must hold something."""
        text = self.text(row, column)
        at = self.layout.at(column)
        if not text and at in row.formulas:
            what = "the formula has no saved value; open the workbook and save it again"
            raise cell("E_XLSX_FORMULA", row.number, column, what)
        if not text:
            raise cell("E_STATEMENT_CELL", row.number, column, "the cell is empty; fill it in")
        return text

    def figure(self, row: TableRow, column: str) -> str:
        """Return the number in a cell as a plain decimal; nothing where there is none."""
        text = self._bare(self.text(row, column))
        if not text:
            return ""
        mark = "." if self.layout.at(column) in row.typed else self.mark
        return plain_decimal(Figure(row.number, column, text), mark)

    def value(self, row: TableRow, column: str, reading: Callable[[str], T]) -> T:
        """Return what reading makes of a number; refused with its place."""
        self.needed(row, column)
        return self.given(row, column, reading)

    def given(self, row: TableRow, column: str, reading: Callable[[str], T]) -> T:
        """Return what reading makes of a number that may be left out, which is nothing."""
        plain = self.figure(row, column) or "0"
        try:
            return reading(plain)
        except BadAmount as error:
            raise cell("E_STATEMENT_NUMBER", row.number, column, str(error)) from error

    def money(self, row: TableRow, column: str) -> Money:
        """Return an amount; one that is not given is nothing."""
        return self.given(row, column, lambda text: Money.parse(text, self.currency))

    def fact(self, row: int, name: str, text: str) -> Money:
        """Return an amount that stands above the table."""
        plain = plain_decimal(Figure(row, name, self._bare(text)), self.mark)
        try:
            return Money.parse(plain, self.currency)
        except BadAmount as error:
            raise cell("E_STATEMENT_NUMBER", row, name, str(error)) from error

    def _bare(self, text: str) -> str:
        """Return a figure without the sign of its own currency; another's is left there."""
        if text.isascii() and not text.isupper():
            return text
        plain = text.strip(SIGNS + " ")
        for part in (text[: text.find(plain)], text[text.find(plain) + len(plain) :]):
            if part.strip() and currency_of(part.strip()) not in {"", self.currency}:
                return text
        for word in (plain[:3], plain[-3:]):
            if word == self.currency:
                return plain.removeprefix(word).removesuffix(word).strip()
        return plain


def figures_of(layout: Layout, body: Body) -> Iterator[Figure]:
    """Yield every cell that should hold a decimal, of lines and of totals, typed ones left out."""
    places = [(at, name) for at, name in enumerate(layout.meanings) if name in FIGURES]
    for row in (*body.lines, *(each.row for each in body.totals)):
        for at, name in places:
            if at not in row.typed and row.cell(at).strip():
                yield Figure(row.number, name, row.cell(at).strip(SIGNS + " "))


def mark_of(layout: Layout, body: Body) -> str:
    """Return the mark before decimals; see `decimal_mark`."""
    return decimal_mark(figures_of(layout, body))


def lines_of(cells: Cells, body: Body) -> Lines:
    """Return the lines; refused where one does not add up, or a total is not theirs."""
    taxes = tuple(cells.money(row, "tax") for row in body.lines)
    lines = tuple(
        _line(cells, row, at, tax)
        for at, (row, tax) in enumerate(zip(body.lines, taxes, strict=True), start=1)
    )
    found = Lines(lines, taxes)
    _check_totals(cells, body, found)
    return found


def _line(cells: Cells, row: TableRow, at: int, tax: Money) -> ClaimLine:
    quantity = cells.value(row, "quantity", quantity_e4)
    price = cells.value(row, "price", price_e6)
    net = cells.value(row, "amount", lambda text: Money.parse(text, cells.currency))
    product = cells.given(row, "quantity", lambda _: extended(quantity, price, cells.currency))
    if net != product:
        raise TotalsDisagree(
            f"E_STATEMENT_LINE: row {row.number}: {quantity_text(quantity)} x"
            f" {price_text(price)} is {product}, but the amount is {net}; ask the supplier for a"
            " corrected statement"
        )
    said = "description" if cells.layout.at("description") is not None else "work reference"
    return ClaimLine(
        number=cells.needed(row, "line") if cells.layout.at("line") is not None else str(at),
        description=cells.needed(row, said),
        quantity_e4=quantity,
        unit=cells.text(row, "unit"),
        price_e6=price,
        net=net,
        tax_category="",
        tax_rate_e4=_rate(cells, row, net, tax),
        work_reference=cells.text(row, "work reference"),
    )


def _rate(cells: Cells, row: TableRow, net: Money, tax: Money) -> int:
    """Return a tax rate in ten-thousandths.

    A spreadsheet stores 6 % as 0.06, which may also be 0.06 %: the stated tax tells which.
    """
    text = cells.text(row, "tax rate").removesuffix("%").strip()
    if not text:
        return 0
    typed = cells.layout.at("tax rate") in row.typed
    mark = "." if typed or "," not in text else ","
    percent = exact(plain_decimal(Figure(row.number, "tax rate", text), mark))
    if typed and 0 < percent < 1:
        fitting = {each for each in (percent, percent * 100) if _taxed(net, each) == tax}
        if len(fitting) != 1:
            raise Unclear(
                "E_STATEMENT_RATE",
                f"row {row.number}, column tax rate: {text} may be {text} % or {percent * 100} %",
            )
        percent = fitting.pop()
    scaled = percent.scaleb(2)
    if scaled != scaled.to_integral_value() or not 0 <= percent <= MOST_PERCENT:
        what = "the cell is not a percentage of at most two decimals; correct it"
        raise cell("E_STATEMENT_NUMBER", row.number, "tax rate", what)
    return int(scaled)


def _taxed(net: Money, percent: object) -> Money:
    return net.times(Fraction(str(percent)) / 100, rounding=Rounding.HALF_UP)


def _check_totals(cells: Cells, body: Body, found: Lines) -> None:
    since = 0
    for each in body.totals:
        nets = [line.net for line in found.lines[: each.lines]]
        taxes = found.taxes[: each.lines]
        first = since if each.kind == "part" else 0
        net = total(nets[first:], cells.currency)
        tax = total(taxes[first:], cells.currency)
        _check_total(cells, each, net, tax)
        since = each.lines


def _check_total(cells: Cells, each: TotalRow, net: Money, tax: Money) -> None:
    """Refuse a total that its lines do not make, naming both figures."""
    right = {"tax": {tax}, "gross": {net + tax}}.get(each.kind, {net, net + tax})
    for column, sums in (("amount", right), ("tax", {tax}), ("total", {net + tax})):
        if not cells.text(each.row, column):
            continue
        stated = cells.money(each.row, column)
        if stated not in sums:
            raise TotalsDisagree(
                f"E_STATEMENT_TOTAL: row {each.row.number}, column {column}: the lines above make"
                f" {min(sums)}, but the stated total is {stated}; ask the supplier for a corrected"
                " statement"
            )
