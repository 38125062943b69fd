"""Judge uploaded documents without keeping them."""

import time
from collections import Counter
from pathlib import Path
from typing import Any

import click

from vendorops.cli.printing import emit, watched
from vendorops.cli.session import files_argument, json_option
from vendorops.domain.refusal import Refused
from vendorops.gateways.child import Quarantined, run_limited
from vendorops.gateways.pdf_text import pdf_facts

LARGEST = 50 * 2**20
"""Bytes; what is larger is not even handed to a reader."""


class NotAccepted(Refused):
    """A document that was judged may not be relied on."""


@click.command()
@files_argument
@json_option
def check(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Judge each PDF. It is accepted, refused, or quarantined as unsafe to read."""
    rows = [_judged(path) for path in watched(files, len(files))]
    emit(rows, as_json=as_json, title="Judged")
    counted = Counter(row["outcome"] for row in rows)
    if counted["accepted"] < len(files):
        raise NotAccepted(
            f"{counted['refused']} refused and {counted['quarantined']} quarantined of "
            f"{len(files)} files; their reasons say why"
        )


def _judged(path: Path) -> dict[str, Any]:
    began = time.monotonic()
    outcome, reason, pages = _outcome(path)
    seconds = round(time.monotonic() - began, 3)
    return {
        "file": str(path),
        "outcome": outcome,
        "reason": reason,
        "pages": pages,
        "seconds": seconds,
    }


def _outcome(path: Path) -> tuple[str, str, int | None]:
    size = path.stat().st_size
    if size > LARGEST:
        return "refused", f"the file has {size} bytes, more than {LARGEST}; split it", None
    try:
        facts = run_limited(pdf_facts, path.read_bytes())
    except Quarantined as refusal:
        return "quarantined", str(refusal), None
    except Refused as refusal:
        return "refused", str(refusal), None
    return "accepted", "", int(facts["pages"])
