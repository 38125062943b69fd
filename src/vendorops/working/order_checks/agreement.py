"""An order lies within its contract: in force, its days, its currency, its cap, its terms."""

from collections.abc import Sequence

from vendorops.books import Books
from vendorops.domain.lifecycle import ContractStatus
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.tables import Contract, OrderLine, WorkOrder


class OutsideContract(Refused):
    """The contract does not allow for the order."""


def refuse(books: Books, order: WorkOrder, lines: Sequence[OrderLine]) -> None:
    """Refuse what the contract does not cover."""
    contract = books.get(Contract, order.contract_id)
    name = contract.reference
    if contract.status != ContractStatus.EFFECTIVE:
        raise OutsideContract(
            f"{name} is {contract.status}, not effective; have it signed before ordering under it"
        )
    if order.starts_on < contract.starts_on or order.ends_on > contract.ends_on:
        raise OutsideContract(
            f"{name} holds from {contract.starts_on} until before {contract.ends_on}, the order"
            f" from {order.starts_on} until before {order.ends_on}; stay within, or amend it"
        )
    if order.currency != contract.currency:
        raise OutsideContract(
            f"{name} is in {contract.currency}, the order in {order.currency}; use its currency"
        )
    if order.budget_minor > contract.cap_minor:
        cap, budget = (
            Money(minor, order.currency) for minor in (contract.cap_minor, order.budget_minor)
        )
        raise OutsideContract(f"a budget of {budget} is above the {cap} of {name}; lower it")
    if not lines:
        raise OutsideContract("an order has one priced line at least; say what is ordered")
    known = program(contract.program)
    for line in lines:
        known.term(line.code)
