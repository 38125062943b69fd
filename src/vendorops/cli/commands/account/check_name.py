"""Answer whose an account is: what the bank or a paper said, with the evidence."""

from pathlib import Path
from typing import Any

import click

from vendorops.books.answers.bank_name_check import METHODS, RESULTS
from vendorops.cli.printing import emit
from vendorops.cli.session import FILE, WORDS, as_option, books_of, day_option, json_option
from vendorops.stages.bank_accounts import check_name as enter


@click.command("check-name", help="Say what the bank or a paper says of whose ACCOUNT is.")
@click.argument("account")
@click.option("--method", required=True, type=click.Choice(METHODS), help="How it was checked.")
@click.option("--result", required=True, type=click.Choice(RESULTS), help="no_match ends it.")
@click.option("--evidence", required=True, type=FILE, help="The answer, statement or letter.")
@click.option(
    "--reason", type=WORDS, default="checked the name", show_default=True, help="Kept for ever."
)
@as_option
@day_option
@json_option
def check_name(**given: Any) -> None:  # noqa: ANN401 - click's own.
    """Keep the evidence and answer the open question of the name check."""
    path: Path = given["evidence"]
    said = {name: given[name] for name in ("method", "result", "reason")}
    with books_of(given["actor"], given["as_of"]) as books:
        row = enter(books, given["account"], said | {"suffix": path.suffix}, path.read_bytes())
        told = {
            "case": row.reference,
            "about": row.subject_reference,
            "answer": row.answer,
            "result": given["result"],
        }
    emit([told], as_json=given["as_json"], title="Name check")
