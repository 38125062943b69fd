"""Propose that we stand otherwise to a supplier; somebody else decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import click

from vendorops.books import Books
from vendorops.books.standing import propose_change
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    READER,
    WORDS,
    as_option,
    books_of,
    day_option,
    json_option,
    opener,
)
from vendorops.cli.waiting import waits_for
from vendorops.domain.lifecycle import SupplierStatus
from vendorops.stages import sweep
from vendorops.tables import Supplier, SupplierChange

STAGE = "suppliers"


@dataclass(frozen=True)
class Change:
    """One command: its name, and what the supplier becomes from each state that is not usual."""

    name: str
    after: SupplierStatus
    help: str
    unusual: Mapping[str, SupplierStatus]


CHANGES = (
    Change("prefer", SupplierStatus.PREFERRED, "Propose to prefer SUPPLIER to others.", {}),
    Change(
        "suspend",
        SupplierStatus.SUSPENDED,
        "Propose to suspend SUPPLIER. It takes on nothing new; what it is owed is paid.",
        {},
    ),
    Change(
        "reinstate",
        SupplierStatus.QUALIFIED,
        "Propose to reinstate SUPPLIER. One that was disqualified may then apply anew.",
        {SupplierStatus.DISQUALIFIED: SupplierStatus.REQUESTED},
    ),
    Change(
        "disqualify",
        SupplierStatus.DISQUALIFIED,
        "Propose to disqualify SUPPLIER. One that works for us is suspended first.",
        {},
    ),
    Change("off-board", SupplierStatus.OFF_BOARDED, "Propose to part from SUPPLIER for good.", {}),
)


def change_command(change: Change) -> click.Command:
    """Return the command of one change."""

    @click.command(change.name, help=change.help)
    @click.argument("supplier")
    @click.option("--reason", type=WORDS, required=True, help="Why; whoever decides reads it.")
    @as_option
    @day_option
    @json_option
    def command(
        supplier: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
    ) -> None:
        with books_of(actor, as_of) as books:
            row = books.named(Supplier, supplier)
            after = change.unusual.get(row.status, change.after)
            ident = propose_change(books, row, after, reason).id
        put_and_tell(ident, as_of, as_json=as_json)

    return command


def put_and_tell(ident: int, as_of: datetime | None, *, as_json: bool) -> None:
    """Put a proposal before whoever decides, and say who that is."""
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        emit([told(books, ident)], as_json=as_json, title="Proposed")


def told(books: Books, ident: int) -> dict[str, Any]:
    """Return a proposal as people and scripts read it."""
    change = books.get(SupplierChange, ident)
    supplier = books.get(Supplier, change.supplier_id)
    return {
        "change": change.reference,
        "supplier": supplier.reference,
        "now": supplier.status,
        "then": change.after,
        "proposed_by": change.proposed_by,
        "expires": change.expires_on,
        "status": change.status,
        **waits_for(books, change),
    }
