"""Tables that live as long as one match: its claims, their terms, the facts of each line."""

from sqlalchemy import BigInteger, Column, MetaData, Table, Text
from sqlalchemy.dialects import sqlite

from vendorops.tables.columns import Day

_TEMPORARY = MetaData()
_WHOLE = BigInteger().with_variant(sqlite.INTEGER(), "sqlite")


def _whole(name: str, *, key: bool = False) -> Column[int]:
    return Column(name, _WHOLE, primary_key=key, autoincrement=False)


CLAIM = Table(
    "matchclaim",
    _TEMPORARY,
    _whole("invoice_id", key=True),
    Column("reconciliation_id", _WHOLE, index=True),
    _whole("contract_id"),
    _whole("before"),  # Lines of claims with a lower reference.
    _whole("queue"),  # Lines of claims that are served first.
    _whole("divisor"),
    _whole("total_minor"),  # How far its lines may stray together; NULL: each for itself.
    Column("flaw", Text),
    prefixes=["TEMPORARY"],
)
"""The claims to be matched, in order."""

TERM = Table(
    "matchterm",
    _TEMPORARY,
    _whole("contract_id", key=True),
    Column("term", Text, primary_key=True),
    Column("first_day", Day(), primary_key=True),
    Column("end_day", Day()),
    *(_whole(name) for name in ("price_share_e6", "price_minor", "spare_share_e6")),
    _whole("spare_minor"),
    Column("tax_category", Text),
    _whole("tax_rate_e4"),
    Column("grades", Text),  # Those that are paid, between and around commas; NULL: any.
    prefixes=["TEMPORARY"],
    sqlite_with_rowid=False,
)
"""What holds for work of each kind under each contract, from a day until another."""

ROOM = Table(
    "matchroom",
    _TEMPORARY,
    _whole("contract_id", key=True),
    _whole("room"),
    prefixes=["TEMPORARY"],
)
"""What is left of the caps that the claims might exceed."""

LINE = Table(
    "matchline",
    _TEMPORARY,
    _whole("position", key=True),
    *(
        _whole(name)
        for name in (
            *("queue", "reconciliation_id", "invoice_id", "invoice_line_id", "work_item_id"),
            *("net", "quantity"),
            *("price", "accepted", "claimed", "agreed", "divisor", "own", "most", "taken"),
            *("at_claimed", "at_agreed", "spare", "spare_minor"),
        )
    ),
    Column("treatment", Text),
    Column("excess", Text),
    Column("flaw", Text),
    prefixes=["TEMPORARY"],
)
"""Every line with the facts it is judged by, in the order of references and lines."""

SHARED = Table("matchshared", _TEMPORARY, _whole("work_item_id", key=True), prefixes=["TEMPORARY"])
"""Work that several lines claim, or that was claimed before: it is shared out in their order."""

PIECE = Table(
    "matchpiece",
    _TEMPORARY,
    _whole("piece", key=True),
    *(_whole(name) for name in ("position", "work_item_id", "accepted", "claimed")),
    _whole("quantity_e4"),
    _whole("minor"),
    prefixes=["TEMPORARY"],
)
"""The pieces of work of lines that cover several, and what those take of each."""
TABLES = (CLAIM, TERM, ROOM, LINE, SHARED, PIECE)
