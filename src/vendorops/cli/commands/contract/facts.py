"""Show what holds under a contract on a day, as facts that every stage reads."""

import json
from datetime import datetime

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, opener
from vendorops.documents import contract_facts, facts_json
from vendorops.documents.telling import told
from vendorops.programs import program
from vendorops.tables import Contract


@click.command(help="Show what holds under CONTRACT (CON-…) on a day, amendments among it.")
@click.argument("contract")
@day_option
@json_option
def command(contract: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Print the facts of one contract."""
    with opener(READER, as_of)() as books:
        row = books.named(Contract, contract)
        facts = contract_facts(books, row, books.as_of)
    if as_json:
        emit([json.loads(facts_json(facts))], as_json=True)
    else:
        lines = told(facts, program(row.program)).items()
        emit([{"what": what, "agreed": said} for what, said in lines], as_json=False)
