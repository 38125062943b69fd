"""Who may register, verify and assess people: our own, and nobody for his own people."""

from vendorops.books import Books
from vendorops.domain.refusal import Refused
from vendorops.paying.accounts.rights import holds, is_member
from vendorops.tables import Party, Supplier, TalentProfile, Worker

VERIFIERS = ("buyer", "compliance")
ASSESSORS = ("assessor", "buyer")


class NotYours(Refused):
    """The person has no say in this."""


def supplier_of(books: Books, profile: TalentProfile) -> Supplier:
    """Return the supplier somebody works for."""
    return books.get(Supplier, books.get(Worker, profile.worker_id).supplier_id)


def check_registrar(books: Books, supplier: Supplier) -> None:
    """Refuse to register people in the name of anybody but their supplier, or a buyer."""
    party = books.get(Party, supplier.party_id)
    if not (is_member(books, party) or holds(books, "buyer")):
        raise NotYours(
            f"{books.actor} may not register people of {supplier.reference}; one who signs for it"
            " may, or one of our buyers"
        )


def check_verifier(books: Books, profile: TalentProfile) -> None:
    """Refuse a verification by outsiders, and by whoever registered the person."""
    _check_one_of(books, VERIFIERS, f"verify {profile.reference}")
    if books.actor == profile.registered_by:
        raise NotYours(
            f"{books.actor} registered {profile.reference} and may not verify it; somebody else"
            " must"
        )


def check_assessor(books: Books, profile: TalentProfile) -> None:
    """Refuse an assessment by anybody but people of ours who may assess."""
    _check_one_of(books, ASSESSORS, f"assess {profile.reference}")


def check_buyer(books: Books, what: str) -> None:
    """Refuse what only buyers do."""
    _check_one_of(books, ("buyer",), what)


def _check_one_of(books: Books, roles: tuple[str, ...], what: str) -> None:
    if not any(holds(books, role) for role in roles):
        raise NotYours(
            f"{books.actor} may not {what}; one of our people with the role {' or '.join(roles)}"
            " may"
        )
