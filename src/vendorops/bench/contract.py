"""Six pages of contract against bare Typst on the same text; a batch on one and two cores."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from time import perf_counter

from vendorops.bench import Figures
from vendorops.bench._bare_page import RUNNING, SIDE_BY_SIDE, paragraphs_of, set_bare
from vendorops.documents import DocumentOrder, RenderedDocument, pdf_facts, render_document
from vendorops.documents.batches import cores, render_many
from vendorops.documents.previews import page_count
from vendorops.documents.samples import Specimen, sample_order, specimens
from vendorops.programs import codes
from vendorops.settings import shipped_templates

KIND, PLACE, LANGUAGES = "staffing", "cn", "zh,en"
LONG = "long-contract"
"""The kind under which the six pages stand in the copy of the shelf."""
PAGES = 6
MOST_CLAUSES = 200
CONDITION = re.compile(r"<% if .*?<% endif %>\n?", re.DOTALL)
INCLUDE = re.compile(r'<% include "[\w-]+" %>\n')
ROUNDS = 15
"""Settings of each, in turns; the quickest counts, as what else the machine does only adds."""


def run(*, lines: int = 1_000) -> Figures:
    """Set one contract of six pages in turns with bare Typst, then so many contracts at once."""
    with TemporaryDirectory(prefix="vendorops-bench-") as folder:
        shelf = Path(copytree(shipped_templates(), Path(folder) / "templates"))
        order, pages = _six_pages(shelf)
        busy = round(os.getloadavg()[0], 1)
        figures: Figures = {"bench": "contract", "pages": pages, **_one(shelf, order)}
        return {**figures, **_batch(shelf, lines), "cores": cores(), "load_before": busy}


def _six_pages(shelf: Path) -> tuple[DocumentOrder, int]:
    """Write a contract of six pages on the shelf: as many clauses of a shipped one as it takes."""
    day = max(each.day for each in specimens(shelf, f"{KIND}/{PLACE}"))
    head, clauses, tail = _parts((shelf / KIND / PLACE / f"{day}.typ").read_text("utf-8"))
    folder = shelf / LONG / PLACE
    folder.mkdir(parents=True)
    fields = {**sample_order(shelf, KIND, PLACE, day).fields, "languages": LANGUAGES}
    order, pages, chosen = DocumentOrder(LONG, PLACE, day, fields), 0, ""
    for clause in islice(cycle(clauses), MOST_CLAUSES):
        chosen += clause
        (folder / f"{day}.typ").write_text(head + chosen + tail, "utf-8")
        pages = page_count(render_document(shelf, order).pdf)
        if pages >= PAGES:
            break
    return order, pages


def _parts(source: str) -> tuple[str, list[str], str]:
    """Return what stands before the first clause, the clauses that are always in, and the end."""
    parties, signatures = '<% include "parties" %>\n', '<% include "signatures" %>'
    head, _, rest = source.partition(parties)
    clauses, _, tail = rest.partition(signatures)
    always = CONDITION.sub("", clauses)
    return head + parties, INCLUDE.findall(always), signatures + tail


def _one(shelf: Path, order: DocumentOrder) -> Figures:
    """Time the contract and its bare text in turns; every setting has a reference of its own."""
    text = paragraphs_of(pdf_facts(render_document(shelf, order).pdf).text)
    seconds: dict[str, list[float]] = {"ours": [], "bare": [], "running": []}
    for number in range(ROUNDS):
        reference = f"CTR-2026-{number:06d}"
        fresh = replace(order, fields={**order.fields, "reference": reference})
        said = [reference, *text]
        seconds["ours"].append(_timed(partial(render_document, shelf, fresh)))
        seconds["bare"].append(_timed(partial(set_bare, SIDE_BY_SIDE, said, order.day)))
        seconds["running"].append(_timed(partial(set_bare, RUNNING, said, order.day)))
    ours, bare, running = (min(each) for each in seconds.values())
    return {
        "ours_ms": round(ours * 1000, 1),
        "bare_ms": round(bare * 1000, 1),
        "bare_pages": page_count(set_bare(SIDE_BY_SIDE, text, order.day)),
        "ratio": round(ours / bare, 2),
        "running_text_ms": round(running * 1000, 1),
        "running_text_pages": page_count(set_bare(RUNNING, text, order.day)),
        "running_text_ratio": round(ours / running, 2),
    }


def _batch(shelf: Path, count: int) -> Figures:
    """Time a batch of shipped contracts on one process and on two, starting them included."""
    seconds, digests = [], []
    for processes in (1, 2):
        begun = perf_counter()
        digests.append([each.sha256 for each in _set(shelf, count, processes)])
        seconds.append(perf_counter() - begun)
    one, two = seconds
    return {
        "contracts": count,
        "one_process_per_second": round(count / one, 1),
        "two_processes_per_second": round(count / two, 1),
        "speedup": round(one / two, 2),
        "same_bytes": int(digests[0] == digests[1]),
    }


def _set(shelf: Path, count: int, processes: int) -> Iterator[RenderedDocument]:
    kinds = [each for code in codes() for each in specimens(shelf, code)]
    orders = (_numbered(kinds[number % len(kinds)], number) for number in range(count))
    for outcome in render_many(shelf, orders, processes):
        if not isinstance(outcome, RenderedDocument):
            raise outcome
        yield outcome


def _numbered(specimen: Specimen, number: int) -> DocumentOrder:
    return specimen.saying(reference=f"CTR-2026-{number:06d}", supplier_name=f"Supplier {number}")


def _timed(act: Callable[[], object]) -> float:
    begun = perf_counter()
    act()
    return perf_counter() - begun
