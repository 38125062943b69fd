"""A client pays in, a payee disputes, money goes from the funds, tax is paid over: ended anywhere.

Every act may be repeated, as those of the story: people do what they have not done yet.
"""

from collections.abc import Callable, Mapping
from datetime import date

from sqlmodel import select

from tests import make
from tests.make.days import AS_OF
from tests.stages.filing.carrying import DECEMBER
from tests.stages.remittance.paying_over import office
from tests.stages.settlement.month import claim, company, freelance
from vendorops.books import Answer, answer, waiting
from vendorops.demo import PlainWorld
from vendorops.domain.bank_layout import BankLayout
from vendorops.paying.bank_layouts import save
from vendorops.paying.funding import confirm
from vendorops.stages.bank_statements import receive
from vendorops.stages.onboarding.confirmations import ConfirmationForm, load_confirmation
from vendorops.stages.onboarding.fundings import FundingForm, load_funding
from vendorops.tables import (
    BankAccount,
    BankEntry,
    Contract,
    Funding,
    LegalEntity,
    Party,
    Supplier,
)

FINANCE, APPROVER, RELEASER, TAX = "zhao.finance", "wang.approver", "sun.releaser", "qian.tax"
PAYEE = "he.hengxin"
COLUMNS = (("day", "booked_on"), ("out", "debit"), ("in", "credit"), ("balance", "balance"))
TABLE = b"day,out,in,balance\n2026-11-04,,5000.00,5000.00"
SINCE = {"valid_from": "2026-01-01", "cite": "Treasury policy 2"}


def fundable(world: PlainWorld) -> None:
    """A company that pays from confirmed funds what payees confirmed, and one person's claim."""
    _founded(world, "required")


def _founded(world: PlainWorld, confirmation: str) -> None:
    with world.act("system:test", AS_OF) as books:
        company(books)
        entity = make.only(books, LegalEntity)
        load_funding(books, entity, FundingForm.model_validate({"payouts": "confirmed", **SINCE}))
        asked = {"confirmation": confirmation, **SINCE}
        load_confirmation(books, ConfirmationForm.model_validate(asked))
        office(books)
        contract = freelance(books)
        claim(books, contract, ("1", "3000"), rate_e4=0)
        supplier = books.get(Supplier, make.only(books, Contract).supplier_id)
        make.signer(books, books.get(Party, supplier.party_id), PAYEE)


def funded(world: PlainWorld) -> None:
    """The bank tells of a client's money, and finance confirms it."""
    with world.act(FINANCE, AS_OF) as books:
        party = make.only(books, LegalEntity).party_id
        ours = make.only(books, BankAccount, party_id=party).reference
        save(books, BankLayout(ours, "CNY", COLUMNS, ".", ""))
        receive(books, TABLE, "in.csv")
    world.run("bank_statements", AS_OF)
    with world.act(FINANCE, AS_OF) as books:
        line = make.only(books, BankEntry)
        if not books.session.exec(select(Funding)).all():
            confirm(books, line, "the client's share of October")


def confirmed(world: PlainWorld) -> None:
    """The payee disputes what is settled, and finance has it paid as it stands."""
    world.run("settlement", AS_OF)
    _say(world, "settlement", APPROVER, AS_OF)
    world.run("settlement", AS_OF)
    world.run("confirmations", AS_OF)
    _say(world, "settlement_statement", PAYEE, AS_OF, verdict="reject")
    world.run("confirmations", AS_OF)
    _say(world, "settlement_dispute", FINANCE, AS_OF)
    world.run("confirmations", AS_OF)


def drawn(world: PlainWorld) -> None:
    """The payment is planned, approved and released, and taken off the funds."""
    world.run("payment", AS_OF)
    _let_go(world, AS_OF)


def handed(world: PlainWorld) -> None:
    """What was kept back is declared, and handed in."""
    world.run("filing", DECEMBER)
    for kind, detail in (("filing", {}), ("filing_submission", {"receipt": "SH-1"})):
        world.run("returns", DECEMBER)
        _say(world, kind, TAX, DECEMBER, detail)
    world.run("returns", DECEMBER)


def remitted(world: PlainWorld) -> None:
    """What was kept back is declared, handed in and paid over."""
    handed(world)
    world.run("remittance", DECEMBER)
    _let_go(world, DECEMBER)


def arguable(world: PlainWorld) -> None:
    """A payment that goes with the next run, and a payee that has been asked and said nothing."""
    _founded(world, "asked")
    funded(world)
    world.run("settlement", AS_OF)
    _say(world, "settlement", APPROVER, AS_OF)
    for stage in ("settlement", "confirmations", "payment", "release"):
        world.run(stage, AS_OF)
    _say(world, "payment_approval", APPROVER, AS_OF)
    world.run("release", AS_OF)
    _say(world, "payment_release", RELEASER, AS_OF)


def disputing(world: PlainWorld) -> None:
    """The payee disputes, unless the money has gone."""
    _say(world, "settlement_statement", PAYEE, AS_OF, verdict="reject")
    world.run("confirmations", AS_OF)


ARGUED: dict[str, Callable[[PlainWorld], None]] = {
    function.__name__: function for function in (arguable, disputing, handed)
}
FUNDS: dict[str, Callable[[PlainWorld], None]] = {
    function.__name__: function for function in (fundable, funded, confirmed, drawn, remitted)
}
"""In the order in which each begins where the one before has ended."""


def _let_go(world: PlainWorld, day: date) -> None:
    for kind, who in (("payment_approval", APPROVER), ("payment_release", RELEASER)):
        world.run("release", day)
        _say(world, kind, who, day)
    world.run("release", day)
    world.run("delivery", day)


def _say(
    world: PlainWorld,
    kind: str,
    who: str,
    day: date,
    detail: Mapping[str, str] | None = None,
    *,
    verdict: str = "approve",
) -> None:
    """Let somebody answer every open question of a kind, each in a transaction of its own."""
    with world.act("reader", day) as books:
        asked = [row.reference for row in waiting(books) if row.kind == kind]
    for reference in asked:
        with world.act(who, day) as books:
            answer(books, Answer(reference, verdict, f"as {who} sees it", detail or {}))
