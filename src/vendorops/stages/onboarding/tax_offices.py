"""Loads whom our companies pay withheld tax over to: a party, and its account to be proved."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.forms import Form
from vendorops.documents.proposal_forms import Code, Handle
from vendorops.domain.refusal import Refused
from vendorops.law import jurisdiction
from vendorops.stages.onboarding.application import AccountForm, PartyForm, check_party
from vendorops.stages.onboarding.parties import enter_party, propose_account
from vendorops.tables import LegalEntity, Party, TaxOffice


class BadOffice(Refused):
    """Another office is known for that place."""


class OfficeAccountForm(AccountForm):
    """Where an office wants its money; it is called back like any other account."""

    proposed_by: Handle
    """Who proposes it; others verify and approve it."""


class TaxOfficeForm(Form):
    """The office of one place."""

    place: Code
    """Jurisdiction code: a folder of law/."""
    party: PartyForm
    account: OfficeAccountForm


def load_tax_office(books: Books, entity: LegalEntity, form: TaxOfficeForm) -> TaxOffice:
    """Enter an office with its account; what is there already stays as it is."""
    place = jurisdiction(form.place).code
    check_party(form.party)
    party = enter_party(books, form.party)
    query = select(TaxOffice).where(
        col(TaxOffice.legal_entity_id) == entity.id, col(TaxOffice.place) == place
    )
    known = books.session.exec(query).one_or_none()
    if known is None:
        propose_account(books, party, form.account, form.account.proposed_by)
        return _enter(books, entity, place, party)
    if known.party_id != party.id:
        raise BadOffice(
            f"{known.reference} is the tax office of {entity.code} in {place} and another party; "
            "correct its number"
        )
    return known


def _enter(books: Books, entity: LegalEntity, place: str, party: Party) -> TaxOffice:
    row = TaxOffice(
        id=books.key(),
        reference=books.reference("TXO"),
        legal_entity_id=entity.id,
        place=place,
        party_id=party.id,
    )
    return books.enter(row, because=f"{entity.code} pays withheld tax of {place} over to it")
