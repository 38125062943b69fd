"""Who took part in what a run settles does not approve it."""

import pytest

from tests import make
from tests.stages.settlement.month import run
from tests.stages.settlement_runs.people import MONTHS, platform, worker
from vendorops.books import Answer, Question, answer, decided
from vendorops.books.questions import NotAllowed
from vendorops.stages.disputes import Disputed, open_dispute
from vendorops.stages.settlement_runs import grouping
from vendorops.tables import Decision, Invoice

FIRST, DAY = next(iter(MONTHS.items()))


def test_who_ended_a_dispute_of_an_invoice_may_not_approve_its_run(opener, monkeypatch):
    monkeypatch.setattr(grouping, "LEAST", 2)
    with opener()() as books:
        platform(books)
        make.grant(books, "zhao.finance", "approver")
        contracts = [worker(books, number, ("15000",)) for number in range(3)]
        claim = make.only(books, Invoice, contract_id=contracts[1].id)
    with opener(actor="lin.buyer")() as books:
        said = Disputed("quality", "the client asked about an hour", amount="1.00")
        dispute = open_dispute(books, books.get(Invoice, claim.id), said)
        question = Question("dispute", dispute, {"amount": 100}, "Is it settled?", "finance")
        decided(books, question)
    make.reply(opener, "dispute", "zhao.finance")
    run("settlement_runs", opener, as_of=DAY, month=FIRST)

    with opener()() as books:
        asked = make.only(books, Decision, kind="settlement").reference

    with opener(as_of=DAY, actor="zhao.finance")() as books, pytest.raises(NotAllowed):
        answer(books, Answer(asked, "approve", "it is right"))
    make.reply(opener, "settlement", "wang.approver", as_of=DAY)
