"""Who signs for a supplier and where it is reached: entered once the buyer has approved it."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import QualificationStatus
from vendorops.paying.accounts.contacts import Reached, enter_contact
from vendorops.stages.onboarding.application import BadApplication, PartyForm
from vendorops.tables import (
    BankAccount,
    Decision,
    Party,
    Person,
    Qualification,
    RoleGrant,
    Supplier,
)

SIGNER = "supplier"
"""The role of who signs for a supplier."""
UNDECIDED = (QualificationStatus.SUBMITTED, QualificationStatus.IN_REVIEW)


def check_signer(books: Books, handle: str, party: Party) -> None:
    """Refuse a handle that is somebody else's, or that another applicant asked for first."""
    person = _person(books, handle)
    asked = (
        select(Qualification.id)
        .join(Supplier, col(Supplier.id) == col(Qualification.supplier_id))
        .where(
            col(Qualification.signer) == handle,
            col(Qualification.status).in_(UNDECIDED),
            col(Supplier.party_id) != party.id,
        )
    )
    if (person and person.party_id != party.id) or books.session.exec(asked).first():
        raise BadApplication(f"signer: {handle} is taken by somebody else; choose another handle")


def contacts_shown(books: Books, case: Qualification, party: Party) -> dict[str, object]:
    """Return what the buyer must see before somebody signs for a party or its contact changes."""
    query = select(Person.handle).where(col(Person.party_id) == party.id)
    known = books.session.exec(query.order_by(col(Person.handle)))
    return {
        "signer": case.signer,
        "signers_so_far": list(known),
        "contact_changes": [
            {"fact": fact, "now": getattr(party, fact), "then": then}
            for fact, then in _changes(case, party).items()
        ],
    }


def _changes(case: Qualification, party: Party) -> dict[str, str]:
    """Return the facts applied for that differ from what is known; silence changes nothing."""
    said = {"address": case.address, "email": case.email}
    return {fact: then for fact, then in said.items() if then and then != getattr(party, fact)}


def enter_reached(books: Books, party: Party, form: PartyForm, request: BankAccount) -> None:
    """Enter how an applicant says it is reached; none of it can prove the account it came with."""
    said = {"email": form.email, "phone": form.phone.replace(" ", "")}
    for kind, value in said.items():
        if value:
            enter_contact(books, party, Reached(kind, value, "application"), request)


def enter_contacts(books: Books, case: Qualification, party: Party, decision: Decision) -> None:
    """Enter what the buyer approved: the signer with his role, and the facts that changed."""
    changes = _changes(case, party)
    for fact, then in changes.items():
        setattr(party, fact, then)
    if changes:
        books.record("changed", party, f"{' and '.join(changes)}, by {decision.reference}")
    if "email" in changes:
        enter_contact(books, party, Reached("email", case.email, "application"))
    check_signer(books, case.signer, party)
    if _person(books, case.signer):
        return
    books.enter(Person(id=books.key(), handle=case.signer, party_id=party.id))
    books.enter(
        RoleGrant(
            id=books.key(),
            handle=case.signer,
            role=SIGNER,
            valid_from=books.as_of,
            granted_by=decision.answered_by or "",
        )
    )


def _person(books: Books, handle: str) -> Person | None:
    return books.session.exec(select(Person).where(col(Person.handle) == handle)).one_or_none()
