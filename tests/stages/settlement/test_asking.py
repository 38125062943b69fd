from datetime import date

import pytest

from tests import make
from tests.stages.settlement.month import claim, company, rows, run, staffing
from vendorops.books import Answer, Question, answer, content_sha256, decided, waiting
from vendorops.books.questions import NotAllowed
from vendorops.documents.statements import settlement_statement
from vendorops.tables import CheckFinding, Decision, ServiceSheet, Settlement


def _asked(opener) -> list[str]:
    with opener()() as books:
        return sorted(row.reference for row in waiting(books))


def test_warnings_of_the_law_are_shown_to_the_approver_and_bound_to_the_answer(opener):
    day = date(2028, 2, 2)
    with opener()() as books:
        company(books)
        person = make.party(books, "XA1", kind="person", place="xa", identifier_scheme="xa_number")
        contract = make.contract(
            books,
            make.supplier(books, person),
            program="freelance",
            place="xa",
            currency="EUR",
            ends_on=date(2029, 1, 1),
        )
        claim(books, contract, ("1", "1000"), rate_e4=0, month="2028-01")

    run("settlement", opener, as_of=day)

    with opener(as_of=day)() as books:
        finding = make.only(books, CheckFinding, subject_table="settlement")
        settlement = make.only(books, Settlement)
        shown = settlement_statement(books, settlement)
        told = {"code": finding.code, "level": "warning", "message": finding.message}
        assert shown["findings"] == [told]
        [asked] = waiting(books)
        assert asked.question.endswith(f"of tax withheld? 1 warning: {finding.message}")
        assert asked.content_sha256 == settlement.content_sha256 == content_sha256(shown)
        assert asked.content_sha256 != content_sha256(shown | {"findings": []})


def test_a_settlement_without_warnings_asks_nothing_but_whether_to_pay(opener):
    with opener()() as books:
        company(books)
        claim(books, staffing(books), ("40", "46.50"))

    run("settlement", opener)

    with opener()() as books:
        assert make.only(books, Decision).question.endswith("of tax withheld?")


def test_who_accepted_the_work_may_not_approve_its_settlement(opener):
    with opener()() as books:
        company(books)
        make.grant(books, "lin.buyer", "approver")
        contract = staffing(books)
        claim(books, contract, ("40", "46.50"))
        claim(books, contract, ("2", "46.50"))
        for sheet, role in zip(rows(books, ServiceSheet), ("buyer", "finance"), strict=True):
            decided(books, Question("acceptance", sheet, {"hours": 40}, "Accept?", role))
    for asked, who in zip(_asked(opener), ("lin.buyer", "zhao.finance"), strict=True):
        with opener(actor=who)() as books:
            answer(books, Answer(asked, "approve", "seen"))
    run("settlement", opener)

    with opener()() as books:
        assert make.only(books, Decision, kind="settlement").not_by == "lin.buyer zhao.finance"
    with pytest.raises(NotAllowed, match="took part"):
        make.reply(opener, "settlement", "lin.buyer")


def test_who_accepted_work_that_is_not_settled_may_approve(opener):
    with opener()() as books:
        company(books)
        claim(books, staffing(books), ("40", "46.50"))
        other = make.service_sheet(books, staffing(books, "6222020200088887777"))
        decided(books, Question("acceptance", other, {"hours": 40}, "Accept?", "buyer"))
    make.reply(opener, "acceptance", "lin.buyer")

    run("settlement", opener)

    with opener()() as books:
        assert make.only(books, Decision, kind="settlement").not_by == ""
