"""A run says how many people it pays, what they come to, who approved it and which file pays."""

import pytest

from tests.stages.settlement_runs.people import MONTHS, go, three
from tests.stages.settlement_runs.test_runs import ONCE, settled
from vendorops.domain.money import Money
from vendorops.stages.settlement_runs import grouping
from vendorops.tables import PaymentBatch, SettlementRun
from vendorops.tracing import broken, explain, written

RUN = "RUN-2027-000001"


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch):
    monkeypatch.setattr(grouping, "LEAST", 2)


def test_a_run_unfolds_to_its_people_its_sums_its_approver_and_its_file(opener):
    three(opener)
    settled(opener, ["settlement_runs", "payment"], ONCE)

    with opener(as_of=MONTHS["2026-12"])() as books:
        tree = explain(books, RUN)
        run = books.named(SettlementRun, RUN)
        batch = books.named(PaymentBatch, "BAT-2027-000001")
        answer, net, tax, withheld, file = tree.parts
        about = explain(books, answer.reference)

    assert broken(tree) == broken(about) == []
    assert tree.amount is not None
    assert tree.amount.minor == run.payable_minor > 0
    assert [each.amount for each in (net, tax, withheld)] == [
        Money(minor, "CNY") for minor in (run.net_minor, run.tax_minor, run.withheld_minor)
    ]
    assert (tree.facts["people"], answer.facts["by"]) == (3, "wang.approver")
    assert tree.facts["settlements"] == "SET-2027-000001 to SET-2027-000003"
    assert (file.reference, file.amount) == (batch.reference, tree.amount)
    assert file.facts["file_sha256"] == batch.file_sha256
    assert "payable of 3 settlements" in "\n".join(written(tree))
    assert about.parts[0].reference == RUN


def test_a_run_that_waits_for_its_answer_unfolds_without_approver_and_file(opener):
    three(opener)
    go(opener)

    with opener(as_of=MONTHS["2026-12"])() as books:
        tree = explain(books, RUN)

    assert broken(tree) == []
    assert [each.kind for each in tree.parts] == ["sum"] * 3


def test_a_run_that_is_not_the_sum_of_its_settlements_is_told(opener):
    three(opener)
    settled(opener, ["settlement_runs"], ONCE)

    with opener(as_of=MONTHS["2026-12"])() as books, books.session.no_autoflush:
        run = books.named(SettlementRun, RUN)
        run.net_minor, run.payable_minor = run.net_minor + 1, run.payable_minor + 1
        said = broken(explain(books, run.reference))
        books.session.expire(run)

    assert [each.partition(":")[0] for each in said] == [
        "net of 3 settlements",
        "payable of 3 settlements",
    ]
