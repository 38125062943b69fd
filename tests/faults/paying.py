"""From accepted claims to money at the bank, sent back and sent again: to be ended anywhere.

Every act may be repeated, as those of the story: people do what they have not done yet.
"""

from collections.abc import Callable, Mapping
from datetime import date

from sqlmodel import col, select

from tests import make
from tests.make.days import AS_OF
from tests.stages.settlement.month import ACCOUNT, claim, company, freelance, staffing
from vendorops.books import Answer, Books, answer, waiting
from vendorops.demo import PlainWorld
from vendorops.domain.bank_layout import BankLayout
from vendorops.domain.money import Money
from vendorops.paying.bank_layouts import save
from vendorops.paying.standing import Told, record
from vendorops.stages.bank_statements import receive
from vendorops.tables import BankAccount, LegalEntity, Payment, PaymentBatch

BOOKED = date(2026, 11, 6)
AGAIN = date(2026, 11, 9)
LATER = date(2026, 11, 11)
FINANCE, APPROVER, RELEASER = "zhao.finance", "wang.approver", "sun.releaser"
COLUMNS = (
    *(("day", "booked_on"), ("out", "debit"), ("in", "credit")),
    *(("balance", "balance"), ("text", "text")),
)
OPENING = 10_000_000
KEPT = 1_000
"""What the bank takes for itself of money that comes back."""
PART = 20_000
"""What of the second payment comes back, and goes again."""
OTHER = ACCOUNT[:-1] + "1"


def payable(world: PlainWorld) -> None:
    """Two companies and a person have accepted claims; VAT of persons is kept back."""
    with world.act("system:test", AS_OF) as books:
        company(books)
        told = Told("cn", "persons_vat", "withheld", date(2026, 11, 1), "a letter")
        record(make.by(books, "qian.tax"), make.only(books, LegalEntity), told)
        claim(books, staffing(books), ("40", "46.50"))
        claim(books, staffing(books, OTHER), ("10", "46.50"))
        contract = freelance(books)
        for amount in ("900", "2100"):
            claim(books, contract, ("1", amount), rate_e4=0)


def settling(world: PlainWorld) -> None:
    """Settle what is owed; the approver looks, and it is sealed and booked."""
    world.run("settlement", AS_OF)
    _say(world, "settlement", APPROVER, AS_OF)
    world.run("settlement", AS_OF)


def releasing(world: PlainWorld, day: date = AS_OF) -> None:
    """Plan, approve, release by another person, and lay the file out."""
    world.run("payment", day)
    for kind, who in (("payment_approval", APPROVER), ("payment_release", RELEASER)):
        world.run("release", day)
        _say(world, kind, who, day)
    world.run("release", day)
    world.run("delivery", day)


def telling(world: PlainWorld) -> None:
    """The bank books all payments, then sends one back less its charges, and a part of another."""
    with world.act(FINANCE, BOOKED) as books:
        ours = _our_account(books).reference
        save(books, BankLayout(ours, "CNY", COLUMNS, ".", ""))
        first, second = _paid(books)[:2]
        booked = [(-row.amount_minor, row.reference) for row in _paid(books, AS_OF)]
        back = [
            (first.amount_minor - KEPT, f"RETURN {first.reference}"),
            (PART, f"RETURN {second.reference}"),
        ]
        chosen = [
            {"payment": first.reference, "charge": Money(KEPT, "CNY").text},
            {"payment": second.reference, "part": Money(PART, "CNY").text},
        ]
    closing = OPENING + sum(minor for minor, _ in booked)
    _take(world, _table(OPENING, booked, date(2026, 11, 5)), "1.csv", BOOKED)
    _take(world, _table(closing, back, BOOKED), "2.csv", BOOKED)
    for detail in chosen:
        _say(world, "bank_entry", FINANCE, BOOKED, detail)
    world.run("bank_statements", BOOKED)


def resending(world: PlainWorld) -> None:
    """What came back, whole or in part, is paid once more, in files of their own, and booked."""
    _say(world, "payment_again", FINANCE, AGAIN)
    releasing(world, AGAIN)
    with world.act("reader", LATER) as books:
        again = [(-row.amount_minor, row.reference) for row in _paid(books, AGAIN)]
        before = _paid(books, AS_OF)
        came_back = before[0].amount_minor - KEPT + PART
        opening = OPENING - sum(row.amount_minor for row in before) + came_back
    _take(world, _table(opening, again, LATER), "3.csv", LATER)


PAYING: dict[str, Callable[[PlainWorld], None]] = {
    function.__name__: function for function in (payable, settling, releasing, telling, resending)
}
"""In the order in which each begins where the one before has ended."""


def _our_account(books: Books) -> BankAccount:
    return make.only(books, BankAccount, party_id=make.only(books, LegalEntity).party_id)


def _paid(books: Books, day: date | None = None) -> list[Payment]:
    """Return payments in their order; of a day those whose files were planned on it."""
    rows = books.session.exec(select(Payment).order_by(col(Payment.reference))).all()
    planned = {batch.id: batch.created_on for batch in make.rows_of(books, PaymentBatch)}
    return [row for row in rows if day is None or planned[row.batch_id] == day]


def _table(opening: int, moved: list[tuple[int, str]], day: date) -> bytes:
    """A bank's table: day, debit, credit, balance and text."""
    rows, stands = ["day,out,in,balance,text"], opening
    for minor, text in moved:
        stands += minor
        amount = Money(abs(minor), "CNY").text
        columns = ("", amount) if minor > 0 else (amount, "")
        rows.append(",".join((day.isoformat(), *columns, Money(stands, "CNY").text, text)))
    return "\n".join(rows).encode()


def _take(world: PlainWorld, data: bytes, name: str, day: date) -> None:
    with world.act(FINANCE, day) as books:
        receive(books, data, name)
    world.run("bank_statements", day)


def _say(
    world: PlainWorld, kind: str, who: str, day: date, detail: Mapping[str, str] | None = None
) -> None:
    """Let somebody approve every open question of a kind, each in a transaction of its own.

    With a detail those that name the payment in it.
    """
    named = detail["payment"] if detail else ""
    with world.act("reader", day) as books:
        asked = [
            row.reference for row in waiting(books) if row.kind == kind and named in row.question
        ]
    for reference in asked:
        with world.act(who, day) as books:
            answer(books, Answer(reference, "approve", f"as {who} sees it", detail or {}))
