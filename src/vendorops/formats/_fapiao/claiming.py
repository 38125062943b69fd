"""A Chinese invoice as a claim: its totals checked, a red-letter one turned into a credit note."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vendorops.domain.claim import ClaimDocument, ClaimLine
from vendorops.domain.money import Money, total
from vendorops.formats._claim import TotalsDisagree, major_amount
from vendorops.formats._fapiao.checking import check_colour, check_seller
from vendorops.formats._fapiao.names import CURRENCY
from vendorops.formats._fapiao.remark import references
from vendorops.formats._fapiao.words import amount_in_words


@dataclass(frozen=True)
class Fapiao:
    """What the file says, with the signs it has there."""

    format: str
    guideline: str
    type_code: str
    number: str
    issued: date
    seller_name: str
    seller_number: str
    seller_account: str
    buyer_name: str
    remark: str
    net: Money
    tax: Money
    gross: Money
    in_words: str
    """The gross in words (价税合计大写), or nothing."""
    lines: tuple[ClaimLine, ...]
    red: bool | None = None
    """Whether it says that it is red-letter; None where it does not say."""
    source: str = ""
    """The invoice it takes back, where that has a field of its own."""


def claimed(said: Fapiao) -> ClaimDocument:
    """Return the claim; refused where totals, words, colour or the seller's number are wrong."""
    check_seller(said.seller_number)
    _check_totals(said)
    below_zero = said.gross.minor < 0
    check_colour(red=said.red, below_zero=below_zero)
    named = references(said.remark)
    claim = ClaimDocument(
        format=said.format,
        kind="credit_note" if below_zero else "invoice",
        number=said.number,
        issue_date=said.issued,
        currency=CURRENCY,
        seller_name=said.seller_name,
        seller_identifiers=(said.seller_number,),
        buyer_name=said.buyer_name,
        contract_reference=named.contract,
        net=said.net,
        tax=said.tax,
        gross=said.gross,
        payable=said.gross,
        lines=said.lines,
        guideline=said.guideline,
        type_code=said.type_code,
        order_references=named.orders,
        preceding_numbers=(said.source,) if said.source else named.sources,
        payee_accounts=(said.seller_account,) if said.seller_account else (),
    )
    return claim.turned() if below_zero else claim


def _check_totals(said: Fapiao) -> None:
    """Refuse totals that lines, or their words, contradict; a file without lines has none."""
    checks = [("net and tax make", said.net + said.tax, "价税合计", said.gross)]
    if said.lines:
        nets = total([line.net for line in said.lines], CURRENCY)
        taxes = total([line.tax or Money(0, CURRENCY) for line in said.lines], CURRENCY)
        checks.append(("the lines add up to", nets, "合计金额", said.net))
        checks.append(("the taxes of the lines add up to", taxes, "合计税额", said.tax))
    words = amount_in_words(said.in_words)
    if words is not None:
        checks.append(("its words say", _worded(words, said.gross), "价税合计", said.gross))
    for what, computed, stated_as, stated in checks:
        if computed != stated:
            raise TotalsDisagree(
                f"{what} {computed}, but {stated_as} is {stated};"
                " ask the supplier for a corrected invoice"
            )


def _worded(words: Fraction, gross: Money) -> Money:
    """Return the amount in words; some software leaves out that it is below zero."""
    amount = major_amount(words, CURRENCY)
    return -amount if gross == -amount and gross.minor < 0 else amount
