"""Place orders and propose changes of them."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    READER,
    as_option,
    books_of,
    day_option,
    file_argument,
    json_option,
    opener,
)
from vendorops.cli.waiting import waits_for
from vendorops.domain.money import Money
from vendorops.stages import sweep
from vendorops.tables import Contract, OrderRevision, Worker, WorkOrder
from vendorops.working.order_forms import read_change, read_order
from vendorops.working.ordering import place_order
from vendorops.working.revising import propose_revision


@click.command(help="Place the order in FILE (YAML or JSON); another person approves it.")
@file_argument
@as_option
@day_option
@json_option
def place(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Enter an order in draft and put it before an approver."""
    with books_of(actor, as_of) as books:
        said = read_order(file.read_bytes())
        contract = books.named(Contract, said.contract)
        worker = books.named(Worker, said.worker).id if said.worker else None
        ident = place_order(books, contract, said.wanted(contract.currency, worker)).id
    _carry_on("ordering", ident, as_of)
    with opener(READER, as_of)() as books:
        emit([told(books, books.get(WorkOrder, ident))], as_json=as_json, title="Order")


@click.command(help="Propose the change in FILE (YAML or JSON); another person approves it.")
@file_argument
@as_option
@day_option
@json_option
def revise(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Enter a change of an order in draft and put it before an approver."""
    with books_of(actor, as_of) as books:
        said = read_change(file.read_bytes())
        order = books.named(WorkOrder, said.order)
        ident = propose_revision(books, order, said.change(order.currency)).id
    _carry_on("order_revisions", ident, as_of)
    with opener(READER, as_of)() as books:
        row = books.get(OrderRevision, ident)
        shown = {"revision": row.reference, "kind": row.kind, "status": row.status}
        emit([shown | waits_for(books, row)], as_json=as_json, title="Change of an order")


def _carry_on(stage: str, ident: int, as_of: datetime | None) -> None:
    outcome = sweep(stage, opener(f"system:{stage}", as_of), [ident])
    if outcome.refused:
        raise click.ClickException(outcome.refused[0][1])


def told(books: Books, order: WorkOrder) -> dict[str, Any]:
    """Return an order as people and scripts read it."""
    return {
        "order": order.reference,
        "form": order.form,
        "contract": books.get(Contract, order.contract_id).reference,
        "title": order.title,
        "from": order.starts_on,
        "until_before": order.ends_on,
        "budget": Money(order.budget_minor, order.currency),
        "revision": order.revision,
        "status": order.status,
        **waits_for(books, order),
    }
