"""Says by which day a claim earns a discount for prompt payment, and whether money is in time."""

from dataclasses import dataclass
from datetime import date, timedelta

from vendorops.books import Books
from vendorops.documents import revisions
from vendorops.documents.statements import credits_of
from vendorops.domain.contract_facts import ContractFacts
from vendorops.domain.dated import Dated
from vendorops.paying.payment_day import payment_day
from vendorops.tables import (
    Contract,
    CreditMemo,
    Invoice,
    LegalEntity,
    ReceivedFile,
    Settlement,
    SettlementCredit,
)

TAKEN = "prompt_payment"
"""Kind of the memo that takes a discount off."""
RETURNED = "prompt_payment_returned"
"""Kind of the memo that gives it back, where the money went too late after all."""


@dataclass(frozen=True)
class Offer:
    """What a contract lets us deduct from a claim that is paid by a day."""

    until: date
    share_e6: int


def offers_any(agreed: Dated[ContractFacts]) -> bool:
    """Tell whether a contract ever offered a discount for prompt payment."""
    return any(facts.payment.prompt_days for facts in agreed.versions.values())


def offer_of(books: Books, agreed: Dated[ContractFacts], invoice: Invoice) -> Offer | None:
    """Return what holds for a claim, by the terms of the day on which it was received."""
    received = books.get(ReceivedFile, invoice.received_file_id).received_on
    terms = agreed.on(received).payment
    if not terms.prompt_days:
        return None
    return Offer(received + timedelta(days=terms.prompt_days), terms.prompt_discount_e6)


def can_be_in_time(books: Books, contract: Contract, until: date) -> bool:
    """Tell whether money that is settled today can still go by a day on which banks work."""
    entity = books.get(LegalEntity, contract.legal_entity_id)
    return payment_day(books, entity, until) <= until


def last_day(books: Books, memo: CreditMemo) -> date | None:
    """Return the last day on which paying earns the discount of a memo; None for other memos."""
    if memo.kind != TAKEN:
        return None
    agreed = revisions(books, books.get(Contract, memo.contract_id))
    offer = offer_of(books, agreed, books.get(Invoice, memo.source_id))
    return offer.until if offer else None


def missed(
    books: Books, settlement: Settlement, day: date
) -> list[tuple[CreditMemo, SettlementCredit]]:
    """Return the discounts of a settlement that a payment on a day does not earn."""
    found = []
    for memo, part in credits_of(books, settlement):
        until = last_day(books, memo)
        if until and until < day:
            found.append((memo, part))
    return found


def is_too_late(books: Books, settlement: Settlement) -> bool:
    """Tell whether a settlement takes a discount that a payment planned today would miss."""
    if all(memo.kind != TAKEN for memo, _ in credits_of(books, settlement)):
        return False
    contract = books.get(Contract, settlement.contract_id)
    entity = books.get(LegalEntity, contract.legal_entity_id)
    return bool(missed(books, settlement, payment_day(books, entity, settlement.due_on)))
