"""Takes files in one by one: what one of them is refused for stops none of the others."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from vendorops.cli.printing import watched
from vendorops.domain.refusal import Refused


class FilesRefused(Refused):
    """Some of the files given were not taken."""


def take_each(
    files: Sequence[Path], take: Callable[[Path], Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return one row a file: what became of it, or under `refused` why nothing did."""
    return [_taken(path, take) for path in watched(files, len(files))]


def _taken(path: Path, take: Callable[[Path], Mapping[str, Any]]) -> dict[str, Any]:
    try:
        return {"file": str(path), "refused": None, **take(path)}
    except Refused as refusal:
        return {"file": str(path), "refused": str(refusal)}


def check_taken(rows: Sequence[Mapping[str, Any]]) -> None:
    """Refuse in the end what was refused on the way, so that the command does not end well."""
    stopped = [row for row in rows if row["refused"]]
    if len(stopped) == 1:
        raise FilesRefused(f"{stopped[0]['file']}: {stopped[0]['refused']}")
    if stopped:
        names = ", ".join(Path(row["file"]).name for row in stopped)
        raise FilesRefused(f"{len(stopped)} of {len(rows)} files; their rows say why: {names}")
