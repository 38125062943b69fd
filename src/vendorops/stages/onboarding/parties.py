"""Enters who somebody is and where his money goes; secrets go to the vault."""

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from vendorops.books import Books, vault
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.identifiers import identifier, masked
from vendorops.screening import index_name
from vendorops.stages.onboarding.application import AccountForm, BadApplication, PartyForm, at
from vendorops.tables import BankAccount, Party

BANKS = {"iban": "bic", "cn_account": "cn_cnaps", "cn_card": "cn_cnaps"}
"""How the bank of an account of each scheme is named."""
IN_USE = (BankAccountStatus.PROPOSED, BankAccountStatus.VERIFIED, BankAccountStatus.ACTIVE)


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
    """Enter an account as proposed, unless it is there; earlier proposals are revoked.

    Another party's account may be proposed too: who only proposes must not be able to keep the
    true owner out. It is for a person to look at (checks/shared_account), and no two parties ever
    use it.
    """
    with at("bank_account"):
        scheme = identifier(form.scheme)
        number = scheme.check(form.number)
        bank = (
            identifier(BANKS[form.scheme]).check(form.bank) if form.scheme in BANKS else form.bank
        )
    index = vault.blind_index(books, number, form.scheme)
    same = (col(BankAccount.number_index) == index) & (col(BankAccount.party_id) == party.id)
    holding = _in_use(books, same)
    if holding:
        return holding[0]
    _revoke_proposals(books, party)
    account = BankAccount(
        id=books.key(),
        reference=books.reference("ACC"),
        party_id=party.id,
        holder=form.holder,
        scheme=form.scheme,
        bank=bank,
        currency=form.currency,
        number_masked=masked(number),
        number_index=index,
        proposed_by=by,
    )
    books.enter(account, because=f"proposed by {by}")
    vault.keep(books, account, "number", number, retention="bank")
    return account


def _in_use(books: Books, condition: ColumnElement[bool]) -> list[BankAccount]:
    query = select(BankAccount).where(col(BankAccount.status).in_(IN_USE), condition)
    return list(books.session.exec(query.order_by(col(BankAccount.id))))


def _revoke_proposals(books: Books, party: Party) -> None:
    for account in _in_use(books, col(BankAccount.party_id) == party.id):
        if account.status != BankAccountStatus.ACTIVE:
            withdraw(books, account, because="another one was proposed")
            books.move(account, BankAccountStatus.REVOKED, because="another one was proposed")
