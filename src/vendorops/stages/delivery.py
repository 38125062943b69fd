"""Lays promised files out in the outgoing folder, named by their hash; twice is once."""

import os
from pathlib import Path

from vendorops.books import Books
from vendorops.books.outbox import pending
from vendorops.documents import kept
from vendorops.domain.lifecycle import EffectStatus
from vendorops.stages import Step
from vendorops.tables import Effect

SUBJECT = Effect
OWNER = "finance"
"""The role that sees to what is refused here."""
SHOWN = 12
"""Digits of the hash in a file's name."""


class OutgoingChanged(Exception):  # noqa: N818 - a defect, named for what happened.
    """A file of that name lies there with another content: somebody wrote into the folder."""


def ready(books: Books) -> list[int]:
    """Return promises not kept yet, oldest first."""
    return pending(books)


def advance(books: Books, ident: int) -> Step:
    """Lay out one file, then write down that it was done.

    Raises OutgoingChanged when the name is taken by another content.
    """
    effect = books.get(Effect, ident)
    if effect.status != EffectStatus.PENDING:
        return Step.DONE
    path = books.settings.outgoing / laid_out_name(effect)
    _lay_out(path, kept(books, effect.sha256))
    books.move(effect, EffectStatus.DONE, because=f"{path.name} lies in the outgoing folder")
    return Step.DONE


def laid_out_name(effect: Effect) -> str:
    """Return the name of a promised file: `BAT-2026-000001-0123456789ab.xml`."""
    name = Path(effect.name)
    return f"{name.stem}-{effect.sha256[:SHOWN]}{name.suffix}"


def _lay_out(path: Path, data: bytes) -> None:
    """Let a whole file appear under its name, or nothing; names survive a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f".{path.name}.part")
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    elif path.read_bytes() != data:
        raise OutgoingChanged(
            f"{path.name} already lies in the outgoing folder with another content; find out who "
            "wrote it before anything is sent"
        )
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
