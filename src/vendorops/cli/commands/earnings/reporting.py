"""Report what was brought: sales, revenue, costs, units, days, finished projects and products."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.commands.earnings.agreeing import take_answers
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
from vendorops.domain.measure import quantity_text
from vendorops.domain.money import Money
from vendorops.stages import sweep
from vendorops.tables import Contract, EarningFact
from vendorops.working.earning import read_facts
from vendorops.working.earning import report as enter

STAGE = "earnings"


@click.command()
@file_argument
@click.option("--contract", help="CON-… the facts of a table belong to; YAML names it itself.")
@as_option
@day_option
@json_option
def report(
    file: Path,
    contract: str | None,
    actor: str | None,
    as_of: datetime | None,
    *,
    as_json: bool,
) -> None:
    """Report the facts of FILE (YAML, or a table as CSV or XLSX), all or none; then calculate.

    Ends with 1 where the facts were entered and what they come to was refused.
    """
    data = file.read_bytes()
    said = read_facts(data, file.suffix, contract)
    take_answers(said.contract, as_of)
    with books_of(actor, as_of) as books:
        rows, known = enter(books, said, data, file.suffix)
        idents, of = [row.id for row in rows], books.named(Contract, said.contract).id
    outcome = sweep(STAGE, opener(f"system:{STAGE}", as_of), [of])
    refused = outcome.refused[0][1] if outcome.refused else None
    with opener(READER, as_of)() as books:
        found = books.get(Contract, of)
        told = [_told(books.get(EarningFact, ident), found) for ident in idents]
    emit(told, as_json=as_json, title="Facts reported", kind="fact")
    done = {"contract": said.contract, "new": len(idents), "known": known, "refused": refused}
    emit([done], as_json=as_json, title="Report", kind="report")
    if refused:
        click.get_current_context().exit(1)


def _told(row: EarningFact, contract: Contract) -> dict[str, object]:
    return {
        "key": row.key,
        "what": row.kind,
        "code": row.code or None,
        "subject": row.subject or None,
        "day": row.first,
        "through": row.last if row.last != row.first else None,
        "quantity": quantity_text(row.quantity_e4) if row.quantity_e4 else None,
        "amount": Money(row.amount_minor, contract.currency) if row.amount_minor else None,
    }
