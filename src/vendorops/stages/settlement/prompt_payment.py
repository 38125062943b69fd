"""Takes the discount for prompt payment, claim by claim, where the money can go in time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sqlalchemy import exists
from sqlmodel import col, select

from vendorops.billing_law import billing_law
from vendorops.books import Books
from vendorops.documents import revisions
from vendorops.domain.lifecycle import CreditMemoStatus, SettlementStatus
from vendorops.domain.measure import price_text
from vendorops.domain.money import Money, Rounding
from vendorops.domain.self_billing import Cited
from vendorops.paying.prompt_payment import TAKEN, Offer, can_be_in_time, offer_of, offers_any
from vendorops.stages.settlement.claims import PayableLine
from vendorops.tables import Contract, CreditMemo, Invoice, Settlement, SettlementCredit
from vendorops.working.crediting import UNTAXED, Credit, raise_credit

ONE_E6 = 1_000_000


@dataclass
class _Claim:
    """What is paid of a claim, and how it is taxed."""

    net_minor: int = 0
    taxes: set[tuple[str, int]] = field(default_factory=set)


def offer_discounts(books: Books, contract: Contract, lines: Sequence[PayableLine]) -> None:
    """Issue a memo for each claim that can be paid promptly; cancel those that no longer can.

    The share is of what is paid of the claim, without tax and before other credits. Whether it
    lowers the tax as well is the law of the place; where nobody has written that down, and where
    it would and the claim is taxed at several rates, no discount is taken.
    """
    agreed = revisions(books, contract)
    if not offers_any(agreed):
        return
    claims: defaultdict[int, _Claim] = defaultdict(_Claim)
    for each in lines:
        claim = claims[each.line.invoice_id]
        claim.net_minor += each.net.minor
        if each.net:
            claim.taxes.add((each.line.tax_category, each.line.tax_rate_e4))
    held = []
    for ident, claim in claims.items():
        invoice = books.get(Invoice, ident)
        offer = offer_of(books, agreed, invoice)
        if offer and can_be_in_time(books, contract, offer.until):
            held.append(_discount(books, contract, _Offered(invoice, claim, offer)))
    _cancel_others(books, contract, {memo.id for memo in held if memo})


@dataclass(frozen=True)
class _Offered:
    invoice: Invoice
    claim: _Claim
    offer: Offer


def _discount(books: Books, contract: Contract, offered: _Offered) -> CreditMemo | None:
    invoice, claim, offer = offered.invoice, offered.claim, offered.offer
    law = _law(books, contract)
    if law is None:
        return None
    if law.value and len(claim.taxes) != 1:
        return None
    share = Fraction(offer.share_e6, ONE_E6)
    net = Money(claim.net_minor, contract.currency).times(share, rounding=Rounding.HALF_UP)
    if net.minor <= 0:
        return None
    memo = raise_credit(
        books,
        contract,
        Credit(
            kind=TAKEN,
            month=books.month.label,
            source=invoice,
            net=net,
            sentence=_sentence(invoice, offer, law),
            basis={
                "claim": invoice.reference,
                "paid_of_it": repr(Money(claim.net_minor, contract.currency)),
                "share": price_text(offer.share_e6),
                "until": offer.until.isoformat(),
                "lowers_tax": law.value,
                "law": law.source,
                "rounding": "half up, once",
            },
            raised_by=books.actor,
            taxed=next(iter(claim.taxes)) if law.value else UNTAXED,
        ),
    )
    if memo.status == CreditMemoStatus.DRAFT:
        because = f"{contract.reference} allows it, and the money can go by {offer.until}"
        books.move(memo, CreditMemoStatus.ISSUED, because=because)
    return memo if memo.net_minor == net.minor else None


def _sentence(invoice: Invoice, offer: Offer, law: Cited[bool]) -> str:
    percent = f"{offer.share_e6 / 10_000:g} %"
    tax = "lowers its tax" if law.value else "leaves its tax as it is"
    return (
        f"{percent} of {invoice.reference} for payment by {offer.until}; it {tax} ({law.source})"
    )


def _law(books: Books, contract: Contract) -> Cited[bool] | None:
    """Return whether the discount lowers the tax, by the law of the place on the day."""
    dated = billing_law(contract.place).discount_lowers_tax
    return dated.on(books.as_of) if dated else None


def _cancel_others(books: Books, contract: Contract, keep: set[int]) -> None:
    """Cancel discounts that were offered before and hold no more, unless a settlement has them."""
    taken = (
        select(SettlementCredit.id)
        .join(Settlement, col(Settlement.id) == col(SettlementCredit.settlement_id))
        .where(
            col(SettlementCredit.credit_memo_id) == col(CreditMemo.id),
            col(Settlement.status) != SettlementStatus.REJECTED,
        )
    )
    query = select(CreditMemo).where(
        col(CreditMemo.contract_id) == contract.id,
        col(CreditMemo.kind) == TAKEN,
        col(CreditMemo.status) == CreditMemoStatus.ISSUED,
        ~exists(taken),
    )
    for memo in books.session.exec(query.order_by(col(CreditMemo.reference))).all():
        if memo.id not in keep:
            because = "it can no longer be paid in time, or something else is paid of the claim"
            books.move(memo, CreditMemoStatus.CANCELLED, because=because)
