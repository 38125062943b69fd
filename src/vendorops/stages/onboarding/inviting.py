"""Invites a supplier to apply, and lets its application take the invitation up."""

from datetime import timedelta

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.standing import propose_change
from vendorops.documents.forms import Form, Words, read_form
from vendorops.documents.proposal_forms import Code, Digits
from vendorops.domain.lifecycle import SupplierChangeStatus, SupplierStatus
from vendorops.screening import index_name
from vendorops.stages.onboarding.application import (
    BadApplication,
    PartyForm,
    check_party,
)
from vendorops.stages.onboarding.parties import enter_party, known_party
from vendorops.tables import Supplier, SupplierChange

UNREGISTERED = (SupplierStatus.REQUESTED, SupplierStatus.INVITED)
REFUSED = {
    SupplierChangeStatus.PROPOSED: "is not decided yet",
    SupplierChangeStatus.REJECTED: "was turned down",
    SupplierChangeStatus.WITHDRAWN: "was taken back",
}


class InvitationForm(Form):
    """Whom we want to apply, why, and for how long the invitation stands."""

    party: PartyForm
    supplier_kind: Code
    reason: Words
    days: Digits = "30"


def invite(books: Books, data: bytes) -> SupplierChange:
    """Enter a supplier as requested and propose to invite it; somebody else decides."""
    form = read_form(data, InvitationForm, "the invitation")
    check_party(form.party)
    supplier = _supplier(books, form)
    expires = books.as_of + timedelta(days=int(form.days))
    return propose_change(books, supplier, SupplierStatus.INVITED, form.reason, expires)


def _supplier(books: Books, form: InvitationForm) -> Supplier:
    party = enter_party(books, form.party)
    query = select(Supplier).where(col(Supplier.party_id) == party.id)
    known = books.session.exec(query).one_or_none()
    if known:
        return known
    row = Supplier(
        id=books.key(),
        reference=books.reference("SUP"),
        party_id=party.id,
        kind=form.supplier_kind,
    )
    return books.enter(row, because=f"{books.actor} wants it invited")


def take_name(books: Books, form: PartyForm) -> None:
    """Put the name a party gives itself in place of the one procurement asked it under."""
    party = known_party(books, form)
    if party is None or party.name == form.name or party.kind != form.kind:
        return
    query = select(Supplier).where(
        col(Supplier.party_id) == party.id, col(Supplier.status).in_(UNREGISTERED)
    )
    if books.session.exec(query).one_or_none():
        party.name = form.name
        index_name(books, party)
        books.record("changed", party, "name, by the application of the party itself")


def take_up(books: Books, supplier: Supplier) -> None:
    """Register a supplier that was asked to apply; refused where its invitation does not stand."""
    if supplier.status not in UNREGISTERED:
        return
    query = select(SupplierChange).where(col(SupplierChange.supplier_id) == supplier.id)
    latest = books.session.exec(query.order_by(col(SupplierChange.id).desc())).first()
    if latest and latest.after == SupplierStatus.INVITED:
        _refuse_dead(books, supplier, latest)
    because = f"took up {latest.reference}" if latest else "applied"
    books.move(supplier, SupplierStatus.REGISTERED, because=because)


def _refuse_dead(books: Books, supplier: Supplier, invitation: SupplierChange) -> None:
    why = REFUSED.get(SupplierChangeStatus(invitation.status))
    if invitation.expires_on and invitation.expires_on <= books.as_of:
        why = why or f"ran out on {invitation.expires_on}"
    if why:
        raise BadApplication(
            f"the invitation of {supplier.reference}, {invitation.reference}, {why}; ask "
            "procurement for a new one"
        )
