"""Double-entry books: accounts, and transfers that are never edited."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint

from vendorops.tables.columns import Row, day, link, once_where, one_of, strict, text, whole


class LedgerAccount(Row, table=True):
    """An account of the books; balances are sums of transfers, never stored."""

    __table_args__ = strict(
        UniqueConstraint("code", "currency"),
        UniqueConstraint("id", "currency"),
        one_of("kind", ("asset", "liability", "expense")),
    )

    code: str = text()
    kind: str = text()
    currency: str = text()
    party_id: int | None = link("party", optional=True)
    floor_minor: int | None = whole(default=None)
    """Lowest balance (in its own sense: credit for liabilities), none for no floor."""


class Transfer(Row, table=True):
    """Double entry in a single row: one amount, from its credit to its debit account."""

    __table_args__ = strict(
        UniqueConstraint("key"),
        once_where("uq_transfer_reverses_id", ("reverses_id",), "reverses_id IS NOT NULL"),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("debit_id <> credit_id", name="two_accounts"),
        ForeignKeyConstraint(
            ["debit_id", "currency"],
            ["ledgeraccount.id", "ledgeraccount.currency"],
            name="fk_transfer_debit",
        ),
        ForeignKeyConstraint(
            ["credit_id", "currency"],
            ["ledgeraccount.id", "ledgeraccount.currency"],
            name="fk_transfer_credit",
        ),
    )

    debit_id: int = whole(index=True)
    credit_id: int = whole(index=True)
    currency: str = text()
    amount_minor: int = whole()
    business_day: date = day()
    event_id: int = link("event")
    key: str = text()
    """Can be used once, such as `settlement/SET-2026-000001/net`."""
    reverses_id: int | None = link("transfer", optional=True, led=True)


class ClosedMonth(Row, table=True):
    """A month in which nothing is booked any more."""

    __table_args__ = strict(UniqueConstraint("month"))

    month: str = text()
    closed_on: date = day()
    closed_by: str = text()
