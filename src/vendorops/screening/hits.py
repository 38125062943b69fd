"""Screens a party: what it is like on the lists is put to a person, once for what was seen."""

import json
from collections.abc import Iterator

from sqlmodel import col, select

from vendorops.books import Books, content_sha256
from vendorops.books.reviewing import Doubt, doubt, doubts
from vendorops.domain.lifecycle import BankAccountStatus, ReviewStatus, SupplierStatus
from vendorops.screening.searching import Match, matches
from vendorops.screening.terms import ROLE, ScreeningTerms, terms_of
from vendorops.tables import BankAccount, Party, Review, Screening, ScreeningHit, Supplier

KIND = "screening"
PAST = (BankAccountStatus.REVOKED, BankAccountStatus.SUPERSEDED)


def screen(books: Books, party: Party) -> Screening | None:
    """Compare a party with the lists of the day, unless that was done; nothing without lists."""
    terms = terms_of(books)
    if terms is None:
        return None
    names = _names(books, party)
    digest = content_sha256(names)
    query = select(Screening).where(
        col(Screening.party_id) == party.id,
        col(Screening.names_sha256) == digest,
        col(Screening.terms_sha256) == terms.sha256,
    )
    known = books.session.exec(query).one_or_none()
    if known:
        return known
    hits = [
        _put(books, party, name, match)
        for name in names
        for match in matches(books, terms, name, party.kind)
    ]
    return books.enter(
        Screening(
            id=books.key(),
            party_id=party.id,
            names_sha256=digest,
            terms_sha256=terms.sha256,
            terms=terms.text,
            hits=len(hits),
            screened_on=books.as_of,
        ),
        because=f"screened against {', '.join(one.reference for one in terms.lists)}",
    )


def _names(books: Books, party: Party) -> list[str]:
    """Return whom we would deal with: the party, and in whose names its accounts are held."""
    query = select(BankAccount.holder).where(
        col(BankAccount.party_id) == party.id, col(BankAccount.status).not_in(PAST)
    )
    return sorted({party.name, *books.session.exec(query)})


def _put(books: Books, party: Party, name: str, match: Match) -> ScreeningHit:
    """Raise a hit as a review, or return the one raised before on the same name and entry."""
    entry = match.entry
    query = select(ScreeningHit).where(
        col(ScreeningHit.party_id) == party.id,
        col(ScreeningHit.name) == name,
        col(ScreeningHit.list_name) == entry.list_name,
        col(ScreeningHit.content_sha256) == entry.content_sha256,
    )
    known = books.session.exec(query).one_or_none()
    if known:
        return known
    review = doubt(books, _doubt(books, party, name, match))
    return books.enter(
        ScreeningHit(
            id=books.key(),
            party_id=party.id,
            name=name,
            list_name=entry.list_name,
            content_sha256=entry.content_sha256,
            score=match.score,
            review_id=review.id,
        )
    )


def _doubt(books: Books, party: Party, name: str, match: Match) -> Doubt:
    entry = match.entry
    terms = terms_of(books)
    listed = " ".join(filter(None, (entry.countries, entry.birth_date, entry.topics)))
    return Doubt(
        kind=KIND,
        subject=party,
        party_id=party.id,
        question=f"Is {name} somebody else than {match.named}, whom the list {entry.list_name} "
        f"names ({listed or 'without further facts'})? The names are alike to "
        f"{match.score // 10_000} %.",
        evidence={
            "name": name,
            "place": party.place,
            "list": entry.list_name,
            "entry": entry.entry,
            "entry_kind": entry.kind,
            "entry_names": json.loads(entry.names),
            "countries": entry.countries,
            "birth_date": entry.birth_date,
            "topics": entry.topics,
            "alike": match.named,
            "score": match.score,
            "scorer": terms.version if terms else "",
        },
        role=ROLE,
    )


def due(books: Books) -> list[int]:
    """Return the parties that were not compared with the lists of the day under their names."""
    terms = terms_of(books)
    return list(_stale(books, terms)) if terms else []


def _stale(books: Books, terms: ScreeningTerms) -> Iterator[int]:
    holders: dict[int, set[str]] = {}
    held = select(BankAccount.party_id, BankAccount.holder).where(
        col(BankAccount.status).not_in(PAST)
    )
    for ident, holder in books.session.exec(held):
        holders.setdefault(ident, set()).add(holder)
    done = select(Screening.party_id, Screening.names_sha256).where(
        col(Screening.terms_sha256) == terms.sha256
    )
    screened = set(books.session.exec(done))
    parties = (
        select(Party.id, Party.name)
        .join(Supplier, col(Supplier.party_id) == col(Party.id))
        .where(col(Supplier.status) != SupplierStatus.OFF_BOARDED)
    )
    for ident, name in books.session.exec(parties.order_by(col(Party.id))):
        names = sorted({name, *holders.get(ident, set())})
        if (ident, content_sha256(names)) not in screened:
            yield ident


def confirmed(books: Books, party_id: int) -> list[Review]:
    """Return the hits of a party that a person found true."""
    return [one for one in doubts(books, party_id, ReviewStatus.CONFIRMED) if one.kind == KIND]


def obstacle(books: Books, party_id: int) -> str:
    """Return why nothing may be paid to a party; empty where no hit stands against it."""
    standing = (ReviewStatus.OPEN, ReviewStatus.CONFIRMED)
    found = [one for one in doubts(books, party_id, *standing) if one.kind == KIND]
    told = {ReviewStatus.OPEN: "nobody has decided", ReviewStatus.CONFIRMED: "was found true"}
    return "; ".join(
        f"the screening hit {one.reference} {told[ReviewStatus(one.status)]}" for one in found
    )
