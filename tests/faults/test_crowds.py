"""Eight at once on one contract or one order that has room for fewer: never above the cap."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import pytest
from sqlmodel import select

from tests import make
from tests.faults.crowd import AS_OF, DONE, EIGHT, TAKEN, gathered, opener
from tests.soundness import broken
from tests.stages.settlement.month import claim, company, staffing
from vendorops.books import Answer, Books, answer, forget_engines, waiting
from vendorops.books.engine import engine
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.settings import Settings
from vendorops.stages import sweep
from vendorops.tables import (
    Contract,
    OrderLine,
    Reconciliation,
    ServiceSheet,
    Settlement,
    WorkOrder,
)

FIT = 5
"""How many of the eight there is room for."""
EACH = 186_000
"""Net of one settlement, and of one sheet: 40 hours at 46.50."""
ROOM = FIT * EACH + EACH // 2


@dataclass(frozen=True)
class Raced:
    """Books after the crowd was through, and what each of it was told."""

    settings: Settings
    contract_id: int
    swept_contract_id: int
    order_id: int
    small_order_id: int
    sheets: list[int]
    told: dict[str, list[str]]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def raced(request: pytest.FixtureRequest) -> Iterator[Raced]:
    """Let eight seal, settle, accept and take at once, on either database."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory(prefix="vendorops-crowd-")))
        settings = Settings.at(home, _address(request))
        settings.key_file.write_bytes(make.MASTER_KEY)
        settings.key_file.chmod(0o600)
        if request.param == "sqlite":
            copyfile(request.getfixturevalue("migrated"), home / "books.db")
        yield _race(settings)
        engine(settings).dispose()
        forget_engines()


def _address(request: pytest.FixtureRequest) -> str:
    """Return the address of an empty database; none stands for SQLite in the home folder."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("new_database")())


def _race(settings: Settings) -> Raced:
    with opener(settings)() as books:
        company(books)
        contract, sealed = _settlements(books, "6222020200012345678")
        swept, _ = _settlements(books, "6222020200012345679")
        order, sheets = _sheets(books)
        small = make.work_order(books, contract, budget_minor=FIT * TAKEN + TAKEN - 1)
    sweep("acceptance", opener(settings))
    with opener(settings, "lin.buyer")() as books:
        for row in waiting(books):
            answer(books, Answer(row.reference, "approve", "as delivered"))
    engine(settings).dispose()
    rounds = [
        ("seal", sealed),
        ("settle", [swept.id] * EIGHT),
        ("accept", sheets),
        ("take", [small.id] * EIGHT),
    ]
    told = dict(zip((what for what, _ in rounds), gathered(settings, rounds), strict=True))
    return Raced(settings, contract.id, swept.id, order.id, small.id, sheets, told)


def _settlements(books: Books, account: str) -> tuple[Contract, list[int]]:
    """Eight approved settlements of eight months, 1860.00 each, and a cap for five and a half."""
    contract = staffing(books, account, cap_minor=ROOM)
    idents = []
    for number in range(1, EIGHT + 1):
        month = f"2026-{number:02d}"
        invoice = claim(books, contract, ("40", "46.50"), month=month)
        explained = make.only(books, Reconciliation, month=month, supplier_id=contract.supplier_id)
        approved = {"month": month, "status": SettlementStatus.APPROVED}
        settlement = make.settlement(books, contract, explained, **approved)
        make.settlement_line(books, settlement, make.lines_of(books, invoice)[0], tax_minor=11_160)
        idents.append(settlement.id)
    return contract, idents


def _sheets(books: Books) -> tuple[WorkOrder, list[int]]:
    """Eight sheets of 1860.00 under one order with a budget for five and a half."""
    contract = make.contract(books)
    order = make.work_order(books, contract, "46.50", budget_minor=ROOM)
    line = make.only(books, OrderLine, work_order_id=order.id)
    work = make.done("40", "46.50", accepted="0", order_line_id=line.id)
    told = {"status": "submitted", "submitted_on": AS_OF}
    make.person(books, "he.hengxin")
    sheets = [make.service_sheet(books, contract, [work], **told).id for _ in range(EIGHT)]
    return order, sheets


@pytest.mark.parametrize("what", ["seal", "settle"])
def test_eight_who_settle_at_once_stay_within_the_cap_of_their_contract(raced, what):
    ident = raced.contract_id if what == "seal" else raced.swept_contract_id

    with opener(raced.settings)() as books:
        contract = books.get(Contract, ident)
        rows = books.session.exec(select(Settlement).filter_by(contract_id=ident)).all()

    assert [row.status for row in rows].count("sealed") == FIT
    assert contract.committed_minor == FIT * EACH <= contract.cap_minor
    refused = [said for said in raced.told[what] if said != DONE]
    assert refused
    assert all("cap exceeded: 1860.00 CNY" in said for said in refused), refused


def test_eight_who_accept_under_one_order_stay_within_its_budget(raced):
    refused = [said for said in raced.told["accept"] if said != DONE]

    with opener(raced.settings)() as books:
        order = books.get(WorkOrder, raced.order_id)
        found = [books.get(ServiceSheet, ident).status for ident in raced.sheets]
        asked = [row.subject_id for row in waiting(books)]
    assert sorted(found) == ["accepted"] * FIT + ["submitted"] * (EIGHT - FIT)
    assert order.accepted_minor == FIT * EACH
    assert len(refused) == EIGHT - FIT
    assert all(f"{order.reference}: 1860.00 CNY does not fit" in said for said in refused), refused
    assert len(set(asked)) == EIGHT - FIT  # Each question is put again.


def test_eight_who_take_of_one_budget_lose_nothing_and_never_exceed_it(raced):
    refused = [said for said in raced.told["take"] if said != DONE]

    with opener(raced.settings)() as books:
        assert books.get(WorkOrder, raced.small_order_id).accepted_minor == FIT * TAKEN
    assert len(refused) == EIGHT - FIT
    assert all("300.00 CNY does not fit, 299.99 CNY is left" in said for said in refused), refused


def test_caps_figures_ledger_and_history_are_whole_after_the_crowd(raced):
    about = ("M0", "M12", "M71", "M72", "M73", "S0")

    with opener(raced.settings)() as books:
        found = [what for what in broken(books) if what.startswith(about)]

    assert found == []
