from datetime import date

import pytest
from sqlmodel import col, select

from tests import make
from tests.make.statements import LINES, outsourcing, statement_yaml
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.tables import Contract, DeliveryTerm, OrderLine, WorkOrder
from vendorops.working.statements_of_work import place_statement, read_statement

FIRST = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _contract(opener):
    with opener(as_of=FIRST)() as books:
        outsourcing(books)


def place(opener, actor="lin.buyer", lines=LINES, **changed):
    with opener(as_of=FIRST, actor=actor)() as books:
        text = statement_yaml(make.only(books, Contract), lines, **changed)
        return place_statement(books, read_statement(text)).id


def test_a_statement_becomes_an_order_of_typed_lines_with_their_usual_codes(opener):
    ident = place(opener)

    with opener(as_of=FIRST)() as books:
        order = books.get(WorkOrder, ident)
        assert (order.reference, order.form, order.status) == (
            *("SOW-2026-000001", "statement_of_work", "draft"),
        )
        rows = books.session.exec(select(OrderLine).order_by(col(OrderLine.number)))
        assert [(row.kind, row.code, row.price_e6, row.most_e4) for row in rows] == [
            ("event", "milestone", 120_000_000_000, 0),
            ("schedule", "instalment", 5_000_000_000, 0),
            ("schedule", "instalment", 5_000_000_000, 0),
            ("unit", "document_processed", 905_000, 500_000_000),
            ("no_cost", "management_event", 0, 0),
            ("time", "service_hour", 433_330_000, 400_000),
        ]


def test_its_terms_say_how_a_line_is_accepted_and_what_late_costs(opener):
    place(opener)

    with opener(as_of=FIRST)() as books:
        rows = books.session.exec(select(DeliveryTerm).order_by(col(DeliveryTerm.number))).all()
        assert [(row.number, row.grades, row.least_grade) for row in rows] == [
            (0, "", ""),
            (1, "A B C", "B"),
        ]
        assert {(row.late_share_e6, row.late_cap_e6) for row in rows} == {(5_000, 100_000)}


def test_somebody_else_approves_it_and_it_begins_on_its_first_day(opener):
    place(opener, actor="wang.approver")
    sweep("ordering", opener(as_of=FIRST))
    with pytest.raises(Refused, match="took part"):
        make.reply(opener, "statement_of_work", "wang.approver", as_of=FIRST)

    make.reply(opener, "statement_of_work", "chen.approver", as_of=FIRST)
    sweep("ordering", opener(as_of=FIRST))

    with opener(as_of=FIRST)() as books:
        assert make.only(books, WorkOrder).status == "active"


LINE = "\n  - {kind: %s}\n"
CONTRADICTIONS = {
    "a schedule, and nothing else, has instalments": "schedule, description: Fee, price: 5",
    "a schedule says price and day in its": (
        "schedule, description: Fee, due: 2026-10-15, instalments: [{due: 2026-10-15, amount: 5}]"
    ),
    "needs the code of a term": "unit, description: Cases, price: 5",
    "Cases: give its price": "unit, code: case_closed, description: Cases",
    "are not below zero": "event, description: Gift, price: -5",
    "what costs nothing has no price": "no_cost, description: Kick-off, price: 5",
    "has no term 'regular_hours'": "unit, code: regular_hours, description: Hours, price: 5",
    "least_grade 'D' is not on the scale": "event, description: Pilot, price: 5, least_grade: D",
    "delivered once; leave its most out": "event, description: Pilot, price: 5, most: 2",
    "2027-01-01 lies outside": "event, description: Pilot, price: 5, due: 2027-01-01",
    "needs the most hours that are paid": "time, description: Consulting, price: 5",
    "come to 200000.01 CNY, more than the budget": "event, description: Pilot, price: 200000.01",
    "lines, 1, kind: Input should be": "gift, description: Pilot, price: 5",
    "lines, 1, colour: Extra inputs": "event, description: Pilot, price: 5, colour: red",
    "lines, 1, price: ": "event, description: Pilot, price: five",
    "has more than 6 decimals": "event, description: Pilot, price: 0.0000001",
}


def test_a_line_that_contradicts_its_kind_is_refused(opener):
    for sentence, line in CONTRADICTIONS.items():
        with pytest.raises(Refused, match=sentence):
            place(opener, lines=LINE % line)

    with opener(as_of=FIRST)() as books:
        assert not books.session.exec(select(WorkOrder)).all()


WRONG: dict[str, dict[str, str]] = {
    "ends after its start": {"end": "2026-10-01"},
    "late_fine: share a day and cap": {"fine": "{share: 0.2, cap: 0.1}"},
    "name each grade once": {"grades": "[A, A]"},
    "stay within, or amend it": {"start": "2026-09-30"},
    "is above the 1000000.00 CNY": {"budget": "1000000.01"},
    "is there twice": {"budget": "1\nbudget: 2"},
    "no Contract 'CON-2026-000099'": {"contract": "CON-2026-000099"},
}


def test_a_statement_that_its_contract_does_not_allow_for_is_refused(opener):
    for sentence, told in WRONG.items():
        with pytest.raises(Refused, match=sentence):
            place(opener, **told)


def test_a_file_that_is_not_yaml_or_far_too_large_is_refused():
    with pytest.raises(Refused, match="is not YAML"):
        read_statement(b"contract: [")
    with pytest.raises(Refused, match="more than 1048576 bytes"):
        read_statement(b"#" * 1_048_577)
