"""Follows registrations of persons: applied for, looked at for bulk, registered or refused, ended.

Many applications by one agent, at one address or on one day are a doubt that compliance settles
before anybody goes on: guiding people into businesses of their own converts income (SAT/MIIT/CAC
Announcement 2025 No. 22, item 3).
"""

import json
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import and_, col, or_, select

from vendorops.books import Books, Question, decided, log
from vendorops.books.reviewing import Doubt, doubt, doubts
from vendorops.books.standing import refuse_outsider
from vendorops.domain.lifecycle import ReviewStatus, TaxRegistrationStatus
from vendorops.domain.periods import iso_day
from vendorops.domain.refusal import Refused
from vendorops.law import jurisdiction
from vendorops.law.cn.registrations import Filed, red_flags
from vendorops.stages import Step
from vendorops.tables import Party, Supplier, TaxRegistration

SUBJECT = TaxRegistration
OWNER = "tax"
"""The role that sees to what is refused here."""
BULK = "mass_registration"
PLACE = "cn"
"""Where these registrations are known."""
LEAST_SOURCE = 3
"""Letters that a source has at least."""
ASKED = {
    "agent": "name who filed it, the person where nobody else did",
    "address": "give the address of the business",
    "source": "say what shows it, such as the number of the office's receipt",
}


class BadRegistration(Refused):
    """An application that cannot be followed as it is told."""


@dataclass(frozen=True)
class Application:
    """What is told of an application."""

    kind: str
    agent: str
    address: str
    applied_on: date
    source: str


def follow(books: Books, supplier: Supplier, told: Application) -> TaxRegistration:
    """Open a case for an application; the same one again is the same case.

    Raises BadRegistration for a payee that is no natural person, or has another one of its kind,
    and for what is left out or has not happened yet.
    """
    log.lock(books.session)  # Two who tell of one application must not both find it new.
    refuse_outsider(books)
    told = _plain(books, told)
    party = books.get(Party, supplier.party_id)
    if party.kind != "person" or party.place != PLACE:
        raise BadRegistration(f"{supplier.reference} is no natural person of {PLACE}")
    query = select(TaxRegistration).where(
        col(TaxRegistration.party_id) == party.id,
        col(TaxRegistration.kind) == told.kind,
        col(TaxRegistration.status).in_(
            (TaxRegistrationStatus.APPLIED, TaxRegistrationStatus.REGISTERED)
        ),
    )
    known = books.session.exec(query).one_or_none()
    if known:
        if Application(*(getattr(known, name) for name in vars(told))) == told:
            return known
        raise BadRegistration(
            f"{known.reference} is {known.status}; it ends before another begins"
        )
    row = TaxRegistration(
        id=books.key(),
        reference=books.reference("TRG"),
        party_id=party.id,
        place=PLACE,
        opened_by=books.actor,
        **vars(told),
    )
    return books.enter(
        row, because=f"{told.kind} for {supplier.reference}, filed {told.applied_on}"
    )


def _plain(books: Books, told: Application) -> Application:
    """Return what is told without spaces around it, or refuse what is no application."""
    texts = {name: getattr(told, name).strip() for name in ("agent", "address", "source")}
    for name, text in texts.items():
        if not text:
            raise BadRegistration(f"{name}: it is empty; {ASKED[name]}")
    if len(texts["source"]) < LEAST_SOURCE:
        raise BadRegistration(
            f"source: {texts['source']!r} names nothing that can be found again; {ASKED['source']}"
        )
    if told.applied_on > books.as_of:
        raise BadRegistration(
            f"filed: {told.applied_on} has not come yet; open the case once it is filed"
        )
    return replace(told, **texts)


def ready(books: Books) -> list[int]:
    """Return applications that nobody has answered, and registrations whose last day is over."""
    over = and_(
        col(TaxRegistration.status) == TaxRegistrationStatus.REGISTERED,
        col(TaxRegistration.valid_to) <= books.as_of,
    )
    applied = col(TaxRegistration.status) == TaxRegistrationStatus.APPLIED
    query = select(TaxRegistration.id).where(or_(applied, over))
    return list(books.session.exec(query.order_by(col(TaxRegistration.id))))


def advance(books: Books, ident: int) -> Step:
    """Take a case one step further."""
    row = books.get(TaxRegistration, ident)
    if row.status == TaxRegistrationStatus.REGISTERED and row.valid_to:
        if row.valid_to <= books.as_of:
            because = f"it holds until {row.valid_to}"
            books.move(row, TaxRegistrationStatus.ENDED, because=because)
        return Step.DONE
    if row.status != TaxRegistrationStatus.APPLIED:
        return Step.DONE
    return _judged(books, row) or _answered(books, row)


def _judged(books: Books, row: TaxRegistration) -> Step | None:
    """Raise a doubt where people are registered in bulk; None once nothing stands against it."""
    _doubt_bulk(books, row)
    found = [each for each in doubts(books, row.party_id) if each.subject_id == row.id]
    if any(each.status == ReviewStatus.CONFIRMED for each in found):
        books.move(row, TaxRegistrationStatus.WITHDRAWN, because="people are registered in bulk")
        return Step.DONE
    return Step.WAITING if any(each.status == ReviewStatus.OPEN for each in found) else None


def _answered(books: Books, row: TaxRegistration) -> Step:
    decision = decided(books, _question(books, row))
    if decision is None:
        return Step.WAITING
    because = f"{decision.reference} by {decision.answered_by}"
    if decision.answer == "reject":
        books.move(row, TaxRegistrationStatus.REFUSED, because=because)
        return Step.DONE
    said = json.loads(decision.detail)
    row.registered_on = iso_day(said["registered_on"])
    row.valid_to = iso_day(said["valid_to"]) if said.get("valid_to") else None
    books.move(row, TaxRegistrationStatus.REGISTERED, because=because)
    return Step.DONE


def _doubt_bulk(books: Books, row: TaxRegistration) -> None:
    """Raise a doubt where the application stands out among those filed until then."""
    if row.kind != "sole_trader":
        return
    query = select(TaxRegistration).where(
        col(TaxRegistration.place) == row.place,
        col(TaxRegistration.kind) == row.kind,
        col(TaxRegistration.id) <= row.id,
    )
    filed = [_filed(each) for each in books.session.exec(query)]
    law = jurisdiction(row.place).law_of(row.applied_on)
    flags = red_flags(filed, _filed(row), law)
    if not flags:
        return
    party = books.get(Party, row.party_id)
    doubt(
        books,
        Doubt(
            kind=BULK,
            subject=row,
            party_id=party.id,
            question=(
                f"{row.reference}: many people are registered as sole traders by the same "
                f"{', '.join(flags)}. Is it harmless that {party.name} is one of them?"
            ),
            evidence={
                "registration": row.reference,
                "flags": list(flags),
                "agent": row.agent,
                "address": row.address,
                "day": row.applied_on.isoformat(),
                "source": law.citations[0].source,
            },
            role="compliance",
        ),
    )


def _filed(row: TaxRegistration) -> Filed:
    return Filed(row.agent, row.address, row.applied_on)


def _question(books: Books, row: TaxRegistration) -> Question:
    party = books.get(Party, row.party_id)
    return Question(
        kind="tax_registration",
        subject=row,
        content={
            "registration": row.reference,
            "kind": row.kind,
            "agent": row.agent,
            "applied_on": row.applied_on.isoformat(),
        },
        sentence=(
            f"Did the office register {party.name} ({row.kind}, {row.reference}, filed "
            f"{row.applied_on})? Approve with --detail registered_on=2026-11-30, and valid_to=… "
            "where it ends; reject if it was refused"
        ),
        role="tax",
        party_id=party.id,
        not_by=(row.opened_by,),
    )
