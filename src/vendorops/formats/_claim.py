"""What the XML formats share: figures out of elements, and whether the totals add up."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from vendorops.domain.measure import LIMIT, PRICE_PLACES, QUANTITY_PLACES, quantity_e4
from vendorops.domain.money import (
    BadAmount,
    Money,
    Rounding,
    exact,
    exponent,
    rounded,
    total,
)
from vendorops.domain.refusal import Refused
from vendorops.formats._xml import BadField, FieldRepeated, Node

T = TypeVar("T")

LONGEST_NUMBER = 28
"""Characters; Python's decimals are exact up to here."""
PERCENT_TO_E4 = 2
"""A percentage has two decimals fewer than the same rate in ten-thousandths of one."""

PRO_FORMA = "325"
"""UNTDID 1001."""


class NotAnInvoice(Refused):
    """The file is nothing that we read as a claim."""


class TotalsDisagree(Refused):
    """Figures of one file contradict one another."""


def plain_number(text: str) -> str:
    """Return a number as Python's own readers want it; refused when it is none to be relied on.

    A plus sign is legal in XML and dropped; minus nothing is a sign of a broken export.
    """
    number = text[1:] if text.startswith("+") and re.match(r"\+[\d.]", text) else text
    if len(number) > LONGEST_NUMBER:
        raise BadAmount(f"a number has more than {LONGEST_NUMBER} characters; shorten it")
    if number.startswith("-") and exact(number) == 0:
        raise BadAmount(f"{number!r} is minus nothing; write 0")
    return number


def _read(node: Node, reading: Callable[[str], T]) -> T:
    try:
        return reading(plain_number(node.content))
    except BadAmount as error:
        raise BadField(f"{node.where}: {error}") from error


def decimal(node: Node) -> Decimal:
    """Read an exact number, however many decimals it has."""
    return _read(node, exact)


def amount(node: Node, currency: str) -> Money:
    """Read an amount; refused when the element names another currency than the document."""
    named = node.attribute("currencyID")
    if named not in {"", currency}:
        raise BadField(f"{node.where} is in {named[:3]}, but the invoice is in {currency}")
    return _read(node, lambda text: Money.parse(text, currency))


def rounded_amount(node: Node, currency: str) -> Money:
    """Read an amount stated finer than its currency, rounded half up."""
    return major_amount(Fraction(decimal(node)), currency)


def major_amount(value: Fraction, currency: str) -> Money:
    """Return an exact amount of major units as money, rounded half up."""
    return Money(rounded(value * 10 ** exponent(currency), Rounding.HALF_UP), currency)


def amount_at(node: Node, path: str, currency: str) -> Money:
    """Read the amount at a path; one that is not given is nothing."""
    found = node.maybe(path)
    return amount(found, currency) if found else Money(0, currency)


def tax_in(currency: str, nodes: Sequence[Node]) -> Money:
    """Read BT-110 among tax totals that may repeat it in another currency (BT-111)."""
    ours = [node for node in nodes if node.attribute("currencyID") in {"", currency}]
    if len(ours) > 1:
        raise FieldRepeated(f"{ours[1].where} is given twice in {currency}; give it once")
    return amount(ours[0], currency) if ours else Money(0, currency)


def currency_code(node: Node) -> str:
    """Read BT-5."""
    code = node.content
    if not re.fullmatch(r"[A-Z]{3}", code, re.ASCII):
        raise BadField(f"{node.where} is not a currency; write its ISO 4217 code, such as EUR")
    return code


def day(node: Node, shape: str) -> date:
    """Read a calendar date of one shape: a pattern with groups for year, month and day."""
    found = re.fullmatch(shape, node.content, re.ASCII)
    try:
        return date(*map(int, found.groups() if found else ()))
    except (ValueError, TypeError) as error:
        raise BadField(f"{node.where} is not a date; write it as the format wants") from error


def quantity(node: Node) -> int:
    """Read BT-129 in ten-thousandths."""
    return _read(node, quantity_e4)


def unit_price(price: Node, base: Node | None) -> int:
    """Return BT-146 over BT-149 in millionths, rounded half up once; the line's net stays as is.

    Suppliers state prices finer than we compare them (0.061232374) or for a hundred pieces.
    """
    e6 = _read(price, exact).scaleb(PRICE_PLACES)
    if base is None:
        return rounded(e6, Rounding.HALF_UP)
    per = _read(base, exact)
    if per <= 0:
        raise BadField(f"{base.where} must be above zero; correct it")
    return rounded(Fraction(e6) / Fraction(per), Rounding.HALF_UP)


def price_of(net: Money, quantity_e4: int, where: Node) -> int:
    """Return the price per unit, in millionths, that a line's net and quantity come to."""
    if quantity_e4 == 0:
        if net:
            raise BadField(f"{where.where} bills {net} for a quantity of 0; correct it")
        return 0
    units = Fraction(quantity_e4, 10**QUANTITY_PLACES)
    major = Fraction(net.minor, 10 ** exponent(net.currency))
    return rounded(major / units * 10**PRICE_PLACES, Rounding.HALF_UP)


def rate(node: Node | None) -> int:
    """Read BT-152, a percentage, in ten-thousandths of one; one that is not given is nothing."""
    if node is None:
        return 0
    scaled = _read(node, exact).scaleb(PERCENT_TO_E4)
    if scaled != scaled.to_integral_value() or not 0 <= scaled <= 100 * 10**PERCENT_TO_E4:
        raise BadField(f"{node.where} is not a percentage of at most two decimals; correct it")
    return int(scaled)


def each_once(nodes: Iterable[Node]) -> tuple[str, ...]:
    """Return the texts of elements in their order, each once, without empty ones."""
    return tuple(dict.fromkeys(node.content for node in nodes if node.content))


def check_kind(code: str) -> None:
    """Refuse a kind of document (BT-3) by which nobody asks for money."""
    if code == PRO_FORMA:
        raise NotAnInvoice("the file is a pro forma invoice (325); send the invoice itself")


def flag(node: Node) -> bool:
    """Read a truth value of XML Schema."""
    known = {"true": True, "1": True, "false": False, "0": False}
    if node.content not in known:
        raise BadField(f"{node.where} is neither true nor false; correct it")
    return known[node.content]


def check_size(where: Node, quantity: int, price: int) -> None:
    """Refuse a line whose product no database could compute."""
    if abs(quantity * price) > LIMIT:
        raise BadField(f"{where.where}: quantity times price is larger than any line; check it")


@dataclass(frozen=True)
class Totals:
    """BG-22 as stated, and the parts of which it should be made."""

    currency: str
    line_nets: tuple[Money, ...]
    """BT-131 of every line."""
    lines: Money | None
    """BT-106; None in Factur-X MINIMUM alone, which states no parts that could be added up."""
    allowance_parts: tuple[Money, ...]
    """BT-92."""
    allowances: Money
    """BT-107."""
    charge_parts: tuple[Money, ...]
    """BT-99."""
    charges: Money
    """BT-108."""
    net: Money
    tax: Money
    gross: Money
    prepaid: Money
    """BT-113."""
    rounding: Money
    """BT-114."""
    payable: Money

    def check(self) -> None:
        """Refuse totals that do not add up, naming both figures (BR-CO-10 to 13, 15, 16)."""
        self._agree("net and tax make", self.net + self.tax, "gross (BT-112)", self.gross)
        lines = total(self.line_nets, self.currency)
        if self.lines is not None:
            self._check_parts(self.lines)
        if self.lines is not None and self.line_nets:
            self._agree("the lines add up to", lines, "their stated sum (BT-106)", self.lines)

    def _check_parts(self, lines: Money) -> None:
        allowances = total(self.allowance_parts, self.currency)
        charges = total(self.charge_parts, self.currency)
        self._agree("allowances come to", allowances, "their stated sum (BT-107)", self.allowances)
        self._agree("charges come to", charges, "their stated sum (BT-108)", self.charges)
        net = lines - allowances + charges
        self._agree("lines less allowances plus charges make", net, "net (BT-109)", self.net)
        due = self.gross - self.prepaid + self.rounding
        self._agree("what is left to pay comes to", due, "payable (BT-115)", self.payable)

    def _agree(self, what: str, computed: Money, stated_as: str, stated: Money) -> None:
        if computed != stated:
            raise TotalsDisagree(
                f"{what} {computed}, but {stated_as} is {stated};"
                " ask the supplier for a corrected invoice"
            )
