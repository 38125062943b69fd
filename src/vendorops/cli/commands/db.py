"""The database: bring it to this version, back it up, restore it."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy.engine import make_url

from vendorops.books import Terms, forget_engines, migrate, open_books
from vendorops.books.cipher import new_master_key
from vendorops.cli.owner_files import OWNER_ONLY
from vendorops.cli.session import FILE_TO_WRITE
from vendorops.domain.refusal import Refused
from vendorops.gateways.clock import now, today
from vendorops.paying.freezing import freeze
from vendorops.settings import Settings

BOOKS_INSIDE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'event'"


class NotHere(Refused):
    """The command works on the embedded database, and on copies of it, only."""


@click.group(help="The database: bring it to this version, back it up, restore it.")
def command() -> None:
    """Group the commands."""


@command.command()
def upgrade() -> None:
    """Bring the database to this version; makes home, key and database where there are none."""
    settings = Settings.from_environment()
    prepare_home(settings)
    click.echo(f"The books in {settings.home} are at version {migrate.head()}.")


def prepare_home(settings: Settings) -> None:
    """Make the home, the vault's key and the tables, where they are missing."""
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not settings.key_file.exists():
        new_master_key(settings.key_file)
    migrate.upgrade(settings)


@command.command()
@click.argument("target", type=FILE_TO_WRITE)
def backup(target: Path) -> None:
    """Copy the embedded database to TARGET while it is in use (SQLite's own backup)."""
    place = _embedded()
    if not place.exists():
        raise NotHere(f"there are no books at {place}; check VENDOROPS_HOME")
    _refuse_other(target)
    target.touch(OWNER_ONLY)
    target.chmod(OWNER_ONLY)  # One that is there may be readable by others.
    with sqlite3.connect(place) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
    copy.close()
    source.close()
    click.echo(f"Copied to {target}; the documents and the key are kept apart.")


@command.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Replace the books that are there.")
def restore(source: Path, *, yes: bool) -> None:
    """Put the books of SOURCE in place of those that are there; nothing may be running."""
    place = _embedded()
    if place.exists() and not yes:
        raise NotHere(f"there are books at {place}; add --yes to replace them")
    if not _holds_books(source):
        raise NotHere(f"{source} holds no books; give a file that vendorops db backup wrote")
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = place.with_name(f".{place.name}.restored")
    draft.unlink(missing_ok=True)  # One that is there may be readable by others.
    try:
        draft.touch(OWNER_ONLY)
        shutil.copyfile(source, draft)
        # Frozen before they are in their place: no run finds them unfrozen.
        _freeze(draft, source.name)
        forget_engines()
        for left in (place, *place.parent.glob(f"{place.name}-*")):
            left.unlink(missing_ok=True)
        draft.replace(place)
    finally:
        for left in place.parent.glob(f"{draft.name}*"):
            left.unlink(missing_ok=True)
    click.echo(
        "Restored. Run vendorops verify. Release is frozen until the bank's statements cover "
        "everything sent: vendorops bank freeze show"
    )


def _freeze(database: Path, source: str) -> None:
    """Freeze release in restored books: they may have forgotten what was sent since."""
    settings = replace(Settings.from_environment(), database=f"sqlite:///{database}")
    migrate.upgrade(settings)
    terms = Terms(today(settings.zone), "system:restore", now)
    with open_books(settings, terms) as books:
        freeze(books, f"the books were restored from {source[:80]}")


def _refuse_other(target: Path) -> None:
    """Refuse to write a copy over anything but an earlier copy, or a file with nothing in it."""
    if not target.parent.is_dir():
        raise NotHere(f"there is no folder {target.parent}; make it, or name another file")
    is_empty = target.is_file() and not target.stat().st_size
    if target.exists() and not is_empty and not _holds_books(target):
        raise NotHere(f"{target} is there and holds no books; name a new file")


def _holds_books(path: Path) -> bool:
    try:
        with closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)
        ) as database:
            return bool(database.execute(BOOKS_INSIDE).fetchone())
    except sqlite3.Error:
        return False


def _embedded() -> Path:
    url = make_url(Settings.from_environment().database)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise NotHere("this is for the embedded database; use pg_dump and pg_restore for yours")
    return Path(url.database)
