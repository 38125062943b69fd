"""Only what came back is a part, only another than who let it go says so, and it is paid once."""

import pytest
from sqlalchemy.exc import IntegrityError

from tests import make
from tests.stages.bank_statements.parting import ONE, TWO, came_back, parted, said
from tests.stages.bank_statements.told import (
    NEXT,
    UNPROVED,
    Booked,
    sent,
    statement,
    states,
    take,
)
from tests.stages.settlement.month import run
from vendorops.books.answers.bank_entry import NotThatPayment
from vendorops.books.questions import NotAllowed
from vendorops.tables import PartReturn, Payment

pytestmark = pytest.mark.breaks(UNPROVED)


@pytest.mark.parametrize(
    ("detail", "why"),
    [
        ({"part": "299.99"}, "is of another amount than BKE"),
        ({"part": "300.01"}, "is of another amount than BKE"),
        ({"part": "1971.60", "charge": "1671.60"}, "is no part of it"),
        ({"part": "-300"}, "above zero"),
        ({"part": "300.00", "charge": "10.00"}, "is of another amount than BKE-2026-000002 with"),
    ],
)
def test_a_part_that_is_not_what_came_back_is_refused(opener, detail, why: str):
    came_back(opener)

    with pytest.raises(NotThatPayment, match=why):
        said(opener, **detail)


def test_whoever_let_the_payment_go_does_not_say_that_a_part_of_it_came_back(opener):
    came_back(opener)
    with opener()() as books:
        make.grant(books, "sun.releaser", "finance")

    detail = {"payment": ONE, "part": "300.00"}
    with pytest.raises(NotAllowed, match="took part"):
        make.reply(opener, "bank_entry", "sun.releaser", detail=detail, as_of=NEXT)


def test_nor_where_the_line_names_no_payment_and_nobody_knew_whose_it_is(opener):
    sent(opener, "40")
    take(opener, statement(Booked("1971.60", [ONE])))
    entry = Booked("300.00", ["NOTPROVIDED"], direction="CRDT")
    take(opener, statement(entry, ident="2", opening="98028.40", day=NEXT), "back.xml")
    with opener()() as books:
        make.grant(books, "sun.releaser", "finance")

    detail = {"payment": ONE, "part": "300.00"}
    with pytest.raises(NotThatPayment, match="another person says"):
        make.reply(opener, "bank_entry", "sun.releaser", detail=detail, as_of=NEXT)
    said(opener, part="300.00")

    assert states(opener) == ["settled"]
    with opener(as_of=NEXT)() as books:
        assert make.only(books, PartReturn).amount_minor == 30_000


def test_the_database_refuses_a_second_payment_of_a_part_that_is_underway(opener):
    parted(opener)
    run("payment", opener, as_of=NEXT)

    with opener(as_of=NEXT)() as books:
        planned = make.only(books, Payment, reference=TWO)
        twin = planned.model_dump() | {"id": books.key()}
        twin |= {"reference": "PAY-2026-000003", "end_to_end_id": "PAY-2026-000003"}
        books.session.add(Payment(**twin))
        with pytest.raises(IntegrityError, match="returned_by_id"):
            books.session.flush()
        books.session.rollback()
