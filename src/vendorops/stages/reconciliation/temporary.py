"""Tables that live as long as one match: what is joined with rows that stay in the database."""

from sqlalchemy import BigInteger, Column, MetaData, Table
from sqlalchemy.dialects import sqlite

_TEMPORARY = MetaData()
_WHOLE = BigInteger().with_variant(sqlite.INTEGER(), "sqlite")


def _whole(name: str, *, key: bool = False) -> Column[int]:
    return Column(name, _WHOLE, primary_key=key, autoincrement=False)


CLAIM = Table(
    "matchclaim",
    _TEMPORARY,
    _whole("invoice_id", key=True),
    *(_whole(name) for name in ("reconciliation_id", "contract_id", "supplier_id")),
    prefixes=["TEMPORARY"],
)
"""The claims to be matched."""

COVER = Table(
    "matchcover",
    _TEMPORARY,
    _whole("place", key=True),
    *(_whole(name) for name in ("reconciliation_id", "contract_id", "invoice_line_id")),
    prefixes=["TEMPORARY"],
)
"""The lines that name a sheet or an order, in the order in which they are served."""
TAKEN = Table(
    "matchtaken",
    _TEMPORARY,
    _whole("taken"),
    _whole("work_item_id"),
    prefixes=["TEMPORARY"],
)
"""What is claimed of each piece of work, where it is raised by one statement."""
TABLES = (CLAIM, COVER, TAKEN)
