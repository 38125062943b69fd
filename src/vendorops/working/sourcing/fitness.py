"""Refuses suppliers that may not be asked for people, or may not propose any."""

from vendorops.books import Books
from vendorops.books.qualifying import refuse_unqualified
from vendorops.books.standing import refuse_stopped
from vendorops.domain.lifecycle import ContractStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, Qualification, Requisition, Supplier


class NotContracted(Refused):
    """The contract is none under which this supplier could be paid for whom it finds."""


def refuse_unfit(books: Books, requisition: Requisition, contract: Contract) -> Supplier:
    """Return the supplier of a contract; refused where it takes on nothing new of this kind.

    It must be neither stopped nor unqualified, and its contract in force, for the company,
    program, place and currency of the requisition, on the day the people are wanted.
    """
    supplier = books.get(Supplier, contract.supplier_id)
    refuse_stopped(supplier)
    refuse_unqualified(books, books.get(Qualification, contract.qualification_id))
    if contract.status != ContractStatus.EFFECTIVE:
        raise NotContracted(
            f"{contract.reference} is {contract.status}, not effective; have it signed first"
        )
    for name in ("legal_entity_id", "program", "place", "currency"):
        ours, theirs = getattr(requisition, name), getattr(contract, name)
        if ours != theirs:
            what = name.removesuffix("_id").replace("_", " ")
            said = "another" if name.endswith("_id") else f"{theirs}, not {ours}"
            raise NotContracted(
                f"{contract.reference} is of {said} ({what}); name a contract of the same {what}"
            )
    if not contract.starts_on <= requisition.starts_on < contract.ends_on:
        raise NotContracted(
            f"{contract.reference} holds from {contract.starts_on} until before"
            f" {contract.ends_on}, and the people are wanted from {requisition.starts_on} on"
        )
    return supplier
