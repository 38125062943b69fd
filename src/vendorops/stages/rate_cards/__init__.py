"""Has rate cards approved, lets them hold from their day on, and supersedes those before."""

from sqlmodel import and_, col, or_, select

from vendorops.books import Books, Question, decided
from vendorops.domain.lifecycle import RateCardStatus
from vendorops.domain.measure import price_text
from vendorops.domain.rate_cards import RateEntry
from vendorops.stages import Step
from vendorops.stages.rate_cards.loading import BadRateCard, load
from vendorops.tables import RateCard, Supplier
from vendorops.working.rates import rates_of

__all__ = ["SUBJECT", "BadRateCard", "advance", "load", "ready"]

SUBJECT = RateCard


def ready(books: Books) -> list[int]:
    """Return drafts, and approved cards whose first day has come."""
    begins = and_(
        col(RateCard.status) == RateCardStatus.APPROVED.value,
        col(RateCard.valid_from) <= books.as_of,
    )
    query = select(RateCard.id).where(or_(col(RateCard.status) == RateCardStatus.DRAFT, begins))
    return list(books.session.exec(query.order_by(col(RateCard.valid_from), col(RateCard.id))))


def advance(books: Books, ident: int) -> Step:
    """Ask whether a card holds, or let it hold from its first day on."""
    card = books.get(RateCard, ident)
    if card.status == RateCardStatus.DRAFT:
        return _approve(books, card)
    if card.status == RateCardStatus.APPROVED and card.valid_from <= books.as_of:
        books.move(card, RateCardStatus.EFFECTIVE, because="its first day has come")
        _supersede(books, card)
    return Step.DONE


def _approve(books: Books, card: RateCard) -> Step:
    decision = decided(books, _question(books, card))
    if decision is None:
        return Step.WAITING
    approved = decision.answer == "approve"
    after = RateCardStatus.APPROVED if approved else RateCardStatus.REJECTED
    because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
    books.move(card, after, because=because, content=decision.content_sha256)
    return Step.AGAIN


def _supersede(books: Books, card: RateCard) -> None:
    query = select(RateCard).where(
        col(RateCard.supplier_id) == card.supplier_id,
        col(RateCard.currency) == card.currency,
        col(RateCard.status) == RateCardStatus.EFFECTIVE.value,
        col(RateCard.id) != card.id,
    )
    for other in books.session.exec(query).all():
        books.move(
            other, RateCardStatus.SUPERSEDED, because=f"{card.reference} from {card.valid_from}"
        )


def _question(books: Books, card: RateCard) -> Question:
    supplier = books.get(Supplier, card.supplier_id)
    rates = rates_of(books, card).entries
    return Question(
        kind="rate_card",
        subject=card,
        content={
            "card": card.reference,
            "supplier": supplier.reference,
            "currency": card.currency,
            "from": card.valid_from.isoformat(),
            "source_sha256": card.source_sha256,
            "rates": [_shown(rate) for rate in rates],
        },
        sentence=(
            f"Let {len(rates)} rates bound what people of {supplier.reference} may cost from"
            f" {card.valid_from} on?"
        ),
        role="approver",
        party_id=supplier.party_id,
        not_by=(card.proposed_by,),
    )


def _shown(rate: RateEntry) -> dict[str, str]:
    return {
        name.removesuffix("_e6"): price_text(value) if name.endswith("_e6") else str(value)
        for name, value in vars(rate).items()
    }
