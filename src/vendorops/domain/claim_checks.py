"""Whether the figures of a claim hold together, so that nothing but its lines can be paid."""

from fractions import Fraction

from vendorops.domain.claim import ClaimDocument, ClaimLine
from vendorops.domain.measure import LIMIT
from vendorops.domain.money import LIMIT_MINOR, Money, Rounding, total
from vendorops.domain.refusal import Refused

RATE_SCALE = 10_000
HIGHEST_RATE_E4 = 10 * RATE_SCALE
"""Ten times the price, in ten-thousandths of it; no tax is higher."""


class ClaimContradictsItself(Refused):
    """Figures of one claim do not agree, or leave nothing that work could be matched to."""


def check_claim(claim: ClaimDocument) -> None:
    """Refuse a claim that cannot be booked whatever its work was; it would pay a wrong amount.

    Lines that do not make the net, or a tax that is not that of their rates, are left to the
    match, which disputes them: allowances and charges on the whole document do that in invoices
    that are otherwise in order, and some exporters round as no standard does.
    """
    if not claim.lines:
        raise ClaimContradictsItself(
            "the file has no lines, so no work can be matched to it; ask for a full invoice"
        )
    _check_sizes(claim)
    if claim.kind == "credit_note" and claim.gross.minor < 0:
        raise ClaimContradictsItself(
            f"the credit note comes to {claim.gross}, so it would ask for money; ask the supplier"
            " for one that states above zero what it gives back"
        )
    _agree("net and tax make", claim.net + claim.tax, "gross (BT-112)", claim.gross)
    _agree("gross (BT-112) is", claim.gross, "what is left to pay (BT-115)", claim.payable)
    if total([line.net for line in claim.lines], claim.currency) == claim.net:
        _check_line_taxes(claim)


def _check_sizes(claim: ClaimDocument) -> None:
    stated = (claim.net, claim.tax, claim.gross, claim.payable)
    taxes = (line.tax for line in claim.lines if line.tax is not None)
    amounts = [*stated, *(line.net for line in claim.lines), *taxes]
    if any(amount.currency != claim.currency for amount in amounts):
        raise ClaimContradictsItself(
            f"the claim is in {claim.currency}, but an amount of it is in another currency;"
            " ask for an invoice in one currency"
        )
    if any(abs(amount.minor) >= LIMIT_MINOR for amount in amounts):
        raise ClaimContradictsItself("an amount has more digits than any bill; check the file")
    for line in claim.lines:
        if max(abs(part) for part in (*_factors(line), line.quantity_e4 * line.price_e6)) > LIMIT:
            raise ClaimContradictsItself(
                f"line {line.number[:20]!r}: quantity times price is larger than any line;"
                " ask the supplier for a corrected invoice"
            )
        if not 0 <= line.tax_rate_e4 <= HIGHEST_RATE_E4:
            raise ClaimContradictsItself(
                f"line {line.number[:20]!r}: no tax has such a rate (BT-152); ask the supplier"
                " for a corrected invoice"
            )


def _factors(line: ClaimLine) -> tuple[int, int]:
    return line.quantity_e4, line.price_e6


def _check_line_taxes(claim: ClaimDocument) -> None:
    """Compare the taxes that lines state, where all do, with what their rates make of them.

    A fapiao's line states what a price with tax less the net comes to, which may be a unit beside
    what the rate makes; nothing else is right.
    """
    stated = [line.tax for line in claim.lines if line.tax is not None]
    if len(stated) < len(claim.lines):
        return
    for line, tax in zip(claim.lines, stated, strict=True):
        made = line.net.times(Fraction(line.tax_rate_e4, RATE_SCALE), rounding=Rounding.HALF_UP)
        if abs(made.minor - tax.minor) > 1:
            _agree(f"line {line.number[:20]!r}: the rate makes a tax of", made, "its tax", tax)
    _agree("the taxes of the lines make", total(stated, claim.currency), "tax (BT-110)", claim.tax)


def _agree(what: str, computed: Money, stated_as: str, stated: Money) -> None:
    if computed != stated:
        raise ClaimContradictsItself(
            f"{what} {computed}, but {stated_as} is {stated}; ask the supplier for a corrected"
            " invoice, with the tax rate of each line and without prepayments"
        )
