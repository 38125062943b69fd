"""Answer questionnaires, contest what they came to, and ask them of contracts."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vendorops.cli.commands.mode.telling import STAGE, told
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    DAY,
    READER,
    WORDS,
    as_option,
    books_of,
    day_option,
    files_argument,
    json_option,
    opener,
)
from vendorops.cli.taking import check_taken, take_each
from vendorops.domain.refusal import Refused
from vendorops.questionnaires.answers import read_answers
from vendorops.stages import sweep
from vendorops.tables import ClassificationDecision, Contract
from vendorops.working import classified, classifying


class OfWhat(Refused):
    """Nobody said of which contracts a questionnaire is asked."""


@click.command()
@files_argument
@as_option
@day_option
@json_option
def decide(
    files: tuple[Path, ...], actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Decide by the answers in FILES (YAML or JSON); what is held waits for a person."""

    def take(path: Path) -> dict[str, Any]:
        sheet = read_answers(path.read_bytes())
        with books_of(actor, as_of) as books:
            subject = classifying.subject_named(books, sheet.subject)
            stated = classifying.Stated(subject, sheet.questionnaire, sheet.told, sheet.method)
            ident = classifying.classify(books, stated).id
        return _put(ident, as_of)

    rows = take_each(files, take)
    emit(rows, as_json=as_json, title="Decided")
    check_taken(rows)


@click.command()
@click.argument("classification")
@click.option(
    "--reason", type=WORDS, required=True, help="Why it is wrong; whoever decides reads it."
)
@as_option
@day_option
@json_option
def appeal(
    classification: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Contest CLASSIFICATION; somebody who took no part in it decides again."""
    with books_of(actor, as_of) as books:
        row = books.named(ClassificationDecision, classification)
        ident = classifying.appeal(books, row, reason).id
    emit([_put(ident, as_of)], as_json=as_json, title="Contested")


@click.command()
@click.argument("questionnaire")
@click.option("--contract", help="Of this contract only.")
@click.option("--program", default="", help="Of the contracts of this program.")
@click.option("--place", default="", help="And of this place.")
@click.option("--from", "valid_from", type=DAY, required=True, help="First day.")
@click.option("--reason", type=WORDS, required=True, help="Why it is asked.")
@as_option
@day_option
@json_option
def require(questionnaire: str, **given: Any) -> None:  # noqa: ANN401 - the options above.
    """Ask QUESTIONNAIRE of contracts: from a day on nothing is ordered under them without it."""
    if bool(given["contract"]) == bool(given["program"] or given["place"]):
        raise OfWhat("say --contract, or else --program or --place or both")
    with books_of(given["actor"], given["as_of"]) as books:
        of: Contract | tuple[str, str] = (given["program"], given["place"])
        if given["contract"]:
            of = books.named(Contract, given["contract"])
        day = given["valid_from"].date()
        duty = classified.require(books, questionnaire, of, day, given["reason"])
        row = {
            "questionnaire": duty.questionnaire,
            "contract": given["contract"],
            "program": duty.program or None,
            "place": duty.place or None,
            "from": duty.valid_from,
            "reason": duty.reason,
        }
    emit([row], as_json=given["as_json"], title="Asked")


def _put(ident: int, as_of: datetime | None) -> dict[str, Any]:
    """Put what waits before whoever settles it, and tell where it stands."""
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        return told(books, books.get(ClassificationDecision, ident))
