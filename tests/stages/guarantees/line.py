"""A recruiter's months on the real stages: starts, sheets, claims, payments, leavings."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from tests import make
from tests.make.placements import placement, recruiting
from tests.stages.intake.claims import Known, line, paper, written
from tests.stages.settlement.month import company, run
from vendorops.books import Opener
from vendorops.domain.guarantee import Reason, Verdict
from vendorops.domain.money import Money
from vendorops.stages.intake import receive
from vendorops.tables import Contract, Placement, ServiceSheet, Settlement, Supplier, WorkItem
from vendorops.working.placing import Departure, Hire, place_instead, report_leave, report_start

OpenerMaker = Callable[..., Opener]
STARTED = date(2026, 10, 5)
REPORTER, LEAVER = "mei.hr", "yu.hr"
EVIDENCE = b"%PDF-1.7 resignation"


def day(number: int) -> date:
    """Return a day of the guarantee of who started on the fifth of October."""
    return STARTED + timedelta(days=number)


def recruiter(opener: OpenerMaker, **told: Any) -> str:
    """Our company, a recruiter's contract, and two people of HR; return its reference."""
    with opener()() as books:
        company(books)
        for handle in (REPORTER, LEAVER):
            make.person(books, handle)
        return recruiting(books, **told).reference


def started(opener: OpenerMaker, contract: str, on: date = STARTED, **told: Any) -> str:
    """Somebody who accepted an offer and started on a day; return the placement's reference."""
    with opener(as_of=on, actor=REPORTER)() as books:
        row = placement(books, books.named(Contract, contract), starts_on=on, **told)
        report_start(books, row, on)
        return row.reference


def accepted(opener: OpenerMaker, as_of: date = make.AS_OF, **reply: Any) -> None:
    """Gather the month before a day on sheets, and have them accepted."""
    assert run("placements", opener, as_of).refused == []
    run("acceptance", opener, as_of)
    make.reply(opener, "acceptance", "lin.buyer", as_of=as_of, **reply)
    run("acceptance", opener, as_of)


def claimed(opener: OpenerMaker, contract: str, number: str, as_of: date = make.AS_OF) -> None:
    """Let an invoice for all of the newest sheet arrive, and be matched."""
    with opener(as_of=as_of)() as books:
        of = books.named(Contract, contract)
        newest = select(ServiceSheet).where(col(ServiceSheet.contract_id) == of.id)
        sheet = books.session.exec(newest.order_by(col(ServiceSheet.id).desc())).first()
        assert sheet is not None
        items = make.items_of(books, sheet)
        issued = as_of.replace(day=1) - timedelta(days=1)
        claim = paper(
            Known(books.get(Supplier, of.supplier_id), of, items),
            number=number,
            issue_date=issued,
            due_date=issued + timedelta(days=30),
            lines=tuple(line(item, number=str(at)) for at, item in enumerate(items, start=1)),
        )
        receive(books, written("ubl", claim), number)
    for stage in ("intake", "reconciliation"):
        assert run(stage, opener, as_of).refused == []


def settled(opener: OpenerMaker, as_of: date = make.AS_OF) -> None:
    """Settle the month before a day, approved by the approver."""
    assert run("settlement", opener, as_of).refused == []
    make.reply(opener, "settlement", "wang.approver", as_of=as_of)
    run("settlement", opener, as_of)


def leaves(
    opener: OpenerMaker,
    reference: str,
    on: date,
    reported: date | None = None,
    **told: Any,
) -> Verdict:
    """Report that somebody left, on the day itself unless told later, and claim the refund."""
    usual: dict[str, Any] = {
        "left_on": on,
        "reason": Reason.RESIGNED,
        "evidence": EVIDENCE,
        "claims": "refund",
    }
    with opener(as_of=reported or on, actor=LEAVER)() as books:
        row = books.named(Placement, reference)
        return report_leave(books, row, Departure(**usual | told))


def replaced(opener: OpenerMaker, reference: str, on: date) -> str:
    """Enter who replaces somebody, starting on a day; return the reference."""
    with opener(as_of=on, actor=REPORTER)() as books:
        gone = books.named(Placement, reference)
        hire = Hire("李小红", Money(0, gone.currency), on)
        row = place_instead(books, gone, hire)
        report_start(books, row, on)
        return row.reference


def follow(opener: OpenerMaker, as_of: date) -> None:
    """Run the stage as its flow would, refusing nothing."""
    assert run("guarantees", opener, as_of).refused == []


def status(opener: OpenerMaker, reference: str) -> str:
    """Return how far a placement has come."""
    with opener()() as books:
        return books.named(Placement, reference).status


def settlement_of(opener: OpenerMaker, month: str) -> Settlement:
    """Return the one settlement of a month."""
    with opener()() as books:
        return make.only(books, Settlement, month=month)


def works(opener: OpenerMaker) -> list[WorkItem]:
    """Return all work, oldest first."""
    with opener()() as books:
        return list(books.session.exec(select(WorkItem).order_by(col(WorkItem.id))))
