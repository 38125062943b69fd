"""What a forked process may be asked to do with an installation."""

import itertools
import sqlite3
from collections import ChainMap
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from pathlib import Path
from shutil import copy2
from tempfile import TemporaryDirectory
from typing import Any

from sqlmodel import select

from tests import statements
from tests.faults import boundaries
from tests.faults.adjusting import ADJUSTING
from tests.faults.agreements import AGREEMENTS
from tests.faults.banking import BANKING
from tests.faults.billing import BILLING
from tests.faults.disputes import DISPUTES, propose
from tests.faults.dump import dump
from tests.faults.earning import EARNING
from tests.faults.filing import FILING, hand_in
from tests.faults.flaws import FLAWS
from tests.faults.funds import ARGUED
from tests.faults.incoming import incoming
from tests.faults.line import CHAINS
from tests.make import MASTER_KEY
from tests.soundness import broken
from tests.stages.onboarding.bulk.many import NAMES, csv_of, row
from vendorops.books import Answer, Books, answer, forget_engines, migrate
from vendorops.books.engine import engine
from vendorops.demo import PlainWorld, story
from vendorops.documents import store
from vendorops.domain.refusal import Refused
from vendorops.gateways.clock import now
from vendorops.gateways.spreadsheet import read_sheets
from vendorops.settings import SIMULATED, Settings
from vendorops.stages import names, stage, sweep_together
from vendorops.stages.onboarding.bulk import enter_lines, entering, lines_of, roots
from vendorops.tables import Amendment, Contract, Filing, PaymentBatch, Reconciliation, Settlement

BESIDE = {
    **AGREEMENTS,
    **BILLING,
    **ADJUSTING,
    **DISPUTES,
    **EARNING,
    **BANKING,
    **FILING,
    **ARGUED,
    **ChainMap(*CHAINS.values()),
    "incoming": incoming,
}
"""Acts that the story does not play."""


def world(home: str, database: str = "") -> PlainWorld:
    """Return the story's surroundings for one installation."""
    return PlainWorld(Settings.at(Path(home), database), now)


def found(home: str, database: str = "") -> None:
    """Make an empty installation with the key of tests."""
    Path(home).mkdir(parents=True)
    (Path(home) / SIMULATED).touch()
    settings = Settings.at(Path(home), database)
    settings.key_file.write_bytes(MASTER_KEY)
    settings.key_file.chmod(0o600)
    migrate.upgrade(settings)
    engine(settings).dispose()


def prepare() -> None:
    """Run every stage on empty books and look at them: what is forked from here knows the SQL."""
    statements.settle()
    with TemporaryDirectory(prefix="vendorops-zygote-") as folder:
        home = str(Path(folder) / "home")
        found(home)
        for name in names():
            sweep(home, name, story.FILED.isoformat())
        look(home)
    forget_engines()


def play(home: str, act: int | str, end_at: int = 0, flaw: str = "", database: str = "") -> int:
    """Play one act, or end the process at a boundary; return how many boundaries there were."""
    count = boundaries.Count(end_at)
    boundaries.watch(Path(home), count.reached)
    _play(world(home, database), act, flaw)
    return count.so_far


def record(home: str, act: int | str, flaw: str = "") -> list[int]:
    """Play one act; return the last boundary of every state the disk was in."""
    recorder = boundaries.Recorder(Path(home))
    boundaries.watch(Path(home), recorder.reached)
    _play(world(home), act, flaw)
    return recorder.last_of_each()


def record_commits(home: str, act: int | str, database: str) -> list[int]:
    """Play one act on a server; return the last boundary before each commit, and the last one."""
    commits = boundaries.Commits(Path(home))
    boundaries.watch(Path(home), commits.reached)
    commits.count()
    _play(world(home, database), act, "")
    return commits.last_of_each()


def _play(here: PlainWorld, act: int | str, flaw: str) -> None:
    """Play an act of the story by its number, or another one by its name."""
    if flaw:
        FLAWS[flaw]()
    playing = BESIDE[act] if isinstance(act, str) else story.ACTS[act][1]
    playing(here)
    engine(here.settings).dispose()


def sweep(home: str, stage: str, day: str, flaw: str = "", database: str = "") -> None:
    """Run one stage as a flow would."""
    if flaw:
        FLAWS[flaw]()
    here = world(home, database)
    here.run(stage, date.fromisoformat(day))
    engine(here.settings).dispose()


def decide(home: str, reference: str, who: str, verdict: str, database: str = "") -> str:
    """Let somebody answer a question; return what he was told."""
    here = world(home, database)
    try:
        with here.act(who, story.APPLIED) as books:
            answer(books, Answer(reference, verdict, f"as {who} sees it"))
    except Refused as refusal:
        return str(refusal)
    finally:
        engine(here.settings).dispose()
    return "answered"


def agree(home: str, who: str, credit: str, database: str = "") -> str:
    """Let somebody agree about a dispute; return what he was told."""
    here = world(home, database)
    try:
        return propose(here, who, credit)
    finally:
        engine(here.settings).dispose()


def look(home: str, database: str = "") -> dict[str, Any]:
    """Return what is broken, and the books written down."""
    here = world(home, database)
    with here.act("system:verify", story.FILED) as books:
        found = broken(books)
        written = dump(books)
    engine(here.settings).dispose()
    return {"broken": found, "dump": written}


def alter(home: str, statement: str) -> None:
    """Change the books behind their back."""
    with sqlite3.connect(Path(home) / "books.db") as connection:
        connection.execute(statement)
    connection.close()


def tell(home: str, first: str, certificate: str) -> dict[str, Any]:
    """Tell the whole story by a clock of its own; return everything that is fixed by a hash.

    The company signs with the certificate given: one made anew would have another key.
    """
    found(home)
    signing = Path(home) / "signing" / "XH.p12"
    signing.parent.mkdir(mode=0o700)
    copy2(certificate, signing)
    ticks = itertools.count()
    start = datetime.fromisoformat(first)
    here = PlainWorld(Settings.at(Path(home)), lambda: start + timedelta(seconds=next(ticks)))
    for _ in story.tell(here):
        pass
    with here.act("reader", story.FILED) as books:
        written = {"dump": dump(books), "sealed": sealed(books)}
    engine(here.settings).dispose()
    return written


def sealed(books: Books) -> dict[str, dict[str, str]]:
    """Return the hashes of what people rely on, by reference."""
    columns: dict[str, tuple[Any, Any]] = {
        "contracts": (Contract.reference, Contract.document_sha256),
        "signed contracts": (Contract.reference, Contract.signed_sha256),
        "amendments": (Amendment.reference, Amendment.signed_sha256),
        "reconciliation inputs": (Reconciliation.reference, Reconciliation.inputs_sha256),
        "reconciliation results": (Reconciliation.reference, Reconciliation.result_sha256),
        "settlements": (Settlement.reference, Settlement.content_sha256),
        "payment files": (PaymentBatch.reference, PaymentBatch.file_sha256),
        "returns": (Filing.reference, Filing.file_sha256),
    }
    return {
        name: dict(books.session.exec(select(reference, sha256)).all())
        for name, (reference, sha256) in columns.items()
    }


def onboard(home: str, mode: str, end_at: int = 0) -> int:
    """Enter a spreadsheet of four applications, two in a transaction, and check them together."""
    counted = boundaries.Count(end_at)
    boundaries.watch(Path(home), counted.reached)
    _onboard(home, mode)
    return counted.so_far


def record_onboarding(home: str, mode: str) -> list[int]:
    """Do the same undisturbed; return the last boundary of every state the disk was in."""
    recorder = boundaries.Recorder(Path(home))
    boundaries.watch(Path(home), recorder.reached)
    _onboard(home, mode)
    return recorder.last_of_each()


def _onboard(home: str, mode: str) -> None:
    entering.BATCH = 2
    store.TOGETHER = 1  # One file after the other, so that boundaries have one order.
    here = world(home)

    def books() -> AbstractContextManager[Books]:
        return here.act("portal", story.APPLIED)

    data = csv_of([row(name) for name in NAMES])
    lines = lines_of(read_sheets(data, roots()))
    enter_lines(books, lines, story.SAMPLES / "documents", mode)
    with books() as opened:
        idents = stage("onboarding").ready(opened)
    sweep_together("onboarding", lambda: here.act("system:onboarding", story.APPLIED), idents)
    engine(here.settings).dispose()


TASKS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        *(found, play, record, record_commits, sweep, decide, agree, hand_in, look, alter, tell),
        *(onboard, record_onboarding),
    )
}
