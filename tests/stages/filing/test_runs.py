"""Returns of a platform whose month was settled at once."""

from datetime import date

from tests import make
from tests.soundness import broken
from tests.stages.filing.carrying import accepted, filed, handed_in
from tests.stages.settlement.month import rows, run
from tests.stages.settlement_runs.people import MONTHS, platform, worker
from vendorops.stages.settlement_runs import grouping
from vendorops.tables import Filing, SettlementRun, Withholding

MONTH, SETTLED = next(iter(MONTHS.items()))
FEBRUARY = date(2027, 2, 2)


def test_a_month_settled_at_once_is_filed_to_the_cent_and_may_be_rejected(opener, monkeypatch):
    monkeypatch.setattr(grouping, "LEAST", 2)
    with opener()() as books:
        platform(books)
        for number, amount in enumerate(("15000", "6300", "100", "48000.55")):
            worker(books, number, [amount])
    for _ in range(2):
        run("settlement_runs", opener, as_of=SETTLED, month=MONTH)
        with opener(as_of=SETTLED)() as books:
            asked = make.only(books, SettlementRun).status
        if asked != "sealed":
            make.reply(opener, "settlement", "wang.approver", as_of=SETTLED)

    filed(opener, as_of=FEBRUARY)
    handed_in(opener, as_of=FEBRUARY)
    accepted(opener, "reject", as_of=FEBRUARY)

    with opener(as_of=FEBRUARY)() as books:
        filing = make.only(books, Filing)
        assert (filing.status, filing.rows, filing.month) == ("rejected", 4, "2027-01")
        assert filing.total_minor == sum(row.amount_minor for row in rows(books, Withholding)) > 0
        assert {row.status for row in rows(books, Withholding)} == {"booked"}
        assert broken(books) == []
