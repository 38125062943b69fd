"""Tells those we knew before, and the owner among us, that another account was proposed.

A notice is a letter laid out in the outgoing folder, promised in the transaction of the proposal:
the same rows give the same bytes. It names no new number but its last digits, and asks nobody to
follow a link or to call a number that it brings along.
"""

from datetime import UTC, datetime, time
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from sqlmodel import col, select

from vendorops.books import Books, log, promise_file, vault
from vendorops.documents import keep
from vendorops.paying.accounts.contacts import on_file
from vendorops.tables import (
    AccountNotice,
    BankAccount,
    Contact,
    Decision,
    Event,
    LegalEntity,
    Party,
    Qualification,
    Supplier,
)

SENDER = Address("vendorops", "no-reply", "vendorops.invalid")
"""Nobody reads answers to a machine; the letter says whom to call."""
TO_THEM = """\
{name}

On {day} somebody asked us to pay you to another account, {account} at {bank} ({holder}).
Until this is settled we pay you nothing, and we shall call you on a number we had on file before.
If you did not ask for this, call the person at our company whom you know, at once.

{day} 有人请求将贵方收款账户变更为 {bank} 的 {account}（户名 {holder}）。核实完成前我方暂停付款，
并将拨打此前已登记的电话核实。如非贵方所为，请立即致电您在我公司的联系人。
"""  # noqa: RUF001 - Chinese has its own comma and brackets.
TO_OWNER = """\
{name}

On {day} {proposer} proposed to pay {supplier} to another account, {account} at {bank} ({holder};
{reference}). Its payments wait until the change is active or revoked.
Contacts on file before: {contacts}. Call those that have no letter.
"""


def notify(books: Books, account: BankAccount) -> list[AccountNotice]:
    """Promise a letter to every address on file before, and to the owner of the supplier.

    An applicant that nobody has decided on has no owner yet, and its account is no change.
    """
    supplier = _supplier(books, account)
    owner = _owner(books, supplier) if supplier else None
    if supplier is None or owner is None:
        return []
    event = _proposal(books, account)
    before = on_file(books, account)
    told = [
        _promise(books, event, account, _letter_to_them(books, account, contact), contact)
        for contact in before
        if contact.kind == "email"
    ]
    letter = _letter_to_owner(books, account, supplier, owner, before)
    return [*told, _promise(books, event, account, letter, None)]


def _supplier(books: Books, account: BankAccount) -> Supplier | None:
    query = select(Supplier).where(col(Supplier.party_id) == account.party_id)
    return books.session.exec(query).one_or_none()


def _owner(books: Books, supplier: Supplier) -> tuple[str, LegalEntity] | None:
    """Return who let a supplier in last, and for which of our companies."""
    query = (
        select(Decision.answered_by, LegalEntity)
        .join(Qualification, col(Qualification.id) == col(Decision.subject_id))
        .join(LegalEntity, col(LegalEntity.id) == col(Qualification.legal_entity_id))
        .where(
            col(Qualification.supplier_id) == supplier.id,
            col(Decision.kind) == "qualification",
            col(Decision.subject_table) == "qualification",
            col(Decision.answer) == "approve",
        )
        .order_by(col(Decision.id).desc())
    )
    found = books.session.exec(query).first()
    return (found[0] or "", found[1]) if found else None


def _proposal(books: Books, account: BankAccount) -> Event:
    query = select(Event).where(
        col(Event.subject_table) == "bankaccount",
        col(Event.subject_id) == account.id,
        col(Event.action) == "entered",
    )
    return books.session.exec(query).one()


def _promise(
    books: Books, event: log.Happened, account: BankAccount, letter: bytes, to: Contact | None
) -> AccountNotice:
    whom = to.reference if to else "owner"
    digest = keep(books, letter, f"notice of {account.reference} to {whom}", ".eml")
    promise_file(books, event, digest, f"{account.reference}-{whom}.eml")
    row = AccountNotice(
        id=books.key(),
        bank_account_id=account.id,
        told="contact" if to else "owner",
        contact_id=to.id if to else None,
        sha256=digest,
        promised_on=books.as_of,
    )
    return books.enter(row, because=f"{account.reference} is told to {whom}")


def _letter_to_them(books: Books, account: BankAccount, contact: Contact) -> bytes:
    party = books.get(Party, account.party_id)
    text = TO_THEM.format(name=party.name, **_facts(account))
    address = _address(party.name, vault.reveal(books, contact, "value"))
    books.record("revealed", contact, f"for the notice of {account.reference}")
    return _letter(account, contact.reference, address, text)


def _letter_to_owner(
    books: Books,
    account: BankAccount,
    supplier: Supplier,
    owner: tuple[str, LegalEntity],
    before: list[Contact],
) -> bytes:
    handle, entity = owner
    listed = ", ".join(f"{row.reference} {row.kind} {row.value_masked}" for row in before)
    text = TO_OWNER.format(
        name=handle,
        proposer=account.proposed_by,
        supplier=supplier.reference,
        reference=account.reference,
        contacts=listed or "none",
        **_facts(account),
    )
    ours = books.get(Party, entity.party_id).email
    return _letter(account, "owner", _address(handle, ours), text)


def _address(name: str, spec: str) -> Address:
    """Return where a letter goes; what no mail can reach is laid out for people all the same."""
    try:
        return Address(name, addr_spec=spec if spec.isascii() else "")
    except (MessageError, ValueError, IndexError):
        return Address(name, "unreachable", SENDER.domain)


def _facts(account: BankAccount) -> dict[str, object]:
    return {
        "day": account.proposed_on,
        "account": account.number_masked,
        "bank": account.bank,
        "holder": account.holder,
    }


def _letter(account: BankAccount, whom: str, to: Address, text: str) -> bytes:
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"] = SENDER, to
    letter["Subject"] = f"Another bank account was proposed: {account.reference}"
    if account.proposed_on:
        letter["Date"] = format_datetime(datetime.combine(account.proposed_on, time(12), UTC))
    letter["Message-ID"] = f"<{account.reference}.{whom}@{SENDER.domain}>"
    letter.set_content(text, cte="quoted-printable")
    return letter.as_bytes()
