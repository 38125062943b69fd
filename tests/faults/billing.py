"""Billing in a supplier's name, from the yes to the credit note: to be ended and played again.

Every act here may be repeated, as those of the story: people do what they have not done yet.
"""

from collections.abc import Callable
from datetime import date

from sqlmodel import select

from tests import make
from tests.stages.self_billing import billing
from vendorops.books import Answer, Books, answer, waiting
from vendorops.demo import PlainWorld
from vendorops.domain.lifecycle import CreditMemoStatus
from vendorops.domain.money import Money
from vendorops.tables import (
    Contract,
    SelfBillingAgreement,
    Supplier,
)
from vendorops.working.crediting import Credit, raise_credit
from vendorops.working.self_billing import propose

AGREED, SHOWN, SILENT = date(2026, 10, 5), date(2026, 11, 2), date(2026, 11, 12)
CREDITED = date(2026, 11, 13)


def billable(world: PlainWorld) -> None:
    """A contract with three accepted sheets, of which each is billed by itself."""
    with world.act("system:test", AGREED) as books:
        contract = billing.contract(books)
        for day in (2, 9, 16):
            billing.worked(books, contract, day)


def billed(world: PlainWorld) -> None:
    """Agree; align one by word, one after an objection, one by silence; credit part of it."""
    with world.act("lin.buyer", AGREED) as books:
        if not books.session.exec(select(SelfBillingAgreement)).first():
            contract = books.session.exec(select(Contract)).one()
            propose(books, billing.form(contract, grouping="sheet"))
    world.run("self_billing", AGREED)
    _answered(world, AGREED, "self_billing_agreement", billing.SIGNER, {})
    world.run("self_billing", AGREED)
    for stage in ("self_billing", "pro_formas"):
        world.run(stage, SHOWN)
    _answered(world, SHOWN, "pro_forma", billing.SIGNER, {"1": "approve", "2": "reject"})
    world.run("pro_formas", SHOWN)
    _answered(world, SHOWN, "pro_forma_objection", "lin.buyer", {"2": "reject"})
    for day in (SHOWN, SILENT):
        world.run("pro_formas", day)
    with world.act("system:test", CREDITED) as books:
        _credit(books)
    for stage in ("self_billed_credits", "pro_formas"):
        world.run(stage, CREDITED)
    _answered(world, CREDITED, "pro_forma", billing.SIGNER, {"4": "approve"})
    for stage in ("pro_formas", "delivery"):
        world.run(stage, CREDITED)


BILLING: dict[str, Callable[[PlainWorld], None]] = {
    function.__name__: function for function in (billable, billed)
}


def _answered(world: PlainWorld, day: date, kind: str, who: str, verdicts: dict[str, str]) -> None:
    """Let somebody answer what is asked of some invoices, or of whatever is asked.

    Of what has been shown again after its objection nobody says more.
    """
    with world.act(who, day) as books:
        for row in waiting(books):
            verdict = verdicts.get(row.subject_reference[-1], "" if verdicts else "approve")
            first = "for the 2. time" not in row.question
            if row.kind == kind and verdict and first:
                answer(books, Answer(row.reference, verdict, f"as {who} sees it"))


def _credit(books: Books) -> None:
    """Raise and issue one memo of the month."""
    contract = books.session.exec(select(Contract)).one()
    memo = raise_credit(
        books,
        contract,
        Credit(
            kind="rebate",
            month="2026-10",
            source=books.get(Supplier, contract.supplier_id),
            net=Money(10_000, "EUR"),
            sentence="rebate of the month",
            basis={"agreed": "100.00"},
            raised_by="zhao.finance",
        ),
    )
    if memo.status == CreditMemoStatus.DRAFT:
        make.reach(books, memo, CreditMemoStatus.ISSUED)
