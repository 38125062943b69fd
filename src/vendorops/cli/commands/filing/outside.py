"""Record what became of a return outside: handed in, accepted, rejected."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vendorops.books.standing import refuse_outsider
from vendorops.cli.commands.filing.carrying import answered, carried, filing_argument, shown
from vendorops.cli.session import DAY, FILE, WORDS, as_option, books_of, day_option, json_option
from vendorops.documents import keep

Command = Callable[..., None]
receipt_file_option = click.option(
    "--file", "evidence", type=FILE, help="The paper or screen that shows it; it is kept."
)
on_option = click.option("--on", "on_day", type=DAY, help="When; today unless given.")


def outside_options(command: Command) -> Command:
    """Give a command what a person tells besides of what became of a return outside."""
    for option in (json_option, day_option, as_option, receipt_file_option, on_option):
        command = option(command)
    return filing_argument(command)


@click.command(help="Record that the file of FILING (RET-…) was handed in, with its receipt.")
@outside_options
@click.option("--receipt", required=True, help="The number that the office gave.")
@click.option("--reason", type=WORDS, default="handed in", help="What else is worth remembering.")
def submit(**given: Any) -> None:  # noqa: ANN401 - the options above.
    """Answer in a person's name that it was handed in."""
    _recorded("filing_submission", **given)


@click.command(help="Record that the office accepted FILING (RET-…).")
@outside_options
@click.option("--receipt", default="", help="The number of its notice, if there is one.")
@click.option("--reason", type=WORDS, default="accepted", help="What else is worth remembering.")
def accept(**given: Any) -> None:  # noqa: ANN401 - the options above.
    """Answer in a person's name what the office said."""
    _recorded("filing_outcome", **given)


def _recorded(kind: str, filing: str, reason: str, *, as_json: bool, **given: Any) -> None:  # noqa: ANN401 - as above.
    """Answer yes to a question about a return, with receipt, day and evidence as given."""
    who = given["actor"], given["as_of"]
    detail = _detail(given["receipt"], given["on_day"], given["evidence"], who)
    ident = carried(filing, given["as_of"])
    answered(ident, (kind,), who, ("approve", reason, detail))
    shown(filing, given["as_of"], as_json=as_json)


@click.command(
    help="Reject FILING (RET-…): in the house, because it is wrong; outside, because it was not"
    " handed in, or because the office rejected it. Another version is prepared."
)
@filing_argument
@click.option(
    "--reason", type=WORDS, required=True, help="What is wrong; of the office, its words."
)
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
