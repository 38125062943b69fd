"""Say what is known of a post that dispatched workers fill."""

from typing import Any

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import DAY, NAME, as_option, books_of, day_option, json_option
from vendorops.domain.dispatch.rules import KINDS
from vendorops.tables import Contract, DispatchPost
from vendorops.working.dispatch_posts import declare_post

TOLD = click.Choice(["yes", "no"])


@click.command()
@click.argument("contract")
@click.option(
    "--name", type=NAME, required=True, help="Role code or title of the orders placed on it."
)
@click.option(
    "--kind", type=click.Choice(KINDS), required=True, help="Which of the three the law allows."
)
@click.option("--main-business", type=TOLD, default=None, help="Is it of our main business?")
@click.option(
    "--procedure-done",
    type=TOLD,
    default=None,
    help="Auxiliary: was it discussed by the employees, negotiated and published?",
)
@click.option("--exists-from", type=DAY, help="Temporary: since when there is such a post.")
@click.option("--absent-employee", default="", help="Substitute: our number of who is away.")
@click.option("--absent-because", default="", help="Substitute: study, leave …")
@click.option("--absent-until", type=DAY, help="Substitute: first day back.")
@as_option
@day_option
@json_option
def post(contract: str, **given: Any) -> None:  # noqa: ANN401 - the options above.
    """Say what kind of post it is that orders under CONTRACT are for; the last word holds."""
    with books_of(given["actor"], given["as_of"]) as books:
        row = declare_post(
            books,
            books.named(Contract, contract),
            {
                "name": given["name"],
                "kind": given["kind"],
                "main_business": given["main_business"] or "",
                "procedure_done": given["procedure_done"] or "",
                "exists_from": given["exists_from"] and given["exists_from"].date(),
                "absent_employee": given["absent_employee"],
                "absent_because": given["absent_because"],
                "absent_until": given["absent_until"] and given["absent_until"].date(),
            },
        )
        rows = [_told(row, contract)]
    emit(rows, as_json=given["as_json"], title="Post")


def _told(row: DispatchPost, contract: str) -> dict[str, object]:
    told = row.model_dump(exclude={"id", "contract_id", "reference"})
    return {"post": row.reference, "contract": contract} | {
        name: value for name, value in told.items() if value not in ("", None)
    }
