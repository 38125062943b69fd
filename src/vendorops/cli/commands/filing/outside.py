"""Record what became of a return outside: handed in, accepted, rejected."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.books.standing import refuse_outsider
from vendorops.cli.commands.filing.carrying import answered, carried, filing_argument, shown
from vendorops.cli.session import FILE, as_option, books_of, day_option, json_option
from vendorops.documents import keep

receipt_file_option = click.option(
    "--file", "evidence", type=FILE, help="The paper or screen that shows it; it is kept."
)
on_option = click.option(
    "--on", "on_day", type=click.DateTime(["%Y-%m-%d"]), help="When; today unless given."
)


@click.command(help="Record that the file of FILING (RET-…) was handed in, with its receipt.")
@filing_argument
@click.option("--receipt", required=True, help="The number that the office gave.")
@click.option("--reason", default="handed in", help="What else is worth remembering.")
@on_option
@receipt_file_option
@as_option
@day_option
@json_option
def submit(  # noqa: PLR0913 - one parameter an option.
    *,
    filing: str,
    receipt: str,
    reason: str,
    on_day: datetime | None,
    evidence: Path | None,
    actor: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Answer in a person's name that it was handed in."""
    detail = _detail(receipt, on_day, evidence, (actor, as_of))
    ident = carried(filing, as_of)
    answered(ident, ("filing_submission",), (actor, as_of), ("approve", reason, detail))
    shown(filing, as_of, as_json=as_json)


@click.command(help="Record that the office accepted FILING (RET-…).")
@filing_argument
@click.option("--receipt", default="", help="The number of its notice, if there is one.")
@click.option("--reason", default="accepted", help="What else is worth remembering.")
@on_option
@receipt_file_option
@as_option
@day_option
@json_option
def accept(  # noqa: PLR0913 - one parameter an option.
    *,
    filing: str,
    receipt: str,
    reason: str,
    on_day: datetime | None,
    evidence: Path | None,
    actor: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Answer in a person's name what the office said."""
    detail = _detail(receipt, on_day, evidence, (actor, as_of))
    ident = carried(filing, as_of)
    answered(ident, ("filing_outcome",), (actor, as_of), ("approve", reason, detail))
    shown(filing, as_of, as_json=as_json)


@click.command(
    help="Reject FILING (RET-…): in the house, because it is wrong; outside, because it was not"
    " handed in, or because the office rejected it. Another version is prepared."
)
@filing_argument
@click.option("--reason", required=True, help="What is wrong; of the office, its words.")
@as_option
@day_option
@json_option
def reject(
    filing: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Answer no to whatever is asked about the return."""
    ident = carried(filing, as_of)
    kinds = ("filing", "filing_submission", "filing_outcome")
    answered(ident, kinds, (actor, as_of), ("reject", reason, {}))
    shown(filing, as_of, as_json=as_json)


def _detail(
    receipt: str,
    on_day: datetime | None,
    evidence: Path | None,
    who: tuple[str | None, datetime | None],
) -> dict[str, object]:
    """Return what the answer brings; the evidence is kept first."""
    detail: dict[str, object] = {"receipt": receipt} if receipt else {}
    if on_day:
        detail["on"] = on_day.date().isoformat()
    if evidence:
        with books_of(*who) as books:
            refuse_outsider(books)
            data = evidence.read_bytes()
            detail["evidence"] = keep(books, data, "receipt of a tax office", evidence.suffix)
    return detail
