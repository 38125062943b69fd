"""Turns what a self-billed invoice says into the paper that formats write."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from vendorops.books import Books
from vendorops.domain.paper import (
    InvoicePaper,
    PaperLine,
    PaperParty,
    PaymentMeans,
    Preceding,
    UnfitPaper,
)
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.tables import (
    BankAccount,
    Contract,
    LegalEntity,
    Party,
    SelfBilledInvoice,
    Supplier,
)

REGISTERS = frozenset({"de_handelsregisternummer", "lei"})
"""Schemes whose numbers register a company and are no tax number (BT-30 and not BT-31)."""
SEPA, TRANSFER, ELSEWHERE = "58", "30", "1"
"""UNTDID 4461."""


class NotBillable(Refused):
    """What is to be billed would be no invoice."""


@dataclass(frozen=True)
class Numbers:
    """How the numbers that lie in the vault are read: whole for the file, masked for people."""

    identity: Callable[[Party], str]
    account: Callable[[BankAccount], str]


MASKED = Numbers(lambda party: party.identifier_masked, lambda account: account.number_masked)


def masked_paper(books: Books, row: SelfBilledInvoice) -> InvoicePaper:
    """Return an invoice as anybody may see it; one without a number is named by its reference."""
    return paper_of(books, row, MASKED)


def paper_of(books: Books, row: SelfBilledInvoice, numbers: Numbers) -> InvoicePaper:
    """Return the whole invoice; the same rows give the same paper.

    Raises NotBillable where a field would make it no invoice.
    """
    said: dict[str, Any] = json.loads(row.content)
    issued = row.issued_on or row.drafted_on
    seller, buyer = _parties(books, row)
    try:
        return InvoicePaper(
            number=row.number or row.reference,
            issue_date=issued,
            due_date=row.due_on or issued + timedelta(days=said["payment_days"]),
            type_code=row.type_code,
            currency=row.currency,
            seller=_party(seller, said["seller"], numbers),
            buyer=_party(buyer, said["buyer"], numbers),
            contract_reference=said["contract"],
            lines=tuple(_line(line) for line in said["lines"]),
            exemption=said["exemption"],
            order_reference=said["orders"][0] if len(said["orders"]) == 1 else "",
            period=Period(*map(date.fromisoformat, said["period"])) if said["period"] else None,
            notes=_notes(said),
            terms=_terms(row, int(said["payment_days"])),
            means=_means(books, row, numbers),
            preceding=tuple(
                Preceding(number, date.fromisoformat(day)) for number, day in said["preceding"]
            ),
            languages=said["languages"],
        )
    except UnfitPaper as unfit:
        raise NotBillable(f"{row.reference} cannot be written: {unfit}") from unfit


def _terms(row: SelfBilledInvoice, days: int) -> str:
    if row.credit_memo_id:
        return "Taken off what is paid for the month above and after"
    return f"Payable within {days} days of issue" if days else "Payable on the day of issue"


def _notes(said: dict[str, Any]) -> tuple[str, ...]:
    under = f"Written by the buyer under {said['agreement']} of {said['agreed_on']}"
    return tuple(filter(None, (said["label"], under)))


def _parties(books: Books, row: SelfBilledInvoice) -> tuple[Party, Party]:
    """Return seller and buyer, whose numbers lie in the vault under their rows."""
    contract = books.get(Contract, row.contract_id)
    seller = books.get(Supplier, contract.supplier_id).party_id
    buyer = books.get(LegalEntity, contract.legal_entity_id).party_id
    return books.get(Party, seller), books.get(Party, buyer)


def _party(row: Party, told: dict[str, Any], numbers: Numbers) -> PaperParty:
    number = numbers.identity(row)
    registers = row.identifier_scheme in REGISTERS
    return PaperParty(
        name=told["name"],
        country=told["country"],
        registration=number if registers else "",
        tax_number="" if registers else number,
        street=told["address"],
        reference=told["reference"],
    )


def _line(told: dict[str, Any]) -> PaperLine:
    return PaperLine(
        number=told["number"],
        description=told["description"],
        quantity_e4=int(told["quantity_e4"]),
        unit=told["unit"],
        price_e6=int(told["price_e6"]),
        tax_category=told["category"],
        tax_rate_e4=told["rate_e4"],
        work_reference=told["work"],
    )


def _means(books: Books, row: SelfBilledInvoice, numbers: Numbers) -> PaymentMeans | None:
    """Return where the money goes: nowhere yet for a pro forma, and not for a credit note."""
    if row.bank_account_id is None:
        return None if row.number is None else PaymentMeans(ELSEWHERE)
    account = books.get(BankAccount, row.bank_account_id)
    is_iban = account.scheme == "iban"
    return PaymentMeans(
        code=SEPA if is_iban and account.currency == "EUR" else TRANSFER,
        account=numbers.account(account),
        holder=account.holder,
        bank=account.bank if is_iban else "",
    )
