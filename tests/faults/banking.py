"""What the story does not play: the bank tells what became of the payments, and one comes back."""

from sqlmodel import col, select

from tests.stages.bank_statements.told import NEXT, Booked, statement
from vendorops.books import Answer, Books, answer
from vendorops.books.questions import OPEN
from vendorops.demo import PlainWorld, story
from vendorops.domain.money import Money
from vendorops.stages.bank_statements import receive
from vendorops.tables import Decision, Payment

OURS = "31050136360000001234"
"""The account of the story's company."""
DAY = story.COOLED


def banking(world: PlainWorld) -> None:
    """Take two statements and ask on: all payments are booked, then the first comes back."""
    deliver(world)
    world.run("bank_statements", DAY)
    world.run("bank_statements", DAY)
    _say_no(world)


def deliver(world: PlainWorld) -> None:
    """Hand the two statements in."""
    with world.act("reader", DAY) as books:
        booked = [_line(row) for row in _payments(books)]
        back = _line(_payments(books)[0], direction="CRDT", reason="AC04")
    closing = 1_000_000 * 100 - sum(Money.parse(each.amount, "CNY").minor for each in booked)
    first = statement(*booked, account=OURS, opening="1000000.00")
    opening = Money(closing, "CNY").text
    second = statement(back, ident="STM-2", account=OURS, opening=opening, day=NEXT)
    for name, data in (("1.xml", first), ("2.xml", second)):
        with world.act("zhao.finance", DAY) as books:
            receive(books, data, name)


def _payments(books: Books) -> list[Payment]:
    query = select(Payment).where(col(Payment.status) != "cancelled")
    return list(books.session.exec(query.order_by(col(Payment.reference))))


def _line(row: Payment, direction: str = "DBIT", reason: str = "") -> Booked:
    amount = Money(row.amount_minor, row.currency).text
    return Booked(amount, [row.end_to_end_id], direction=direction, reason=reason)


def _say_no(world: PlainWorld) -> None:
    """Let finance say not to pay to that account again, if it was not said yet."""
    with world.act("zhao.finance", DAY) as books:
        query = select(Decision).where(
            col(Decision.kind) == "payment_again", col(Decision.status).in_(OPEN)
        )
        asked = books.session.exec(query).one_or_none()
        if asked:
            answer(books, Answer(asked.reference, "reject", "the account is closed"))


BANKING = {"banking": banking, "statements": deliver}
"""Acts that the story does not play, by name."""
