"""Our companies, people and roles by their names: one that is not there is no empty answer."""

from sqlmodel import col, select

from vendorops.books.unit import Books, NotInTheBooks
from vendorops.tables import Decision, LegalEntity, Person, Refusal, RoleGrant


def our_company(books: Books, code: str) -> LegalEntity:
    """Return a company of ours by its code. Raises NotInTheBooks, which names those there are."""
    found = books.session.exec(select(LegalEntity).where(col(LegalEntity.code) == code)).first()
    if found is None:
        known = sorted(books.session.exec(select(LegalEntity.code)))
        raise NotInTheBooks(
            f"there is no company {code[:40]!r} of ours; there are {', '.join(known) or 'none'}"
        )
    return found


def known_person(books: Books, handle: str) -> Person:
    """Return a person by his handle. Raises NotInTheBooks."""
    found = books.session.exec(select(Person).where(col(Person.handle) == handle)).first()
    if found is None:
        raise NotInTheBooks(f"there is no person {handle[:40]!r} in the books; check the handle")
    return found


def refuse_unknown_role(books: Books, role: str) -> None:
    """Refuse a role that nobody was ever given and nothing was ever put to."""
    columns = (col(RoleGrant.role), col(Decision.role), col(Refusal.owner_role))
    if not any(books.session.exec(select(each).where(each == role)).first() for each in columns):
        known = sorted(set(books.session.exec(select(RoleGrant.role))))
        raise NotInTheBooks(
            f"nobody has the role {role[:40]!r}; roles are {', '.join(known) or 'not given yet'}"
        )
