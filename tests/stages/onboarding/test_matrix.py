from datetime import date

import pytest
from sqlmodel import select

from tests.stages.onboarding.applying import counted, load
from vendorops.books.foreseeing import foresee, matrix_on
from vendorops.demo import story
from vendorops.domain.approvals import Scope
from vendorops.domain.refusal import Refused
from vendorops.stages.onboarding import load_company
from vendorops.tables import ApprovalStep

COMPANY = (story.SAMPLES / "company.yaml").read_text("utf-8")
ROW = """approvals:
  - kind: contract
    program: bpo
    steps: [{role: cfo, due_days: 2}]
    valid_from: 2026-01-01
    cite: policy
"""
ENDED = ROW.replace("program: bpo", "risk: high").replace("[{role: cfo, due_days: 2}]", "[]")


def loaded(opener, old, new) -> None:
    assert old in COMPANY
    with opener(actor="system:company")() as books:
        load_company(books, COMPANY.replace(old, new).encode())


def roles(books, **words):
    return [step["role"] for step in foresee(books, "contract", Scope(**words))]


def test_the_matrix_of_the_sample_says_who_approves_contracts(opener):
    load(opener)
    load(opener)
    large = {"currency": "CNY", "from_minor": 100_000_000}

    with opener()() as books:
        assert len(matrix_on(books)) == 4
        assert len(books.session.exec(select(ApprovalStep)).all()) == 8
        assert roles(books, program="rpo") == ["approver"]
        assert roles(books, program="rpo", **large) == ["approver", "cfo"]
        assert roles(books, risk="high") == ["compliance", "approver"]
        assert roles(books, risk="high", **large) == ["compliance", "approver", "cfo"]


def test_who_would_approve_is_told_with_names_limits_and_days(opener):
    load(opener)

    with opener(as_of=story.SIGNED)() as books:
        first, second = foresee(books, "contract", Scope(currency="CNY", from_minor=100_000_000))

    assert first["people"] == ["wang.approver (up to 5000000.00 CNY)"]
    assert (first["due"], second["due"]) == (date(2026, 9, 30), date(2026, 10, 13))
    assert second["cite"] == "Delegation of authority 3.2"


def test_a_row_is_ended_by_a_later_one_without_steps(opener):
    load(opener)
    loaded(opener, "approvals:\n", ENDED.replace("2026-01-01", "2026-11-01"))

    with opener(as_of=date(2026, 10, 31))() as books:
        assert roles(books, risk="high") == ["compliance", "approver"]
    with opener(as_of=date(2026, 11, 1))() as books:
        assert roles(books, risk="high") == ["approver"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("approvals:\n", ROW, r"add a row for \(program bpo, from 1000000.00 CNY\)"),
        ("role: approver, due_days: 3}]", "role: approver, due_days: 4}]", "is another one in"),
        (
            "role: cfo, due_days: 5",
            "role: cfoo, due_days: 5",
            "nobody of ours holds the role 'cfoo'",
        ),
        ("role: cfo, due_days: 5", "role: supplier, due_days: 5", "nobody of ours holds"),
        ("    currency: CNY\n    from: 1000000.00\n", "    from: 2.00\n", "needs a currency"),
        ("    from: 1000000.00\n", "    from: -2.00\n", "zero or more"),
        ("due_days: 3", "due_days: 200", "due_days"),
        ("risk: high\n    steps", "program: nope\n    steps", "nope"),
        ("risk: high\n    steps", "place: zz\n    steps", "zz"),
        ("role: approver, remind_after: 1", "role: approver, remind_after: 4", "first comes"),
        ("superior_after: 6, valid", "superior_after: 7, valid", "is another one in our books"),
        ("escalates_to: cfo", "escalates_to: nobody", "nobody of ours holds"),
        ("{remind_after", "{escalates_to: cfo, remind_after", "name the role"),
        ("deputy: gao.buyer", "deputy: lin.buyer", "must be another one of our people"),
        ("deputy: gao.buyer", "deputy: nobody", "must be another one of our people"),
        ("deputy: gao.buyer, ", "", "with another limit or deputy"),
    ],
)
def test_a_matrix_that_leaves_something_open_is_refused_and_changes_nothing(
    opener, old, new, told
):
    load(opener)
    before = counted(opener)

    with pytest.raises(Refused, match=told):
        loaded(opener, old, new)

    assert counted(opener) == before
