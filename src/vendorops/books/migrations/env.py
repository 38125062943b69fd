"""Tells Alembic which tables there should be, and runs the changes in one transaction."""

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

import vendorops.tables  # noqa: F401 - so that every table is known.


def run(connection: Connection) -> None:
    """Run what was asked of Alembic on a connection whose transaction the caller owns."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    context.run_migrations()


run(context.config.attributes["connection"])
