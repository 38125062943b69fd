"""Raises what a supplier owes back, with the tax that was paid on what it takes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlmodel import col, select

from vendorops.books import Books, canonical, log
from vendorops.domain.money import Money, Rounding, rounded
from vendorops.tables import Contract, CreditMemo, Invoice, InvoiceLine, Row

UNTAXED = ("O", 0)
"""Nothing was claimed under the contract yet that tax was paid on (UNCL 5305)."""


@dataclass(frozen=True)
class Credit:
    """What follows from one fact by one rule of a contract."""

    kind: str
    """guarantee, service_level, late_delivery, correction, volume_discount, rebate …"""
    month: str
    """The month from whose settlement on it is taken off, such as `2026-11`."""
    source: Row
    """The fact it follows from; credited once for each kind."""
    net: Money
    sentence: str
    basis: Mapping[str, object]
    """The calculation, so that anybody can do it again."""
    raised_by: str
    """Who reported the fact, and therefore may not issue the memo; handles between blanks."""
    borne_by: str = "supplier"
    """`client` where it is no credit but a cost of ours, on which no tax was claimed."""
    taxed: tuple[str, int] | None = None
    """Category and rate; those of the newest claimed line unless given."""
    tax_minor: int | None = None
    """The tax itself, where it is not what the rate makes of the net."""


def raise_credit(books: Books, contract: Contract, credit: Credit) -> CreditMemo:
    """Enter a memo in draft, which a buyer issues; the same fact again is the same memo.

    Its tax is that of the newest line claimed under the contract, as what is taken back was taxed.
    """
    log.lock(books.session)
    table = type(credit.source).__name__.lower()
    query = select(CreditMemo).where(
        col(CreditMemo.kind) == credit.kind,
        col(CreditMemo.source_table) == table,
        col(CreditMemo.source_id) == credit.source.id,
    )
    known = books.session.exec(query).one_or_none()
    if known:
        return known
    ours = credit.borne_by == "client"
    category, rate = credit.taxed or (UNTAXED if ours else _tax_of(books, contract))
    tax = rounded(Fraction(credit.net.minor * rate, 10**4), Rounding.HALF_UP)
    return books.enter(
        CreditMemo(
            id=books.key(),
            reference=books.reference("CRM"),
            contract_id=contract.id,
            kind=credit.kind,
            borne_by=credit.borne_by,
            month=credit.month,
            source_table=table,
            source_id=credit.source.id,
            source_reference=str(getattr(credit.source, "reference", credit.source.id)),
            sentence=credit.sentence,
            basis=canonical(credit.basis).decode(),
            currency=credit.net.currency,
            net_minor=credit.net.minor,
            tax_category=category,
            tax_rate_e4=rate,
            tax_minor=tax if credit.tax_minor is None else credit.tax_minor,
            raised_by=credit.raised_by,
            raised_on=books.as_of,
        ),
        because=credit.sentence,
    )


def _tax_of(books: Books, contract: Contract) -> tuple[str, int]:
    query = (
        select(InvoiceLine.tax_category, InvoiceLine.tax_rate_e4)
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(col(Invoice.contract_id) == contract.id, col(Invoice.status) != "rejected")
        .order_by(col(InvoiceLine.id).desc())
    )
    found = books.session.exec(query).first()
    return (found[0], found[1]) if found else UNTAXED
