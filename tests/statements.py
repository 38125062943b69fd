"""Writes each statement as SQL once for a whole process, and not anew for every database.

SQLAlchemy keeps what it wrote by engine and by dialect. Nearly every test has a database of its
own, so most of its time went into writing the statements of the test before.
"""

from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache

from vendorops.books import engine as engines

MOST = 20_000
"""Statements kept; all tests together write fewer."""
_WRITTEN: LRUCache[Any, Any] = LRUCache(MOST)
_DIALECTS: dict[tuple[str, str, object], Dialect] = {}


def sharing(address: str, **options: Any) -> Engine:
    """Make an engine as SQLAlchemy does, that shares what was written for others of its kind."""
    made = create_engine(address, **options)
    kind = (made.dialect.name, made.dialect.driver, options.get("isolation_level"))
    known = _DIALECTS.get(kind)
    if known is not None and _has_seen_a_server(known):
        made.dialect = known
    else:
        _DIALECTS[kind] = made.dialect
    made.update_execution_options(compiled_cache=_WRITTEN)
    return made


def _has_seen_a_server(dialect: Dialect) -> bool:
    """Tell whether a dialect knows what it asks of the first server it is connected to."""
    return getattr(dialect, "default_schema_name", None) is not None


def settle() -> None:
    """Have every engine of the books made so in this process."""
    engines.create_engine = sharing  # type: ignore[assignment,attr-defined]  # in place of SQLAlchemy's.
