"""Lets either side propose another draft of a contract that nobody has signed yet."""

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.books.withdrawing import withdraw
from vendorops.documents.drafting import set_contract
from vendorops.documents.facts_json import facts_json, facts_of
from vendorops.documents.forms import read_form
from vendorops.documents.proposal import facts_changed
from vendorops.documents.proposal_forms import ChangeForm
from vendorops.documents.versions import Draft, put_version, versions_of
from vendorops.domain.lifecycle import ContractStatus
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.tables import Contract, Person, RoleGrant, Supplier

OPEN = (ContractStatus.DRAFT, ContractStatus.NEGOTIATING, ContractStatus.SENT)
OURS = ("buyer", "approver")
"""Roles that negotiate for us."""


class NotNegotiable(Refused):
    """The contract takes no other draft, or not from this person."""


def negotiate(books: Books, contract: Contract, data: bytes) -> Contract:
    """Put another draft in the place of the one before; the same proposal again changes nothing.

    What was asked about the old draft is withdrawn: an approval binds to the draft it saw.
    """
    form = read_form(data, ChangeForm, "the proposal")
    log.lock(books.session)  # Two drafts must not take the same number.
    if contract.status not in OPEN:
        raise NotNegotiable(
            f"{contract.reference} is {contract.status}; what is agreed changes by an amendment"
        )
    _refuse_stranger(books, contract)
    if form.valid_from:
        raise NotNegotiable("valid_from: a draft holds from its start; leave it out")
    before = facts_of(contract.facts)
    facts = facts_changed(before, form, program(contract.program))
    newest = versions_of(books, contract)[-1]
    if facts_json(facts) == contract.facts:
        if (newest.proposed_by, newest.because) == (books.actor, form.reason):
            return contract
        raise NotNegotiable("the proposal changes nothing; approve the draft or say what differs")
    rendered = set_contract(books, contract, facts, contract.reference, books.as_of)
    withdraw(books, contract, f"another draft was proposed: {form.reason}")
    put_version(books, contract, Draft(facts, rendered, books.actor, form.reason))
    said = f"draft {contract.version} by {books.actor}: {form.reason}"
    if contract.status == ContractStatus.NEGOTIATING:
        books.record("redrafted", contract, said, content_sha256=contract.facts_sha256)
    else:
        books.move(contract, ContractStatus.NEGOTIATING, because=said)
    return contract


def _refuse_stranger(books: Books, contract: Contract) -> None:
    """Refuse who is neither the supplier's nor one of ours that buys or approves."""
    known = select(Person).where(col(Person.handle) == books.actor)
    person = books.session.exec(known).one_or_none()
    supplier = books.get(Supplier, contract.supplier_id)
    if person and person.party_id == supplier.party_id:
        return
    held = select(RoleGrant).where(
        col(RoleGrant.handle) == books.actor,
        col(RoleGrant.role).in_(OURS),
        col(RoleGrant.valid_from) <= books.as_of,
    )
    granted = [
        grant
        for grant in books.session.exec(held)
        if not grant.valid_to or books.as_of < grant.valid_to
    ]
    if person is None or person.party_id is not None or not granted:
        raise NotNegotiable(
            f"{books.actor} neither belongs to the supplier nor buys or approves for us"
        )
