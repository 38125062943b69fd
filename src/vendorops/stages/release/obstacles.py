"""Looks once more, at the moment of release, at everything that was approved."""

from datetime import date

from vendorops.books import Books, content_sha256
from vendorops.books.part_returns import paid_by
from vendorops.documents import kept
from vendorops.documents.statements import (
    filing_statement,
    office_of,
    payments_of,
    settlement_statement,
)
from vendorops.domain.lifecycle import BankAccountStatus, PaymentStatus, SettlementStatus
from vendorops.domain.money import Money
from vendorops.paying.accounts.first_payments import first_obstacle
from vendorops.paying.accounts.pausing import paused
from vendorops.paying.confirming import unconfirmed
from vendorops.paying.declaring import IN_FORCE
from vendorops.paying.funding import short_of_funds
from vendorops.paying.holding import held_in
from vendorops.paying.overtaken import other_law
from vendorops.paying.requirements import missing_papers
from vendorops.paying.tax_owed import tax_owed
from vendorops.screening import obstacle
from vendorops.stages.release.together import clear
from vendorops.tables import (
    BankAccount,
    Filing,
    PartReturn,
    Payment,
    PaymentBatch,
    Settlement,
    Supplier,
)


def obstacles(books: Books, batch: PaymentBatch) -> list[str]:
    """Return why a batch may not be released; nothing where it is as it was approved."""
    kept(books, batch.file_sha256)  # Refused when the file is missing or was changed on disk.
    found = [_day(books, batch), _account(books, batch.debtor_account_id, "our own account")]
    found.append(short_of_funds(books, batch))
    sound = clear(books, batch)
    for payment in payments_of(books, batch):
        if payment.id in sound:
            continue
        if payment.filing_id is not None:
            found += _tax(books, batch, payment)
            continue
        settlement, part = paid_by(books, payment)
        supplier = books.get(Supplier, settlement.supplier_id)
        whose = f"the account of {supplier.reference}"
        found.append(_account(books, payment.bank_account_id, whose))
        found.append(_change(books, supplier))
        account = books.get(BankAccount, payment.bank_account_id)
        found.append(first_obstacle(books, batch, account))
        found.append(_settlement(books, payment, settlement))
        # The tax of a part was kept back when it was paid first, by the law of that day.
        day = batch.execution_day
        found.append(_part(books, payment, part) if part else _law(books, settlement, day))
        found.append(missing_papers(books, settlement, batch.execution_day))
        found.append(held_in(books, settlement.id))
        found.append(unconfirmed(books, settlement))
        found.append(_screening(books, supplier))
    return [sentence for sentence in found if sentence]


def _tax(books: Books, batch: PaymentBatch, payment: Payment) -> list[str]:
    """Return why the tax of a return may not be paid over as it was approved."""
    filing = books.get(Filing, payment.filing_id or 0)
    account = books.get(BankAccount, payment.bank_account_id)
    office = office_of(books, filing)
    owed, ordered = tax_owed(books, filing), Money(payment.amount_minor, payment.currency)
    found = [
        _account(books, account.id, f"the account of {office.reference}"),
        paused(books, office.party_id),
        first_obstacle(books, batch, account),
    ]
    if filing.status not in IN_FORCE:
        found.append(f"{filing.reference} is {filing.status}, and no office has it")
    if owed != ordered:
        found.append(f"{filing.reference} leaves {owed} to be paid over, and {ordered} is ordered")
    if content_sha256(filing_statement(books, filing)) != payment.settlement_sha256:
        found.append(f"{filing.reference} is no longer what was approved")
    return found


def _part(books: Books, payment: Payment, part: PartReturn) -> str:
    """Return why a part that came back may not be paid once more, for what came back."""
    first = books.get(Payment, part.payment_id)
    if first.status != PaymentStatus.SETTLED:
        return f"{first.reference}, of which {part.reference} came back, is {first.status}"
    if (payment.amount_minor, payment.currency) != (part.amount_minor, part.currency):
        return f"{part.reference} is of another amount than {payment.reference}"
    return ""


def _screening(books: Books, supplier: Supplier) -> str:
    standing = obstacle(books, supplier.party_id)
    return f"{supplier.reference}: {standing}" if standing else ""


def _day(books: Books, batch: PaymentBatch) -> str:
    if batch.execution_day >= books.as_of:
        return ""
    return f"its execution day, {batch.execution_day}, has passed"


def _law(books: Books, settlement: Settlement, day: date) -> str:
    other = other_law(books, settlement, day)
    return f"{settlement.reference} {other}" if other else ""


def _account(books: Books, ident: int, whose: str) -> str:
    account = books.get(BankAccount, ident)
    if account.status == BankAccountStatus.ACTIVE:
        return ""
    return f"{whose}, {account.reference} {account.number_masked}, is {account.status}"


def _change(books: Books, supplier: Supplier) -> str:
    reason = paused(books, supplier.party_id)
    return f"{supplier.reference}: {reason}" if reason else ""


def _settlement(books: Books, payment: Payment, settlement: Settlement) -> str:
    if settlement.status != SettlementStatus.SEALED:
        return f"{settlement.reference} is {settlement.status}, not sealed"
    seen = content_sha256(settlement_statement(books, settlement))
    if not seen == settlement.content_sha256 == payment.settlement_sha256:
        return f"{settlement.reference} is no longer what was approved"
    return ""
