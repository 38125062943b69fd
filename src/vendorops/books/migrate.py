"""Brings the database to the tables this program knows, all at once or not at all."""

from functools import cache, partial
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlmodel import SQLModel

from vendorops.books.engine import engine
from vendorops.domain.refusal import Refused
from vendorops.settings import Settings


class NoWayUp(Refused):
    """The database was made by a version from which no change leads to this one."""


class KeysBroken(Exception):  # noqa: N818 - a defect of a migration, named for what happened.
    """A change of the tables lost rows that others point to."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


@cache
def head() -> str:
    """Return the newest version of the tables."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def upgrade(settings: Settings) -> None:
    """Run the changes that are still missing, in one transaction.

    SQLite alters a table by building it anew, during which keys that point to it dangle: they
    are not enforced meanwhile, and all looked at before the end.
    """
    config = _config()
    with engine(settings).connect() as connection:
        lite = connection.dialect.name == "sqlite"
        _enforce_keys(connection, "OFF" if lite else "")
        with connection.begin():
            _check_known(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if lite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                raise KeysBroken(f"the change would leave keys that point nowhere: {broken[:3]}")
        _enforce_keys(connection, "ON" if lite else "")


def _check_known(connection: Connection) -> None:
    """Refuse a database whose version this program has never heard of."""
    found = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory.from_config(_config())
    if found and found not in {known.revision for known in script.walk_revisions()}:
        raise NoWayUp(
            f"the database is at version {found}, which this program cannot bring up to date: "
            "use the program that wrote it, or begin with an empty home"
        )


def _enforce_keys(connection: Connection, how: str) -> None:
    """Switch SQLite's foreign keys on or off, which it does outside of transactions only."""
    driver = connection.connection.driver_connection
    if how and driver is not None:
        driver.execute(f"PRAGMA foreign_keys = {how}")


def draft(settings: Settings, message: str, version: str) -> None:
    """Write a new change from the difference between the tables in code and in the database."""
    config = _config()
    with engine(settings).begin() as connection:
        config.attributes["connection"] = connection
        command.revision(config, message, autogenerate=True, rev_id=version)


CHECKED_BY_SETS = {"allocation", "difference"}
"""Tables whose keys PostgreSQL looks up for all rows of a statement at once; see version 0006."""


def _compared(database: str, item: object, _name: str, kind: str, *_rest: object) -> bool:
    of = getattr(getattr(item, "table", None), "name", "")
    by_sets = database == "postgresql" and of in CHECKED_BY_SETS
    return not (kind == "foreign_key_constraint" and by_sets)


def differences(settings: Settings) -> list[object]:
    """Return what differs between the tables in code and in the database: nothing, always."""
    with engine(settings).connect() as connection:
        opts = {
            "compare_type": True,
            "include_object": partial(_compared, connection.dialect.name),
        }
        context = MigrationContext.configure(connection, opts=opts)
        return list(compare_metadata(context, SQLModel.metadata))
