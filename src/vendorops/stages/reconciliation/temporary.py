"""Two tables that live as long as one match: the claims in it, and the facts of each line."""

from sqlalchemy import BigInteger, Column, MetaData, Table, Text
from sqlalchemy.dialects import sqlite

_TEMPORARY = MetaData()
_WHOLE = BigInteger().with_variant(sqlite.INTEGER(), "sqlite")


def _whole(name: str, *, key: bool = False) -> Column[int]:
    return Column(name, _WHOLE, primary_key=key, autoincrement=False)


CLAIM = Table(
    "matchclaim",
    _TEMPORARY,
    _whole("invoice_id", key=True),
    _whole("before"),  # Lines of claims with a lower reference.
    _whole("queue"),  # Lines of claims that are served first.
    _whole("divisor"),
    _whole("share_e6"),
    _whole("amount_minor"),
    Column("flaw", Text),
    prefixes=["TEMPORARY"],
)
"""The claims to be matched, in order, each with the terms of its contract."""

LINE = Table(
    "matchline",
    _TEMPORARY,
    _whole("position", key=True),
    *(
        _whole(name)
        for name in (
            *("queue", "invoice_id", "invoice_line_id", "work_item_id", "net", "quantity"),
            *("price", "accepted", "claimed", "agreed", "divisor", "own", "most", "taken"),
            *("at_claimed", "at_agreed"),
        )
    ),
    Column("treatment", Text),
    Column("flaw", Text),
    prefixes=["TEMPORARY"],
)
"""Every line with the facts it is judged by, in the order of references and lines."""
