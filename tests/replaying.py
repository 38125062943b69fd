"""Plays steps that many tests begin with once, and lays what they left where it is wanted again.

The same steps from empty books lead to the same books. Steps are replayed only into books in which
nothing happened yet; after anything else they are played.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import wraps
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Concatenate, ParamSpec

from vendorops.books import Opener, forget_engines
from vendorops.settings import Settings

Given = ParamSpec("Given")
Step = Callable[Concatenate[Callable[..., Opener], Given], None]
KEPT = TemporaryDirectory(prefix="vendorops-replayed-")
_LEFT: dict[tuple[object, ...], Path] = {}


def replayed(step: Step[Given]) -> Step[Given]:
    """Decorate steps of which nothing but what they leave in an installation is wanted."""

    @wraps(step)
    def playing(
        opener: Callable[..., Opener], /, *args: Given.args, **named: Given.kwargs
    ) -> None:
        settings: Settings = opener().args[0]  # type: ignore[attr-defined]  # A partial of open_books.
        if not _is_untouched(settings):
            step(opener, *args, **named)
            return
        key = (step.__qualname__, args, *sorted(named.items()))
        if key not in _LEFT:
            step(opener, *args, **named)
            forget_engines()
            copytree(settings.home, Path(KEPT.name) / str(len(_LEFT)))
            _LEFT[key] = Path(KEPT.name) / str(len(_LEFT))
        else:
            forget_engines()
            copytree(_LEFT[key], settings.home, dirs_exist_ok=True)

    return playing


def _is_untouched(settings: Settings) -> bool:
    """Tell whether an installation is on SQLite, in its own folder, and nothing happened in it."""
    books = settings.home / "books.db"
    if settings != Settings.at(settings.home) or not books.exists():
        return False
    forget_engines()
    with closing(sqlite3.connect(books)) as connection:
        return not connection.execute("SELECT count(*) FROM event").fetchone()[0]
