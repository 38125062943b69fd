"""What runs as the Prefect server: Prefect's own, with one fault of its schedule mended.

Prefect 3.8.8 hands its scheduled runs to the database together with a key that is no column.
SQLAlchemy 2.0 left such keys out; 2.1 refuses, and nothing would ever run on schedule. To be
removed with a Prefect that is made for SQLAlchemy 2.1.
"""

import sys
from collections.abc import MutableMapping
from typing import Any

from prefect.cli import app
from prefect.server.database import orm_models
from sqlalchemy.ext.hybrid import HybridExtensionType, hybrid_property


def mend() -> None:
    """Let computed attributes of Prefect's tables be left out of bulk inserts, as in 2.0."""
    for mapper in orm_models.Base.registry.mappers:
        for found in mapper.all_orm_descriptors:
            hybrid: Any = found
            computed = found.extension_type is HybridExtensionType.HYBRID_PROPERTY
            if computed and isinstance(found, hybrid_property) and hybrid.bulk_dml_setter is None:
                hybrid.bulk_dml_setter = _leave_out


def _leave_out(_table: object, _row: MutableMapping[str, Any], _value: object) -> None:
    """Set nothing: what is computed has no column."""


if __name__ == "__main__":
    mend()
    sys.argv[:1] = ["prefect", "server", "start"]
    app()
