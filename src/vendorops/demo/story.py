"""One month of four suppliers, act by act; every act may be repeated and then changes nothing."""

from collections.abc import Callable, Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

from sqlmodel import col, select

from vendorops.books import Answer, Books, answer, waiting
from vendorops.demo.answering import detail
from vendorops.demo.world import World
from vendorops.documents.signing import found_certificate
from vendorops.screening import load_watchlist
from vendorops.stages.acceptance import submit
from vendorops.stages.amendments import propose
from vendorops.stages.bank_accounts import propose_account, record_contact
from vendorops.stages.intake import receive
from vendorops.stages.onboarding import apply, load_company
from vendorops.tables import (
    Contract,
    Decision,
    LegalEntity,
    Person,
    Qualification,
    RoleGrant,
    Supplier,
)

SAMPLES = Path(str(files("vendorops.demo"))) / "samples"
APPLIED, SIGNED, IN_FORCE = date(2026, 9, 21), date(2026, 9, 24), date(2026, 10, 1)
AMENDED, CHANGED = date(2026, 10, 9), date(2026, 10, 12)
SUBMITTED, CLAIMED = date(2026, 11, 2), date(2026, 11, 3)
MONTH_END, PAID = date(2026, 11, 4), date(2026, 11, 5)
MOVED, COOLED = date(2026, 11, 10), date(2026, 11, 13)
FILED = date(2026, 12, 2)
"""Tax is withheld when people are paid, in November; that month is filed once it is over."""

PEOPLE = {
    "qualification": "lin.buyer",
    "review": "lin.buyer",
    "document": "lin.buyer",
    "supplier_change": "wang.approver",
    "bank_verification": "zhao.finance",
    "bank_name_check": "zhao.finance",
    "bank_approval": "wang.approver",
    "contract": "wang.approver",
    "amendment": "wang.approver",
    "acceptance": "lin.buyer",
    "exception": "zhao.finance",
    "settlement": "wang.approver",
    "payment_approval": "wang.approver",
    "payment_release": "sun.releaser",
    "first_payment": "sun.releaser",
    "first_payment_above_cap": "chen.approver",
    "payment_again": "zhao.finance",
    "filing": "qian.tax",
    "filing_submission": "qian.tax",
    "filing_outcome": "qian.tax",
}
"""Who answers which kind of question.

Where the approval matrix says who, the owner answers; `signature` the supplier's own signer.
"""
REVIEWERS = {"compliance": "gu.compliance"}
"""Who settles a doubt that is not the buyer's to settle, by the role that is asked."""
REASONS = {
    "qualification": "licences seen and in order",
    "document": "renewed in time and in order",
    "supplier_change": "the reason given is sound",
    "review": "looked at what was seen; it is harmless",
    "bank_verification": "called the number we found; the holder read the account",
    "bank_name_check": "the bank's letter names the holder",
    "bank_approval": "called back, name checked, by others",
    "contract": "within the budget of the program",
    "amendment": "more calls than planned; the price stays",
    "signature": "we agree to these terms",
    "acceptance": "seen and in order, but for what is noted",
    "exception": "pay what matches; the rest goes back to the supplier",
    "settlement": "agrees with the reconciliation",
    "payment_approval": "count, sum and payees agree with the settlements",
    "payment_release": "released to the bank",
    "first_payment": "the first one to this account, looked at by itself",
    "first_payment_above_cap": "the amount is what the contract says",
    "payment_again": "the bank says that the account is closed",
    "filing": "total agrees with the withholding account",
    "filing_submission": "handed in through the portal of the tax office",
    "filing_outcome": "the portal shows it as accepted",
}
VERDICTS = {"payment_again": "reject"}
"""What people say where it is not yes."""
ROUNDS = 6
"""More rounds of running and answering than any act needs."""


def tell(world: World) -> Iterator[str]:
    """Play the month; yield the title of each act before it is played."""
    for title, act in ACTS:
        yield title
        act(world)


def _found(world: World) -> None:
    with world.act("system:company", APPLIED) as books:
        load_company(books, (SAMPLES / "company.yaml").read_bytes())
        for entity in books.session.exec(select(LegalEntity)):
            found_certificate(books, entity)
    for path in _files("watchlists"):
        with world.act("gu.compliance", APPLIED) as books:
            load_watchlist(books, path.read_bytes(), path.stem)


def _onboard(world: World) -> None:
    for path in _files("applications"):
        with world.act("portal", APPLIED) as books:
            case = apply(books, path.read_bytes(), SAMPLES / "documents")
            supplier = books.get(Supplier, case.supplier_id).reference
        with world.act("lin.buyer", APPLIED) as books:
            record_contact(books, supplier, (SAMPLES / "contacts" / path.name).read_bytes())
    carry(world, APPLIED, "screening", "onboarding", "reviews", "bank_accounts")


def _contract(world: World) -> None:
    carry(world, SIGNED, "bank_accounts", "contracting", "signing")
    carry(world, IN_FORCE, "signing")


def _amend(world: World) -> None:
    for path in _files("amendments"):
        with world.act("lin.buyer", AMENDED) as books:
            contract = books.session.exec(
                select(Contract).where(Contract.program == path.stem)
            ).one()
            propose(books, contract, path.read_bytes())
    carry(world, AMENDED, "amendments")
    carry(world, CHANGED, "amendments")


def _work(world: World) -> None:
    for path in _files("sheets"):
        with world.act("portal", SUBMITTED) as books:
            submit(books, path.read_bytes())
    carry(world, SUBMITTED, "acceptance")


def _claim(world: World) -> None:
    for path in _files("claims"):
        with world.act("portal", CLAIMED) as books:
            receive(books, path.read_bytes(), path.name)
    carry(world, CLAIMED, "intake")


def _match(world: World) -> None:
    carry(world, MONTH_END, "reconciliation", "exceptions")


def _pay(world: World) -> None:
    carry(world, MONTH_END, "settlement")
    carry(world, PAID, "payment", "release", "delivery")


def _move(world: World) -> None:
    """Let who signs for a supplier propose another account; it comes into use like a first one."""
    for path in _files("accounts"):
        query = (
            select(Qualification.signer, Supplier.reference)
            .join(Supplier, col(Supplier.id) == col(Qualification.supplier_id))
            .where(Qualification.program == path.stem)
        )
        with world.act("reader", MOVED) as books:
            signer, supplier = books.session.exec(query).one()
        with world.act(signer, MOVED) as books:
            propose_account(books, supplier, path.read_bytes())
    carry(world, MOVED, "bank_accounts", "delivery")
    carry(world, COOLED, "bank_accounts")


def _file(world: World) -> None:
    carry(world, FILED, "filing", "returns", "delivery")


ACTS: tuple[tuple[str, Callable[[World], None]], ...] = (
    ("Our company, its people and what they may decide, whom we must not deal with", _found),
    ("Four suppliers apply, are screened and qualified; their accounts are proved", _onboard),
    ("Accounts cooled off; contracts are drafted, approved, signed and in force", _contract),
    ("A contract is amended: a higher cap and a lower price for much work", _amend),
    ("October's work is submitted, and accepted but for what was not in order", _work),
    ("Invoices and statements arrive and are booked", _claim),
    ("The month is matched; finance looks at the exceptions only", _match),
    ("What is owed is settled, tax withheld, payments approved and released", _pay),
    ("A supplier moves its account: told to contacts on file, proved, cooled off", _move),
    ("The tax return is prepared, checked, approved, handed in and accepted", _file),
)


def _files(folder: str) -> list[Path]:
    return sorted(path for path in (SAMPLES / folder).iterdir() if path.suffix != ".py")


def carry(world: World, day: date, *stages: str) -> None:
    """Run stages and answer what they ask, until nobody is asked any more."""
    for _ in range(ROUNDS):
        for stage in stages:
            world.run(stage, day)
        if not _answer_all(world, day):
            return


def _answer_all(world: World, day: date) -> int:
    """Answer what was asked by that day in the name of who has to, each in its transaction."""
    with world.act("reader", day) as books:
        open_by_then = [row for row in waiting(books) if row.asked_on <= day]
        asked = [(row.reference, row.kind, _person(books, row)) for row in open_by_then]
    for reference, kind, person in asked:
        with world.act(person, day) as books:
            said = detail(books, reference, kind)
            verdict = VERDICTS.get(kind, "approve")
            answer(books, Answer(reference, verdict, REASONS[kind], said))
    return len(asked)


def _person(books: Books, asked: Decision) -> str:
    if asked.rule_id is not None:
        return asked.owner
    if asked.kind in PEOPLE:
        return REVIEWERS.get(asked.role, PEOPLE[asked.kind])
    signer = (
        select(Person.handle)
        .join(RoleGrant, col(RoleGrant.handle) == col(Person.handle))
        .where(Person.party_id == asked.party_id, RoleGrant.role == asked.role)
    )
    return books.session.exec(signer).first() or ""
