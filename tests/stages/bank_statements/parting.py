"""One payment of which the bank sent a part back, as finance says of it."""

from collections.abc import Mapping
from datetime import date

from tests import make
from tests.stages.bank_statements.told import NEXT, Booked, sent, statement, take
from tests.stages.settlement.month import OpenerMaker, paid, run

ONE, TWO, THREE = (f"PAY-2026-00000{number}" for number in (1, 2, 3))
WHOLE = "1971.60"
LEFT = "98028.40"
"""What stands on the account once the payment is booked."""
LATER = date(2026, 11, 9)
"""The first day on which banks work after the part came back, and on which it goes again."""


def back(amount: str, ident: str = "2", opening: str = LEFT, of: str = ONE) -> bytes:
    """The statement of a day on which something of a payment came back."""
    entry = Booked(amount, [of], direction="CRDT", reason="AM09")
    return statement(entry, ident=ident, opening=opening, day=NEXT)


def came_back(opener: OpenerMaker, amount: str = "300.00") -> None:
    """Pay a supplier, let the bank book it, and let a part of it come back."""
    sent(opener, "40")
    take(opener, statement(Booked(WHOLE, [ONE])))
    take(opener, back(amount), "back.xml")


def said(opener: OpenerMaker, as_of: date = NEXT, **detail: str) -> None:
    """Let finance say what a line is, and let the stage do so."""
    told: Mapping[str, str] = {"payment": ONE} | detail
    make.reply(opener, "bank_entry", "zhao.finance", detail=told, as_of=as_of)
    run("bank_statements", opener, as_of=as_of)


def parted(opener: OpenerMaker, amount: str = "300.00") -> None:
    """Let a part come back, and finance say so."""
    came_back(opener, amount)
    said(opener, part=amount)


def paid_anew(opener: OpenerMaker) -> None:
    """Pay a part that came back once more, by two people, and let the bank book it."""
    paid(opener, as_of=NEXT)
    entry = Booked("300.00", [TWO])
    data = statement(entry, ident="3", opening="98328.40", day=LATER)
    take(opener, data, "anew.xml", as_of=LATER)
