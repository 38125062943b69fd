"""Takes an accepted offer over as a placement, where its contract prices one."""

from vendorops.books import Books
from vendorops.documents import contract_facts
from vendorops.domain.money import Money
from vendorops.programs.rpo import PROGRAM
from vendorops.tables import Contract, Offer, Placement, Worker
from vendorops.tables.placements import FEE_TERMS
from vendorops.working.placing.entering import Hire, place

MONTHS = {"month": 12, "year": 1}
"""How often a salary of such a unit is paid in the first year."""


def place_offered(books: Books, offer: Offer, worker: Worker) -> Placement | None:
    """Enter the placement that follows from an accepted offer; none under another program.

    None, too, where the contract prices no fee on the day of the start: `placement accept` says
    what is missing once it is amended.
    """
    contract = books.get(Contract, offer.contract_id)
    if contract.program != PROGRAM.code or offer.pay_unit not in MONTHS:
        return None
    agreed = contract_facts(books, contract, offer.starts_on).values(offer.starts_on)
    priced = [term for term in FEE_TERMS if term in agreed]
    if not priced:
        return None
    pay = Money(offer.amount_minor * MONTHS[offer.pay_unit], offer.currency)
    hire = Hire(
        worker_name=worker.name,
        base_salary=pay,
        starts_on=offer.starts_on,
        fee_term=priced[0],
        worker_id=worker.id,
        offer_reference=offer.reference,
    )
    return place(books, contract, hire)
