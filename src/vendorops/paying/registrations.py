"""Tells whom we pay as a natural person although the person is registered as a business too."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import TaxRegistrationStatus
from vendorops.tables import CheckFinding, Contract, Party, Settlement, Supplier, TaxRegistration

CODE = "payee-in-two-registrations"


def note_registrations(books: Books, settlement: Settlement) -> None:
    """Write a finding for the approver where a person has a registration as a sole trader.

    Whose the income is, nobody can tell from here: tax is kept back as from a natural person, who
    the contract is with.
    """
    payee = books.get(Party, books.get(Supplier, settlement.supplier_id).party_id)
    if payee.kind != "person":
        return
    place = books.get(Contract, settlement.contract_id).place
    query = select(TaxRegistration).where(
        col(TaxRegistration.party_id) == payee.id,
        col(TaxRegistration.place) == place,
        col(TaxRegistration.kind) == "sole_trader",
        col(TaxRegistration.status) == TaxRegistrationStatus.REGISTERED,
    )
    for row in books.session.exec(query.order_by(col(TaxRegistration.id))):
        books.enter(
            CheckFinding(
                id=books.key(),
                subject_table="settlement",
                subject_id=settlement.id,
                code=CODE,
                level="warning",
                place_in_source=row.reference,
                message=(
                    f"the payee is a sole trader too since {row.registered_on} "
                    f"({row.reference}); tax is kept back as from a natural person, with whom the "
                    "contract is: make sure that the work is not the business's"
                ),
                found_on=books.as_of,
            )
        )
