"""Who may act for us, and who for a supplier: a step is refused to anybody else."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.questions.rights import TO_ROLE, rights
from vendorops.domain.refusal import Refused
from vendorops.tables import Person, Supplier

BUYER = "buyer"


class NotTheirs(Refused):
    """The step belongs to somebody else."""


def is_buyer(books: Books) -> bool:
    """Tell whether the actor is one of our people and a buyer today, or in the place of one."""
    who = _person(books, books.actor)
    return (
        who is not None
        and who.party_id is None
        and any(
            right.holder == who.handle and right.from_escalation == TO_ROLE
            for right in rights(books, (BUYER,))
        )
    )


def refuse_no_buyer(books: Books, what: str) -> None:
    """Refuse a step to whoever is no buyer of ours; `what` says what he wanted."""
    if not is_buyer(books):
        raise NotTheirs(
            f"{books.actor} holds no role of a buyer with us on {books.as_of} and may not {what};"
            " ask a buyer"
        )


def refuse_no_supplier(books: Books, supplier: Supplier, what: str) -> None:
    """Refuse a step to whoever neither belongs to the supplier nor is a buyer who types for it."""
    who = _person(books, books.actor)
    if is_buyer(books) or (who and who.party_id == supplier.party_id):
        return
    raise NotTheirs(
        f"{books.actor} neither belongs to {supplier.reference} nor is a buyer of ours and may not"
        f" {what}; let one of its people do it"
    )


def refuse_not_ours(books: Books, handle: str, where: str) -> None:
    """Refuse a handle that is not of one of our own people; `where` says where it was given."""
    who = _person(books, handle)
    if who is None:
        raise NotTheirs(f"{where}: nobody is known as {handle!r}; use the handle of a person")
    if who.party_id is not None:
        raise NotTheirs(f"{where}: {handle} belongs to a supplier; name one of our own people")


def _person(books: Books, handle: str) -> Person | None:
    return books.session.exec(select(Person).where(col(Person.handle) == handle)).one_or_none()
