"""Loads our own companies and people from YAML: who we are, and who decides up to how much."""

from datetime import date
from typing import Annotated

from pydantic import Field
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.forms import Form, IsoDay, Words, read_form
from vendorops.documents.proposal_forms import Code, Currency, Handle
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.stages.onboarding.application import (
    AccountForm,
    PartyForm,
    check_party,
)
from vendorops.stages.onboarding.confirmations import ConfirmationForm, load_confirmation
from vendorops.stages.onboarding.contacts import SIGNER
from vendorops.stages.onboarding.fundings import FundingForm, load_funding
from vendorops.stages.onboarding.input_taxes import InputTaxForm, load_input_tax
from vendorops.stages.onboarding.matrix import (
    ApprovalForm,
    EscalationForm,
    load_escalation,
    load_matrix,
)
from vendorops.stages.onboarding.parties import enter_party, propose_account
from vendorops.stages.onboarding.payment_channels import PaymentFilesForm, load_channel
from vendorops.stages.onboarding.tax_offices import TaxOfficeForm, load_tax_office
from vendorops.stages.onboarding.tolerances import ToleranceForm, load_tolerance
from vendorops.stages.onboarding.verdict_policies import VerdictPolicyForm, load_verdict_policy
from vendorops.tables import LegalEntity, Person, RoleGrant


class BadCompany(Refused):
    """The file about our company cannot be entered as it is."""


class OwnAccountForm(AccountForm):
    """An account of ours that payments are taken from."""

    proposed_by: Handle
    """Who proposes it; two others verify and activate it."""
    payment_files: tuple[PaymentFilesForm, ...] = ()
    """How its bank takes payments, by day; pain.001.001.09 where nothing is said."""


class EntityForm(Form):
    """One of our companies."""

    code: Code
    currency: Currency
    party: PartyForm
    account: OwnAccountForm
    platform_since: IsoDay | None = None
    """Day on which the tax office had its basic information as an internet platform."""
    funding: tuple[FundingForm, ...] = ()
    """Whether it pays only from funds its bank has confirmed, by day; from any unless told."""
    tax_offices: tuple[TaxOfficeForm, ...] = ()
    """Whom it pays withheld tax over to, by place."""


class GrantForm(Form):
    """A role a person holds."""

    role: Code
    limit: Words | None = None
    """Largest amount it may decide; without limit where none is given."""
    currency: Currency | None = None
    valid_from: IsoDay
    valid_to: IsoDay | None = None
    """First day on which it is no longer held."""
    deputy: Handle | None = None
    """Who answers in his place once a question has been escalated."""
    granted_by: Code


class PersonForm(Form):
    """One of our people."""

    handle: Handle
    roles: tuple[GrantForm, ...]


class CompanyForm(Form):
    """Who we are and who decides."""

    legal_entities: Annotated[tuple[EntityForm, ...], Field(min_length=1)]
    people: tuple[PersonForm, ...]
    tolerances: tuple[ToleranceForm, ...] = ()
    taxes: tuple[InputTaxForm, ...] = ()
    approvals: tuple[ApprovalForm, ...] = ()
    escalations: tuple[EscalationForm, ...] = ()
    invoice_rules: tuple[VerdictPolicyForm, ...] = ()
    """What happens to invoices that official rules reject."""
    confirmations: tuple[ConfirmationForm, ...] = ()
    """Whether payees confirm settlements before they are paid."""


def load_company(books: Books, data: bytes) -> list[LegalEntity]:
    """Enter our companies, people and grants; what is there already stays as it is.

    A grant is never edited, but for its end: another limit is another grant from a later day.
    """
    form = read_form(data, CompanyForm, "the company file")
    entities = [_entity(books, entity) for entity in form.legal_entities]
    _people(books, form.people)
    for tolerance in form.tolerances:
        load_tolerance(books, tolerance)
    for tax in form.taxes:
        load_input_tax(books, tax)
    for escalation in form.escalations:
        load_escalation(books, escalation)
    for policy in form.invoice_rules:
        load_verdict_policy(books, policy)
    for asked in form.confirmations:
        load_confirmation(books, asked)
    load_matrix(books, form.approvals)
    return entities


def _people(books: Books, forms: tuple[PersonForm, ...]) -> None:
    for person in forms:
        _person(books, person)
    for person in forms:
        for grant in person.roles:
            _grant(books, person.handle, grant)


def _entity(books: Books, form: EntityForm) -> LegalEntity:
    check_party(form.party)
    party = enter_party(books, form.party)
    if party.name != form.party.name:
        raise BadCompany(f"{form.code}: its number is in our books under another name; correct it")
    party.address, party.email = form.party.address, form.party.email
    account = propose_account(books, party, form.account, form.account.proposed_by)
    for channel in form.account.payment_files:
        load_channel(books, account, channel)
    query = select(LegalEntity).where(col(LegalEntity.code) == form.code)
    entity = books.session.exec(query).one_or_none()
    if entity is None:
        entity = books.enter(
            LegalEntity(id=books.key(), code=form.code, party_id=party.id, currency=form.currency)
        )
    if (entity.party_id, entity.currency) != (party.id, form.currency):
        raise BadCompany(f"{form.code} is another company in our books; choose another code")
    _register(books, entity, form.platform_since)
    for policy in form.funding:
        load_funding(books, entity, policy)
    for office in form.tax_offices:
        load_tax_office(books, entity, office)
    return entity


def _register(books: Books, entity: LegalEntity, since: date | None) -> None:
    """Record since when one of our companies is a registered platform; that is said once."""
    if entity.platform_since == since:
        return
    if entity.platform_since is not None:
        raise BadCompany(
            f"{entity.code} is a registered platform since {entity.platform_since}, by which tax "
            "was withheld; what the file says now would change that"
        )
    entity.platform_since = since
    books.record("registered", entity, f"{entity.code} is a registered platform since {since}")


def _person(books: Books, form: PersonForm) -> None:
    query = select(Person).where(col(Person.handle) == form.handle)
    known = books.session.exec(query).one_or_none()
    if known is None:
        books.enter(Person(id=books.key(), handle=form.handle))
    elif known.party_id is not None:
        raise BadCompany(f"{form.handle} belongs to a supplier; choose another handle")


def _grant(books: Books, handle: str, form: GrantForm) -> None:
    if form.role == SIGNER or form.granted_by == handle:
        raise BadCompany(f"{handle}: nobody of ours signs for suppliers or grants himself a role")
    _check_deputy(books, handle, form.deputy)
    query = select(RoleGrant).where(
        col(RoleGrant.handle) == handle,
        col(RoleGrant.role) == form.role,
        col(RoleGrant.valid_from) == form.valid_from,
    )
    known = books.session.exec(query).one_or_none()
    wanted = (_limit(handle, form), form.currency or "", form.deputy)
    if known is None:
        _enter_grant(books, handle, form, wanted)
    elif (known.limit_minor, known.currency, known.deputy) != wanted:
        raise BadCompany(
            f"{handle} holds {form.role} from {form.valid_from} with another limit or deputy; "
            "end that grant and add one from a later day"
        )
    elif known.valid_to != form.valid_to:
        known.valid_to = form.valid_to
        books.record("ended", known, f"{form.role} of {handle} ends {form.valid_to or 'never'}")


def _check_deputy(books: Books, handle: str, deputy: str | None) -> None:
    if deputy is None:
        return
    person = books.session.exec(select(Person).where(col(Person.handle) == deputy)).one_or_none()
    if deputy == handle or person is None or person.party_id is not None:
        raise BadCompany(f"{handle}: the deputy {deputy} must be another one of our people")


def _limit(handle: str, form: GrantForm) -> int | None:
    if form.limit is None:
        return None
    if form.currency is None:
        raise BadCompany(f"{handle}: the limit of {form.role} needs a currency")
    return Money.parse(form.limit, form.currency).minor


def _enter_grant(
    books: Books, handle: str, form: GrantForm, wanted: tuple[int | None, str, str | None]
) -> None:
    limit_minor, currency, deputy = wanted
    books.enter(
        RoleGrant(
            id=books.key(),
            handle=handle,
            role=form.role,
            limit_minor=limit_minor,
            currency=currency,
            valid_from=form.valid_from,
            valid_to=form.valid_to,
            deputy=deputy,
            granted_by=form.granted_by,
        )
    )
