"""A month that is matched and sealed, from which tests of the money end start."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from sqlmodel import select

from tests import make
from vendorops.books import Books, Opener
from vendorops.books.ledger import balance
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.stages import Outcome, sweep
from vendorops.tables import Contract, Invoice, LedgerAccount, Party, Reconciliation, Row, Supplier

R = TypeVar("R", bound=Row)
OpenerMaker = Callable[..., Opener]
IDENTITY = "11010519491231002X"
OUR_NUMBER = "91310000MA1FL0X123"
ACCOUNT = "6222020200012345678"
OUR_ACCOUNT = "6222020200099990001"
SECRETS = (IDENTITY, OUR_NUMBER, ACCOUNT, OUR_ACCOUNT)


def run(stage: str, opener: OpenerMaker, as_of: date = make.AS_OF, month: str = "") -> Outcome:
    """Run a stage as its flow would."""
    return sweep(stage, opener(as_of=as_of, actor=f"system:{stage}", month=month or None))


def company(books: Books) -> None:
    """Our company with people who decide and an account to pay from."""
    make.people(books)
    ours = make.party(books, OUR_NUMBER, name="星河制造集团有限公司")
    entity = make.legal_entity(books, party_id=ours.id)
    make.our_account(books, entity)


def staffing(books: Books, number: str = ACCOUNT, **changed: Any) -> Contract:
    """A staffing contract whose supplier has an active account."""
    supplier = make.supplier(books)
    make.bank_account(books, books.get(Party, supplier.party_id), number)
    return make.contract(books, supplier, **changed)


def freelance(books: Books, consent: Mapping[str, Any] | None = None, **changed: Any) -> Contract:
    """A contract with a person who lives in China and consented to tax being kept back."""
    person = make.party(books, IDENTITY, kind="person", name="王小明", identifier_scheme="cn_ric")
    supplier = make.supplier(books, person, kind="freelancer")
    make.bank_account(books, person, ACCOUNT)
    agreed = {"kind": "withholding_consent", "status": "verified"} | dict(consent or {})
    make.compliance_document(books, supplier, **agreed)
    return make.contract(books, supplier, program="freelance", **changed)


def claim(
    books: Books,
    of: Contract,
    *lines: tuple[str, str],
    rate_e4: int = 600,
    status: str = InvoiceStatus.ACCEPTED,
    **changed: Any,
) -> Invoice:
    """An invoice of lines of quantity and price, matched whole in a sealed reconciliation."""
    sheet = make.service_sheet(books, of, [make.done(*line) for line in lines])
    claimed = [
        make.claimed(work, *line, tax_rate_e4=rate_e4, currency=of.currency)
        for work, line in zip(make.items_of(books, sheet), lines, strict=True)
    ]
    if rate_e4 == 0:
        changed = {"tax_minor": 0, "gross_minor": sum(c["net_minor"] for c in claimed)} | changed
    invoice = make.invoice(books, of, claimed, status=status, **changed)
    explained = sealed(books, of, invoice.month)
    for line, work in zip(make.lines_of(books, invoice), make.items_of(books, sheet), strict=True):
        make.allocation(books, explained, line, work)
        work.claimed_e4 = line.quantity_e4
    return invoice


def sealed(books: Books, of: Contract, month: str) -> Reconciliation:
    """The next sealed reconciliation of a supplier's month."""
    supplier = books.get(Supplier, of.supplier_id)
    before = books.session.exec(
        select(Reconciliation).filter_by(supplier_id=supplier.id, month=month)
    ).all()
    return make.reconciliation(books, supplier, month=month, version=len(before) + 1)


def partly_explained(books: Books, contract: Contract) -> Invoice:
    """An invoice of 1900.00, of which 1860.00 is matched and one yuan tolerated."""
    sheet = make.service_sheet(books, contract, [make.done("40", "46.50")])
    work = make.items_of(books, sheet)[0]
    lines = [make.claimed(work, "40", "47.50")]
    invoice = make.invoice(books, contract, lines, status="conditionally_accepted")
    line = make.lines_of(books, invoice)[0]
    explained = sealed(books, contract, make.MONTH)
    make.allocation(books, explained, line, work, amount_minor=186_000)
    work.claimed_e4 = work.accepted_e4
    make.difference(books, explained, line, amount_minor=100, treatment="tolerated")
    reason = "quantity_above_accepted"
    make.difference(books, explained, line, amount_minor=3_900, reason=reason)
    return invoice


def credit(books: Books, contract: Contract, minor: int) -> Invoice:
    """A credit note that somebody let pass, of a month of its own."""
    line = make.claimed(None, "0", "0", net_minor=-minor)
    note = make.invoice(books, contract, [line], kind="credit_note", status="accepted")
    explained = sealed(books, contract, note.month)
    found = make.lines_of(books, note)[0]
    make.difference(
        books, explained, found, amount_minor=-minor, reason="credit", treatment="tolerated"
    )
    return note


def settled(opener: OpenerMaker, as_of: date = make.AS_OF) -> None:
    """Settle everything that is ready, approved by the approver."""
    run("settlement", opener, as_of)
    make.reply(opener, "settlement", "wang.approver", as_of=as_of)
    run("settlement", opener, as_of)


def paid(opener: OpenerMaker, as_of: date = make.AS_OF) -> None:
    """Pay everything that is settled, approved and released by two people."""
    run("payment", opener, as_of)
    run("release", opener, as_of)
    make.reply(opener, "payment_approval", "wang.approver", as_of=as_of)
    run("release", opener, as_of)
    make.reply(opener, "payment_release", "sun.releaser", as_of=as_of)
    run("release", opener, as_of)


def balances(books: Books) -> dict[str, int]:
    """Return what stands on each account, by the part of its name before the slash."""
    found: dict[str, int] = {}
    for account in books.session.exec(select(LedgerAccount)):
        name = account.code.partition("/")[0]
        found[name] = found.get(name, 0) + balance(books, account).minor
    return {name: minor for name, minor in found.items() if minor}


def rows(books: Books, table: type[R]) -> list[R]:
    """Return all rows of a table, oldest first."""
    return sorted(books.session.exec(select(table)), key=lambda row: row.id)
