"""Ranking everybody for a demand, against bare NumPy on the same columns."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from vendorops import labels
from vendorops.bench import Figures
from vendorops.bench._people import TODAY, enter_people
from vendorops.books import Terms, forget_engines, migrate, open_books
from vendorops.books.engine import engine
from vendorops.domain.ranking import Columns, Demand, Formula, Wanted
from vendorops.settings import Settings
from vendorops.talent.pool import load

TIMES = 15
MOST = 20
DEMAND = Demand(
    starts=date(2026, 12, 1).toordinal(),
    ends=date(2027, 3, 1).toordinal(),
    wanted=(
        Wanted("role", "2.3.4", must=True),
        Wanted("level", "silver"),
        *(Wanted("force", force, 75) for force in ("business", "charm", "platform")),
        Wanted("industry", "beauty", 60),
        Wanted("language", "zh", must=True),
        Wanted("language", "en"),
        Wanted("certificate", "omc.web_anchor", 2),
    ),
    places=("cn-sh", "cn-zj", "cn-js"),
    currency="CNY",
    price_cap=30_000,
)


def run(*, people: int = 100_000) -> Figures:
    """Rank so many seeded people for one demand of nine labels, a place, a cap and a period."""
    formula = labels.formula_on(TODAY)
    with TemporaryDirectory(prefix="vendorops-bench-") as folder:
        settings = Settings.at(Path(folder))
        migrate.upgrade(settings)
        terms = Terms(TODAY, "system:bench", lambda: datetime(2026, 11, 26, 9, tzinfo=UTC))
        with open_books(settings, terms) as books:
            enter_people(books, people)
        with open_books(settings, terms) as books:
            begun = perf_counter()
            columns = load(books, TODAY)
            cold = perf_counter() - begun
        engine(settings).dispose()
        forget_engines()
    best = columns.ranked(DEMAND, formula, MOST)
    least, found = _floor(columns, formula)
    if found != [one.reference for one in best]:
        raise AssertionError("the floor ranks other people; it does not do the same work")
    took = _milliseconds(partial(columns.ranked, DEMAND, formula, MOST))
    bare = _milliseconds(least)
    return {
        "bench": "match",
        "people": len(columns.references),
        "labels_held": sum(len(at) for at, _ in columns.labels.values()),
        "ranked": len(best),
        "cold_load_seconds": round(cold, 3),
        "ours_ms": round(took, 3),
        "floor_ms": round(bare, 3),
        "ratio": round(took / bare, 2),
    }


def _floor(columns: Columns, formula: Formula) -> tuple[Callable[[], object], Sequence[str]]:
    """Return the least a program must do once every label is a column of everybody.

    The matrix of shares and the frame are made ready before: what is timed is to weigh, to keep
    out, and `argpartition`. Also return whom it finds.
    """
    weights = formula.weights
    shares, weight = [], []
    for wanted in DEMAND.wanted:
        at, share = columns._shares(wanted, DEMAND, formula)  # noqa: SLF001 - the same columns.
        whole = np.zeros(len(columns.references), np.int64)
        whole[at] = share
        shares.append(whole)
        weight.append(weights[wanted.kind])
    cap = DEMAND.price_cap
    shares += [np.where(columns._affordable(DEMAND), (cap - columns.price) * 100 // cap, 0)]  # noqa: SLF001 - as above.
    shares += [columns._inside(DEMAND) * 100, columns._covered(DEMAND)]  # noqa: SLF001 - as above.
    weight += [weights[kind] for kind in ("price", "place", "availability")]
    fits = columns._fits(DEMAND)  # noqa: SLF001 - as above.
    matrix, weighing = np.array(shares), np.array(weight)

    def rank() -> list[int]:
        score = np.where(fits, weighing @ matrix, -1)
        count = min(MOST, int(fits.sum()))
        if not count:
            return []
        key = score * len(score) - np.arange(len(score))
        at = np.argpartition(key, -count)[-count:]
        return [int(one) for one in at[np.argsort(-key[at])]]

    return rank, [columns.references[at] for at in rank()]


def _milliseconds(act: Callable[[], object]) -> float:
    took = []
    for _ in range(TIMES):
        begun = perf_counter()
        act()
        took.append(perf_counter() - begun)
    return median(took) * 1000
