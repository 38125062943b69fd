"""Show questionnaires, and what was decided by them."""

from collections.abc import Iterator, Mapping
from datetime import datetime

import click
from sqlmodel import col, select

from vendorops import questionnaires
from vendorops.cli.commands.mode.telling import told, told_fully
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, opener
from vendorops.domain.classification import Questionnaire
from vendorops.tables import ClassificationDecision
from vendorops.working.classifying import subject_named


@click.command()
@click.argument("questionnaire", required=False)
@click.option("--method", default="", help="How it is weighed, where there are several ways.")
@click.option("--blank", is_flag=True, help="Print a file of answers to be filled in.")
@day_option
@json_option
def questions(
    questionnaire: str | None,
    method: str,
    as_of: datetime | None,
    *,
    blank: bool,
    as_json: bool,
) -> None:
    """List the questionnaires, or what QUESTIONNAIRE asks."""
    with opener(READER, as_of)() as books:
        day = books.as_of
    if questionnaire is None:
        known = [questionnaires.on(code, day) for code in questionnaires.codes()]
        emit(map(_titled, known), as_json=as_json, title="Questionnaires")
        return
    asked = questionnaires.on(questionnaire, day)
    if blank:
        click.echo("\n".join(_blank(asked, method or asked.usual_method)))
        return
    emit(_asked(asked, method), as_json=as_json, title=f"{asked.en} {asked.zh}")


@click.command()
@click.argument("classification")
@json_option
def show(classification: str, *, as_json: bool) -> None:
    """Show what CLASSIFICATION rests on, and what is usual after its result."""
    with opener(READER)() as books:
        row = told_fully(books, books.named(ClassificationDecision, classification))
    emit([row], as_json=as_json, title=classification)


@click.command("list")
@click.option("--about", help="Of this contract, order or supplier only.")
@click.option("--questionnaire", help="Of this questionnaire only.")
@click.option("--all", "every", is_flag=True, help="Also those that others took the place of.")
@day_option
@json_option
def listed(
    about: str | None,
    questionnaire: str | None,
    as_of: datetime | None,
    *,
    every: bool,
    as_json: bool,
) -> None:
    """List decisions that stand, oldest first."""
    query = select(ClassificationDecision)
    if about:
        query = query.where(col(ClassificationDecision.subject_reference) == about)
    if questionnaire:
        questionnaires.versions(questionnaire)  # A slip is not "nothing".
        query = query.where(col(ClassificationDecision.questionnaire) == questionnaire)
    if not every:
        query = query.where(col(ClassificationDecision.status) != "superseded")
    with opener(READER, as_of)() as books:
        if about:
            subject_named(books, about)
        found = books.session.exec(query.order_by(col(ClassificationDecision.id)))
        rows = [told(books, row) for row in found]
    emit(rows, as_json=as_json, title="Classifications")


def _titled(asked: Questionnaire) -> dict[str, object]:
    return {
        "questionnaire": asked.code,
        "version": asked.version,
        "en": asked.en,
        "zh": asked.zh,
        "methods": list(asked.methods),
        "results": list(asked.results),
        "cite": asked.cite if asked.sure else f"{asked.cite}; unconfirmed",
    }


def _asked(asked: Questionnaire, method: str) -> Iterator[Mapping[str, object]]:
    wanted = asked.method(method).questions if method else tuple(asked.questions)
    for ident in wanted:
        each = asked.questions[ident]
        yield {
            "id": ident,
            "en": each.en,
            "zh": each.zh,
            "answers": list(each.allowed),
            "weight": each.weight or None,
            "evidence": "asked" if each.evidence else None,
        }


def _blank(asked: Questionnaire, method: str) -> Iterator[str]:
    yield f"questionnaire: {asked.code}"
    yield "subject: # CON-…, WO-…, SOW-…, TO-… or SUP-…"
    yield f"method: {method}"
    yield "answers:"
    for ident in asked.method(method).questions:
        each = asked.questions[ident]
        yield f"  # {each.en} {each.zh}: {', '.join(each.allowed)}"
        yield f"  {ident}: {'{is: , evidence: }' if each.evidence else ''}"
