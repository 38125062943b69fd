"""Whatever comes later, a month that was sealed is explained again in the same bytes."""

import json

from sqlmodel import col, select

from tests.stages.reconciliation.closed_months import begin, close, months
from vendorops.domain.lifecycle import ReconciliationStatus
from vendorops.invariants import check, every
from vendorops.stages.reconciliation.replay import judged_again, stored_result
from vendorops.tables import Difference, Reconciliation, SealedWork

COUNT = 24
ABOUT_CLAIMS = ("M03", "M09", "M13", "M25", "M26", "F6")


def told(books, row):
    """The bytes that a reconciliation's seals are the hashes of."""
    inputs, result = zip(*judged_again(books, row).sealed(row), strict=True)
    return b"".join(inputs), b"".join(result)


def terms(row):
    """What a month was compared with, apart from what its cap had left."""
    return str([each["terms"] for each in json.loads(row.rules)["contracts"]])


def test_twenty_four_closed_months_replay_byte_for_byte(opener):
    agreed = begin(opener)
    sealed, seals = {}, {}
    for month in months(opener, agreed, COUNT):
        close(month)
        with month.opener(20)() as books:
            query = select(Reconciliation).where(col(Reconciliation.month) == month.period.label)
            for row in books.session.exec(query):
                sealed[row.reference] = told(books, row)
                seals[row.reference] = (row.inputs_sha256, row.result_sha256)

    with opener()() as books:
        found = books.session.exec(select(Reconciliation)).all()
        assert {row.reference: told(books, row) for row in found} == sealed
        assert {row.reference: (row.inputs_sha256, row.result_sha256) for row in found} == seals
        assert all(stored_result(books, row) == row.result_sha256 for row in found)
        assert len({row.month for row in found}) == COUNT
        assert {row.version for row in found} >= {1, 2, 3}
        assert {row.status for row in found} == {
            ReconciliationStatus.SEALED,
            ReconciliationStatus.SUPERSEDED,
        }
        assert len({terms(row) for row in found}) == 4
        assert {row.accepted_e4 for row in books.session.exec(select(SealedWork))} == {0, 400_000}
        reasons = set(books.session.exec(select(Difference.reason)))
        assert {"not_accepted_yet", "duplicate_line", "quantity_above_accepted"} <= reasons
        rules = [rule for rule in every() if rule.code in ABOUT_CLAIMS]
        assert [what for rule in rules for what in check(books, rule)] == []
