"""View or decline a requisition as a supplier; cancel or close one as a buyer."""

from datetime import datetime
from typing import Any

import click

from vendorops.cli import sourced
from vendorops.cli.printing import emit
from vendorops.cli.session import as_option, books_of, day_option, json_option, reason_option
from vendorops.domain.lifecycle import RequisitionStatus
from vendorops.working.sourcing import decline_requisition, stop
from vendorops.working.sourcing import view as note_viewed

supplier_option = click.option("--supplier", required=True, help="Which was asked: SUP-….")


@click.command(help="Note that the supplier has seen REQUISITION.")
@click.argument("requisition")
@supplier_option
@as_option
@day_option
@json_option
def view(
    requisition: str, supplier: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Note it once."""
    with books_of(actor, as_of) as books:
        row = note_viewed(books, requisition, supplier)
        told = sourced.distribution(books, row)
    emit([told], as_json=as_json, title="Seen")


@click.command(help="Say that the supplier proposes nobody for REQUISITION.")
@click.argument("requisition")
@supplier_option
@reason_option
@as_option
@day_option
@json_option
def decline(requisition: str, supplier: str, reason: str, **given: Any) -> None:  # noqa: ANN401 - click's own options.
    """Note why it declines."""
    with books_of(given["actor"], given["as_of"]) as books:
        row = decline_requisition(books, requisition, supplier, reason)
        told = sourced.distribution(books, row)
    emit([told], as_json=given["as_json"], title="Declined")


def _stopping(after: RequisitionStatus, name: str, what: str) -> click.Command:
    @click.command(name, help=what)
    @click.argument("requisition")
    @reason_option
    @as_option
    @day_option
    @json_option
    def command(
        requisition: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
    ) -> None:
        with books_of(actor, as_of) as books:
            told = sourced.requisition(books, stop(books, requisition, after, reason))
        emit([told], as_json=as_json, title=after.value)

    return command


cancel = _stopping(
    RequisitionStatus.CANCELLED,
    "cancel",
    "Cancel REQUISITION: nobody is looked for any more, and open candidates are rejected.",
)
close = _stopping(
    RequisitionStatus.CLOSED,
    "close",
    "Close REQUISITION, filled or not: what is still open under it ends with the reason.",
)
