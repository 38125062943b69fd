"""Enters who somebody is and where his money goes; secrets go to the vault."""

from sqlmodel import col, select

from vendorops.books import Books, vault
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.identifiers import identifier, masked
from vendorops.paying.accounts.proposing import IN_USE, Given, checked, known, propose
from vendorops.paying.accounts.rights import check_proposer
from vendorops.screening import index_name
from vendorops.stages.onboarding.application import AccountForm, BadApplication, PartyForm, at
from vendorops.tables import BankAccount, Party, Person


def known_party(books: Books, form: PartyForm) -> Party | None:
    """Return the party that is registered under the number, if we know it already."""
    scheme = form.identifier.scheme
    number = identifier(scheme).check(form.identifier.number)
    query = select(Party).where(
        col(Party.identifier_scheme) == scheme,
        col(Party.identifier_index) == vault.blind_index(books, number, scheme),
    )
    return books.session.exec(query).one_or_none()


def enter_party(books: Books, form: PartyForm) -> Party:
    """Enter a party; a known one stays as it is, whatever name and address the form gives.

    Another name than the known one is for a person to look at: see checks/lookalikes.
    """
    known = known_party(books, form)
    if known is None:
        return _new_party(books, form)
    if known.kind != form.kind:
        raise BadApplication(
            f"party: its identifier is in our books as that of a {known.kind}; correct the kind"
        )
    return known


def _new_party(books: Books, form: PartyForm) -> Party:
    scheme = identifier(form.identifier.scheme)
    number = scheme.check(form.identifier.number)
    party = Party(
        id=books.key(),
        kind=form.kind,
        name=form.name,
        place=form.place,
        identifier_scheme=form.identifier.scheme,
        identifier_masked=masked(number),
        identifier_index=vault.blind_index(books, number, form.identifier.scheme),
        address=form.address,
        email=form.email,
    )
    books.enter(party)
    index_name(books, party)
    vault.keep(books, party, "identifier", number, retention="identity")
    return party


def propose_account(books: Books, party: Party, form: AccountForm, by: str) -> BankAccount:
    """Enter the account of an application, unless it is there; earlier proposals are revoked.

    An applicant names its first account itself. Once a party is known to us, another account is a
    change, which only a member who signs for it or a buyer may propose, in his own name.

    Another party's account may be proposed too: who only proposes must not be able to keep the
    true owner out. It is for a person to look at (checks/shared_account), and no two parties ever
    use it.
    """
    with at("bank_account"):
        given = checked(Given(form.scheme, form.number, form.bank, form.holder, form.currency))
    there = known(books, party, given)
    if there:
        return there
    if is_established(books, party):
        check_proposer(books, party)
        by = books.actor
    return propose(books, party, given, by)


def is_established(books: Books, party: Party) -> bool:
    """Tell whether somebody of ours let a party in: it has a member, or an account in use."""
    members = select(Person.id).where(col(Person.party_id) == party.id)
    used = select(BankAccount.id).where(
        col(BankAccount.party_id) == party.id,
        col(BankAccount.status).in_((*IN_USE, BankAccountStatus.SUPERSEDED)),
    )
    return any(books.session.exec(query).first() is not None for query in (members, used))
