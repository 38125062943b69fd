"""Brings the database to the tables this program knows, all at once or not at all."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from vendorops.books.engine import engine
from vendorops.settings import Settings


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


@cache
def head() -> str:
    """Return the newest version of the tables."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def upgrade(settings: Settings) -> None:
    """Run the changes that are still missing, in one transaction."""
    config = _config()
    with engine(settings).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def draft(settings: Settings, message: str, version: str) -> None:
    """Write a new change from the difference between the tables in code and in the database."""
    config = _config()
    with engine(settings).begin() as connection:
        config.attributes["connection"] = connection
        command.revision(config, message, autogenerate=True, rev_id=version)


def differences(settings: Settings) -> list[object]:
    """Return what differs between the tables in code and in the database: nothing, always."""
    with engine(settings).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, SQLModel.metadata))
