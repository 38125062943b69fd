"""Sets many documents at once, on all cores: Typst computes on one and never lets Python go on."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from vendorops.documents.contracts import DocumentOrder, RenderedDocument, render_document
from vendorops.domain.refusal import Refused

CHUNK = 8
"""Orders handed to a process at once: enough that handing over costs nothing."""
FEWEST = 20
"""Orders below which starting other processes takes longer than it saves."""


def render_many(
    templates: Path, orders: Iterable[DocumentOrder], processes: int | None = None
) -> Iterator[RenderedDocument | Refused]:
    """Yield the document or the refusal of each order, in their order; the bytes are the same.

    `processes` is one for each core unless given. They are started afresh, not forked: a fork in
    the middle of other work would carry its open books along.
    """
    wanted = list(orders)
    act = partial(_outcome, templates)
    count = min(processes or cores(), -(-len(wanted) // CHUNK))
    if count < 2 or (processes is None and len(wanted) < FEWEST):  # noqa: PLR2004 - one is none.
        yield from map(act, wanted)
        return
    with ProcessPoolExecutor(count, get_context("spawn")) as pool:
        yield from pool.map(act, wanted, chunksize=CHUNK)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _outcome(templates: Path, order: DocumentOrder) -> RenderedDocument | Refused:
    try:
        return render_document(templates, order)
    except Refused as refusal:
        return refusal
