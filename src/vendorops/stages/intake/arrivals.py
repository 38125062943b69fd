"""Empties the folder where mail and uploads are dropped: each file is kept, then put aside.

A file in a folder named after a supplier (`SUP-2026-000007/`) is that supplier's. What was kept
moves to `taken/` beside it, what is refused to `refused/` with a text that says why. It moves once
the books have it: a run that ends in between finds it known by its content and only moves it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vendorops.books import Books, Opener
from vendorops.domain.refusal import Refused
from vendorops.stages.intake.receiving import LARGEST, NotTaken, receive
from vendorops.tables import Supplier

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STILL_SECONDS = 10
"""How long a file must not have changed: younger ones may still be written."""
TAKEN, REFUSED = "taken", "refused"
LONGEST = 180
"""Bytes of a refused name that are kept, its end: what is added must fit, too."""


class NoArrivalsError(OSError):
    """The folder that was named is not there: a share that is not mounted, or a wrong setting."""


@dataclass
class Arrivals:
    """What was found in one look."""

    taken: list[str] = field(default_factory=list)
    """References of what was kept, or was known already."""
    refused: list[tuple[str, str]] = field(default_factory=list)
    """Name and reason of what was put aside unread."""


def take_arrivals(opener: Opener, folder: Path, now: datetime) -> Arrivals:
    """Keep every complete file of a folder, one transaction each.

    Raises NoArrivalsError where there is no such folder, and OSError where nothing can be read or
    moved in it: both are outages.
    """
    if not folder.is_dir():
        raise NoArrivalsError(
            f"{folder.name} is no folder; mount it, or set VENDOROPS_ARRIVALS anew"
        )
    found = Arrivals()
    for path in _complete(folder, now):
        try:
            reference = _kept(opener, path, _whose(folder, path))
        except Refused as refusal:
            found.refused.append((path.name, str(refusal)))
            put = _put_aside(path, REFUSED, path.name)
            put.with_name(f"{put.name}.why.txt").write_text(f"{refusal}\n", "utf-8")
        else:
            found.taken.append(reference)
            _put_aside(path, TAKEN, f"{reference}{path.suffix}")
    return found


def _complete(folder: Path, now: datetime) -> Iterator[Path]:
    """Yield files that rest, those of the folder first, then those of each supplier's."""
    own = [each for each in _visible(folder) if not each.is_dir() or each.is_symlink()]
    theirs = [each for each in _visible(folder) if each.is_dir() and not each.is_symlink()]
    given = [each for each in theirs if each.name not in {TAKEN, REFUSED}]
    inner = [
        path for each in given for path in _visible(each) if path.name not in {TAKEN, REFUSED}
    ]
    seconds = (now - EPOCH) // timedelta(seconds=1)
    for path in [*own, *inner]:
        if seconds - path.lstat().st_mtime_ns // 10**9 >= STILL_SECONDS:
            yield path


def _visible(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.name[0] != ".")


def _whose(folder: Path, path: Path) -> str:
    return "" if path.parent == folder else path.parent.name


def _kept(opener: Opener, path: Path, supplier: str) -> str:
    if path.is_symlink() or not path.is_file():
        raise NotTaken("it is a link, a folder or no plain file; drop the file itself")
    if path.stat().st_size > LARGEST:
        raise NotTaken(f"it is larger than the {LARGEST} bytes we take; split it")
    with opener() as books:
        return receive(books, path.read_bytes(), path.name, _supplier(books, supplier)).reference


def _supplier(books: Books, reference: str) -> int | None:
    return books.named(Supplier, reference).id if reference else None


def _put_aside(path: Path, where: str, name: str) -> Path:
    """Move a file to where people find it; one of that name that lies there is not lost."""
    aside = path.parent / where
    aside.mkdir(exist_ok=True)
    short = name.encode()[-LONGEST:].decode(errors="ignore")
    free = aside / short
    number = 1
    while free.exists() or free.is_symlink():
        number += 1
        free = aside / f"{number} {short}"
    return path.rename(free)
