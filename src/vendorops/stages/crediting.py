"""Has credit memos issued: a buyer who did not report the fact confirms the calculation.

What the client bears is booked as its cost at once; the rest waits for a settlement.
"""

import json

from sqlmodel import col, select

from vendorops.books import AccountName, Books, Entry, Question, decided, log, post
from vendorops.domain.lifecycle import CreditMemoStatus
from vendorops.domain.money import Money
from vendorops.stages import Step
from vendorops.tables import Contract, CreditMemo, Supplier

SUBJECT = CreditMemo


def ready(books: Books) -> list[int]:
    """Return the memos that nobody has issued or cancelled yet."""
    query = select(CreditMemo.id).where(col(CreditMemo.status) == CreditMemoStatus.DRAFT.value)
    return list(books.session.exec(query.order_by(col(CreditMemo.id))))


def advance(books: Books, ident: int) -> Step:
    """Ask whether a memo is issued, or carry out the answer."""
    memo = books.get(CreditMemo, ident)
    if memo.status != CreditMemoStatus.DRAFT:
        return Step.DONE
    decision = decided(books, _question(books, memo))
    if decision is None:
        return Step.WAITING
    issued = decision.answer == "approve"
    after = CreditMemoStatus.ISSUED if issued else CreditMemoStatus.CANCELLED
    because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
    event = books.move(memo, after, because=because, content=decision.content_sha256)
    if issued and memo.borne_by == "client":
        _bear(books, memo, event)
    return Step.DONE


def _bear(books: Books, memo: CreditMemo, issued: log.Happened) -> None:
    """Book a cost of ours in full; whom it is owed to is no supplier of the contract."""
    program = books.get(Contract, memo.contract_id).program
    expense = AccountName(f"expense/{program}/{memo.kind}", "expense")
    owed = AccountName(f"owed/{memo.kind}", "liability", floor_minor=0)
    key = f"memo/{memo.reference}"
    post(books, issued, Entry(expense, owed, Money(memo.net_minor, memo.currency), key))
    memo.applied_minor = memo.net_minor
    books.move(memo, CreditMemoStatus.EXHAUSTED, because=f"booked under {key}")


def _question(books: Books, memo: CreditMemo) -> Question:
    contract = books.get(Contract, memo.contract_id)
    supplier = books.get(Supplier, contract.supplier_id)
    amount = Money(memo.net_minor, memo.currency)
    return Question(
        kind="credit_memo",
        subject=memo,
        content={
            "memo": memo.reference,
            "contract": contract.reference,
            "kind": memo.kind,
            "borne_by": memo.borne_by,
            "of": memo.source_reference,
            "month": memo.month,
            "amount": repr(amount),
            "tax": repr(Money(memo.tax_minor, memo.currency)),
            "calculation": json.loads(memo.basis),
        },
        sentence=f"{_asked(memo, contract, supplier, amount)} {memo.sentence}",
        role="buyer",
        party_id=supplier.party_id,
        amount=amount,
        program=contract.program,
        place=contract.place,
        not_by=tuple(memo.raised_by.split()),
    )


def _asked(memo: CreditMemo, contract: Contract, supplier: Supplier, amount: Money) -> str:
    if memo.borne_by == "client":
        return f"Add {amount} to our own cost of {contract.reference} in {memo.month}?"
    if memo.borne_by == "returned":
        return f"Add {amount} to what {supplier.reference} is owed under {contract.reference}?"
    return (
        f"Take {amount} off what {supplier.reference} is owed under {contract.reference} from"
        f" {memo.month} on?"
    )
