"""Tell whom another version of a questionnaire would judge otherwise."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from vendorops import questionnaires
from vendorops.cli.printing import emit
from vendorops.cli.session import FILE, READER, day_option, json_option, opener
from vendorops.cli.texts import text_of
from vendorops.domain.classification import Questionnaire
from vendorops.working.back_testing import Changed
from vendorops.working.back_testing import back_test as tested


@click.command("back-test")
@click.argument("questionnaire")
@click.option("--version", help="First day of another version; that of the day unless given.")
@click.option("--file", "draft", type=FILE, help="A draft named <code>.<first day>.yaml.")
@click.option("--all", "every", is_flag=True, help="Also those that would stay as they are.")
@day_option
@json_option
def back_test(questionnaire: str, **given: Any) -> None:  # noqa: ANN401 - the options above.
    """List the standing decisions of QUESTIONNAIRE that another version would make otherwise.

    Nothing is changed.
    """
    with opener(READER, given["as_of"])() as books:
        other = _other(questionnaire, books.as_of, given["version"], given["draft"])
        found = tested(books, other, max(books.as_of, other.since))
        rows = [_told(each) for each in found if given["every"] or each.differs]
    emit(rows, as_json=given["as_json"], title=f"Otherwise by {other.version}")


def _other(code: str, day: date, version: str | None, draft: Path | None) -> Questionnaire:
    if draft:
        return questionnaires.questionnaire_from(text_of(draft), draft.stem)
    return questionnaires.version(code, version) if version else questionnaires.on(code, day)


def _told(each: Changed) -> dict[str, object]:
    row, then = each.decision, each.outcome
    return {
        "classification": row.reference,
        "about": row.subject_reference,
        "version": row.version,
        "result": row.result,
        "held": bool(row.held),
        "score": row.score,
        "then": then.result if then else None,
        "then_held": then.held if then else None,
        "then_score": then.score if then else None,
        "missing": each.missing or None,
    }
