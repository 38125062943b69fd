"""Who may propose an account, and who may say how a party is reached."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.refusal import Refused
from vendorops.tables import Party, Person, RoleGrant

MEMBER, BUYER, FINANCE = "supplier", "buyer", "finance"


class NotTheirs(Refused):
    """The person has no say in where a party's money goes or how it is reached."""


def check_proposer(books: Books, party: Party) -> None:
    """Refuse a proposal by anybody but a member of the party who signs for it, or a buyer."""
    if not (is_member(books, party) or holds(books, BUYER)):
        raise NotTheirs(
            f"E_BANK_PROPOSER: {books.actor} may not propose an account of this party; one who "
            "signs for it may, through the portal, or one of our buyers"
        )


def check_reporter(books: Books, party: Party, source: str) -> None:
    """Refuse a contact from anybody but the party itself, or a buyer of ours."""
    allowed = is_member(books, party) if source == "portal" else holds(books, BUYER)
    if not allowed:
        raise NotTheirs(
            f"E_BANK_CONTACT_SOURCE: {books.actor} may not enter a contact by way of {source}; "
            "members of the party enter theirs through the portal, buyers what they know or found"
        )


def check_revoker(books: Books, party: Party) -> None:
    """Refuse who neither belongs to the party nor is a buyer or finance person of ours."""
    if not (is_member(books, party) or holds(books, BUYER) or holds(books, FINANCE)):
        raise NotTheirs(
            f"E_BANK_REVOKER: {books.actor} may not revoke this account; finance, a buyer, or one "
            "who signs for the party may"
        )


def is_member(books: Books, party: Party) -> bool:
    """Tell whether the actor signs for a party today."""
    return _person_of(books, party.id) and _granted(books, MEMBER)


def holds(books: Books, role: str) -> bool:
    """Tell whether the actor is one of our own people and holds a role today."""
    return _person_of(books, None) and _granted(books, role)


def _person_of(books: Books, party_id: int | None) -> bool:
    found = books.session.exec(select(Person).where(col(Person.handle) == books.actor)).first()
    return found is not None and found.party_id == party_id


def _granted(books: Books, role: str) -> bool:
    query = select(RoleGrant).where(
        col(RoleGrant.handle) == books.actor,
        col(RoleGrant.role) == role,
        col(RoleGrant.valid_from) <= books.as_of,
    )
    return any(
        not grant.valid_to or books.as_of < grant.valid_to for grant in books.session.exec(query)
    )
