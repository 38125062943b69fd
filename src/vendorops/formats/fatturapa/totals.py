"""Totals of a FatturaPA invoice: its summary by rate, and the arithmetic that must hold.

The exchange checks the same (codes 00421 and 00422) but does not compare the stated total.
"""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from vendorops.domain.claim import ClaimLine
from vendorops.domain.money import Money, Rounding, total
from vendorops.domain.paper import percent_text
from vendorops.formats import _claim as claim
from vendorops.formats._xml import BadField, FieldMissing, Node
from vendorops.formats.fatturapa.lines import sign_of

HEAD = "DatiGenerali/DatiGeneraliDocumento"
RATE_SCALE = 10_000


@dataclass(frozen=True)
class Share:
    """DatiRiepilogo: what one rate of tax comes to."""

    rate_e4: int
    base: Money
    tax: Money
    beside: Money
    """What of the base no line holds: incidental expenses (SpeseAccessorie) and rounding."""


@dataclass(frozen=True)
class Figures:
    """What the document comes to."""

    net: Money
    tax: Money
    gross: Money


def read_figures(body: Node, lines: tuple[ClaimLine, ...], currency: str) -> Figures:
    """Return the figures of one invoice; refused where they contradict its lines or its total."""
    shares = [_share(node, currency) for node in body.every("DatiBeniServizi/DatiRiepilogo")]
    if not shares:
        raise FieldMissing(f"{body.where} has no DatiRiepilogo, which every invoice needs; add it")
    _check_bases(body, lines, shares, currency)
    tax = total([share.tax for share in shares], currency)
    gross = _gross(body, total([share.base for share in shares], currency) + tax)
    return Figures(gross - tax, tax, gross)


def _share(node: Node, currency: str) -> Share:
    rate_e4 = claim.rate(node.one("AliquotaIVA"))
    base = claim.amount(node.one("ImponibileImporto"), currency)
    tax = claim.amount(node.one("Imposta"), currency)
    made = base.times(Fraction(rate_e4, RATE_SCALE), rounding=Rounding.HALF_UP)
    if abs(made.minor - tax.minor) > 1:
        raise claim.TotalsDisagree(
            f"{node.where}: the rate makes a tax of {made}, but Imposta is {tax};"
            " ask the supplier for a corrected invoice"
        )
    expenses = claim.amount_at(node, "SpeseAccessorie", currency)
    return Share(rate_e4, base, tax, expenses + _exact(node, "Arrotondamento", currency))


def _exact(node: Node, path: str, currency: str) -> Money:
    found = node.maybe(path)
    return claim.rounded_amount(found, currency) if found else Money(0, currency)


def _check_bases(
    body: Node, lines: tuple[ClaimLine, ...], shares: list[Share], currency: str
) -> None:
    """Refuse a taxable base that lines and pension contributions of its rate do not make.

    A cent is allowed for each part, since each may have been rounded from eight decimals.
    """
    made: defaultdict[int, Money] = defaultdict(lambda: Money(0, currency))
    stated: defaultdict[int, Money] = defaultdict(lambda: Money(0, currency))
    parts = [(line.tax_rate_e4, line.net) for line in lines]
    for node in body.every(f"{HEAD}/DatiCassaPrevidenziale"):
        contribution = claim.amount(node.one("ImportoContributoCassa"), currency)
        parts.append((claim.rate(node.one("AliquotaIVA")), contribution))
    for rate_e4, amount in parts:
        made[rate_e4] += amount
    for share in shares:
        stated[share.rate_e4] += share.base - share.beside
    for rate_e4 in sorted(made.keys() | stated.keys()):
        allowed = sum(rate == rate_e4 for rate, _ in parts)
        if abs(made[rate_e4].minor - stated[rate_e4].minor) > allowed:
            raise claim.TotalsDisagree(
                f"the lines at {percent_text(rate_e4)} % and their contributions come to"
                f" {made[rate_e4]}, but ImponibileImporto is {stated[rate_e4]};"
                " ask the supplier for a corrected invoice"
            )


def _gross(body: Node, taxed: Money) -> Money:
    """Return the stated total, which bases, taxes, discounts and surcharges must make.

    Stamp duty (bollo) is part of it where the supplier passes it on, which no field tells.
    """
    head = body.one(HEAD)
    currency = taxed.currency
    made = taxed + _exact(head, "Arrotondamento", currency)
    for change in head.every("ScontoMaggiorazione"):
        amount = change.maybe("Importo")
        if amount is None:
            raise BadField(f"{change.where} gives a share without its amount (Importo); add it")
        part = claim.rounded_amount(amount, currency)
        made = made + part if sign_of(change) > 0 else made - part
    stated = head.maybe("ImportoTotaleDocumento")
    if stated is None:
        return made
    gross = claim.amount(stated, currency)
    if gross not in {made, made + claim.amount_at(head, "DatiBollo/ImportoBollo", currency)}:
        kept_back = head.every("DatiRitenuta")
        advice = ", with its total before what we withhold" if kept_back else ""
        raise claim.TotalsDisagree(
            f"its parts make {made}, but ImportoTotaleDocumento is {gross};"
            f" ask the supplier for a corrected invoice{advice}"
        )
    return gross
