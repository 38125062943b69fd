"""A platform's month against the floor of reading, computing and writing the same rows."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, text

from vendorops.bench import Figures
from vendorops.bench._apart import Spent, apart
from vendorops.bench._floor_tables import Bare, Keyed, Tables
from vendorops.bench._platform import APPROVER, TODAY, draw, enter_platform, number_of
from vendorops.bench._platform_claims import FIRST, MONTH
from vendorops.bench._settle_floor import settle as settle_barely
from vendorops.books import Answer, Terms, answer, forget_engines, migrate, open_books, waiting
from vendorops.books.cipher import new_master_key
from vendorops.books.engine import engine
from vendorops.domain.periods import Period
from vendorops.settings import Settings
from vendorops.stages import sweep

SEED = 20270228
SIEVE = 997
"""Amounts are summed with a weight by contract, so that no two people change places unseen."""
OURS = f"""
SELECT COUNT(*), SUM(net_minor * (contract_id % {SIEVE})),
SUM(withheld_minor * (contract_id % {SIEVE})), SUM(payable_minor) FROM settlement
WHERE settlement_run_id IS NOT NULL AND status = 'sealed'
"""  # noqa: S608 - our own number.
BARE = f"""
SELECT COUNT(*), SUM(net_minor * (contract_id % {SIEVE})),
SUM(withheld_minor * (contract_id % {SIEVE})), SUM(payable_minor) FROM {{floor}}_settlement
"""  # noqa: S608 - our own number.
WRITTEN = {
    "SELECT COUNT(*), SUM(amount_minor) FROM payment": (
        "SELECT COUNT(*), SUM(amount_minor) FROM {floor}_payment"
    ),
    "SELECT COUNT(*), SUM(amount_minor) FROM transfer": (
        "SELECT COUNT(*), SUM(amount_minor) FROM {floor}_transfer"
    ),
}
"""Payments and transfers: in the books, and on the floor."""


def run(*, payees: int = 10_000) -> Figures:
    """Settle and pay a seeded month of a platform, on SQLite: tax, ledger, payment files.

    From matched claims to payment files that wait for release, by one approval of each run.
    """
    with TemporaryDirectory(prefix="vendorops-bench-") as folder:
        settings = Settings.at(Path(folder))
        enter(settings, payees)
        ours = apart(partial(settle, settings), settings)
        least = apart(partial(_floor, settings, Bare()), settings)
        keyed = apart(partial(_floor, settings, Keyed()), settings)
        with engine(settings).connect() as connection:
            _same(connection, "floor")
            _same(connection, "keyed")
            runs, files = _made(connection)
        engine(settings).dispose()
        forget_engines()
    return {
        "bench": "settle",
        "payees": payees,
        "runs": runs,
        "files": files,
        **_speed(ours, "ours"),
        **_speed(least, "floor"),
        **_speed(keyed, "keyed"),
        "payees_per_second": round(payees / ours.wall),
        "ratio": round(ours.wall / least.wall, 2),
        "cpu_ratio": round(ours.cpu / least.cpu, 2),
        "keyed_cpu_ratio": round(ours.cpu / keyed.cpu, 2),
        "peak_mb": ours.peak_mb,
        "floor_peak_mb": least.peak_mb,
    }


def enter(settings: Settings, payees: int) -> None:
    """Enter a platform and what it owes so many people, with their accounts for the floor."""
    migrate.upgrade(settings)
    new_master_key(settings.key_file)
    with engine(settings).begin() as connection:
        enter_platform(connection, settings, draw(payees, SEED))
        connection.exec_driver_sql(
            "CREATE TABLE floor_number (id INTEGER PRIMARY KEY, holder TEXT, bank TEXT, "
            "number TEXT) STRICT"
        )
        accounts = connection.exec_driver_sql(
            f"SELECT id, holder, bank FROM bankaccount WHERE id >= {FIRST}"  # noqa: S608 - our own number.
        )
        rows = [(*row, number_of(row[0])) for row in accounts]
        connection.exec_driver_sql("INSERT INTO floor_number VALUES (?, ?, ?, ?)", rows)
        connection.exec_driver_sql("ANALYZE")  # As the database's own housekeeping would.
    engine(settings).dispose()
    forget_engines()


def settle(settings: Settings) -> None:
    """Calculate, have approved, book and plan: what flows and one approver do of a month."""
    instant = datetime.combine(TODAY, datetime.min.time(), UTC)
    for actor in ("system:settlement_runs", APPROVER, "system:settlement_runs"):
        terms = Terms(TODAY, actor, lambda: instant, Period.month(MONTH))
        opener = partial(open_books, settings, terms)
        if actor == APPROVER:
            with opener() as books:
                for asked in waiting(books):
                    answer(books, Answer(asked.reference, "approve", "agrees with the claims"))
            continue
        outcome = sweep("settlement_runs", opener)
        if outcome.refused:
            raise AssertionError(f"the seeded month was refused: {outcome.refused[0]}")


def _floor(settings: Settings, tables: Tables) -> None:
    settle_barely(engine(settings), settings.home, tables)


def _speed(spent: Spent, whose: str) -> Figures:
    return {
        f"{whose}_seconds": round(spent.wall, 3),
        f"{whose}_cpu_seconds": round(spent.cpu, 3),
    }


def _same(connection: Connection, floor: str) -> None:
    """Make sure that a floor came to what we did, payee by payee."""
    for told, made in {OURS: BARE, **WRITTEN}.items():
        ours = connection.execute(text(told)).one()
        bare = connection.execute(text(made.format(floor=floor))).one()
        if tuple(ours) != tuple(bare):
            raise AssertionError(f"the floor does other work: {bare} instead of {ours}, {told}")


def _made(connection: Connection) -> tuple[int, int]:
    runs = connection.execute(text("SELECT COUNT(*) FROM settlementrun")).scalar_one()
    files = connection.execute(text("SELECT COUNT(*) FROM paymentbatch")).scalar_one()
    return int(runs), int(files)
