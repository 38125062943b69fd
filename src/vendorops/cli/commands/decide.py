"""Answer what waits for you: approve or reject, with a reason."""

import json
from dataclasses import asdict
from datetime import datetime

import click

from vendorops.books import Answer, answer, correct
from vendorops.books.answers import NUMBER
from vendorops.books.idempotency import once
from vendorops.cli.printing import emit
from vendorops.cli.session import WORDS, as_option, books_of, day_option, json_option
from vendorops.identifiers import masked
from vendorops.tables import Decision


@click.command(help="Answer CASE (DEC-…) with approve or reject, and say why.")
@click.argument("case")
@click.argument("verdict", type=click.Choice(["approve", "reject"]))
@click.option(
    "--reason", type=WORDS, required=True, help="Kept in the history; no personal data, please."
)
@click.option(
    "--accept",
    "accepted",
    multiple=True,
    metavar="WORK=QUANTITY",
    help="Accept less of one item than was delivered, such as WRK-2026-000003=6.5.",
)
@click.option(
    "--grade",
    "graded",
    multiple=True,
    metavar="WORK=GRADE",
    help="Grade one item that is accepted by grade, such as WRK-2026-000003=A.",
)
@click.option(
    "--correct",
    "correcting",
    is_flag=True,
    help="Put this in the place of an answer that nothing has come of yet; both are kept.",
)
@click.option(
    "--detail",
    "details",
    multiple=True,
    metavar="KEY=VALUE",
    help="Add what the question asks for; KEY=- asks for it without showing it.",
)
@click.option("--key", help="Name of this command: given again, it gets the same answer.")
@as_option
@day_option
@json_option
def command(**given: object) -> None:
    """Write down one answer."""
    _decide(given)


def _decide(given: dict[str, object]) -> None:
    as_of = given["as_of"]
    actor = given["actor"]
    say = correct if given["correcting"] else answer
    detail = _by_work("accept", "6.5", given["accepted"])
    detail |= _by_work("grade", "A", given["graded"])
    detail |= _details(given["details"])
    said = Answer(str(given["case"]), str(given["verdict"]), str(given["reason"]), detail)
    with books_of(
        str(actor) if actor else None, as_of if isinstance(as_of, datetime) else None
    ) as books:
        key = given["key"]
        told = (
            once(books, str(key), _body(said, given), lambda: _told(say(books, said)))
            if key
            else _told(say(books, said))
        )
    emit([json.loads(told)], as_json=bool(given["as_json"]))


def _body(said: Answer, given: dict[str, object]) -> dict[str, object]:
    """Return what a command under a key stands for."""
    correcting = {"correct": True} if given["correcting"] else {}
    return asdict(said) | {"detail": _kept(said)} | correcting


def _told(row: Decision) -> str:
    told = {"case": row.reference, "about": row.subject_reference, "answer": row.answer}
    if row.on_behalf_of:
        told["in_the_place_of"] = row.on_behalf_of
    if row.steps > 1:
        told["step"] = f"{row.step} of {row.steps}"
    return json.dumps(told)


def _by_work(name: str, such_as: str, pairs: object) -> dict[str, object]:
    if not isinstance(pairs, tuple) or not pairs:
        return {}
    wanted = dict(pair.partition("=")[::2] for pair in pairs)
    if not all(wanted.values()):
        message = f"write it as WRK-2026-000003={such_as}"
        raise click.BadParameter(message, param_hint=f"--{name}")
    return {name: wanted}


def _details(pairs: object) -> dict[str, object]:
    found: dict[str, object] = {}
    for pair in pairs if isinstance(pairs, tuple) else ():
        key, _, value = str(pair).partition("=")
        if not value:
            raise click.BadParameter("write it as KEY=VALUE", param_hint="--detail")
        found[key] = click.prompt(key, hide_input=True, err=True) if value == "-" else value
    return found


def _kept(said: Answer) -> dict[str, object]:
    """Return the detail a key stands for; an account read back leaves its last digits only."""
    return {k: masked(str(v)) if k == NUMBER else v for k, v in said.detail.items()}
