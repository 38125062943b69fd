"""A classification as people and scripts read it."""

import json
from typing import Any

from vendorops import questionnaires
from vendorops.books import Books
from vendorops.cli.waiting import waits_for
from vendorops.tables import ClassificationDecision
from vendorops.working.classified import clear

STAGE = "classification"


def told(books: Books, row: ClassificationDecision) -> dict[str, Any]:
    """Return what was decided, on what it rests, and for whom it waits."""
    return {
        "classification": row.reference,
        "about": row.subject_reference,
        "questionnaire": row.questionnaire,
        "version": row.version,
        "method": row.method,
        "result": row.result,
        "score": row.score,
        "held": bool(row.held),
        "outcome": row.outcome or None,
        "stands_in_the_way": not clear(row) and row.status != "superseded",
        "status": row.status,
        **waits_for(books, row),
    }


def told_fully(books: Books, row: ClassificationDecision) -> dict[str, Any]:
    """Return the same with answers, reasons, and what is usual after such a result."""
    asked = questionnaires.version(row.questionnaire, row.version)
    result = asked.results[row.result]
    return {
        **told(books, row),
        "title": {"zh": result.zh, "en": result.en},
        "usual": {name: list(of) for name, of in result.defaults.items()},
        "cite": asked.cite,
        "sure": asked.sure,
        "reasons": json.loads(row.reasons),
        "answers": json.loads(row.answers),
        "answers_sha256": row.answers_sha256,
        "rules_sha256": row.rules_sha256,
        "stated_by": row.stated_by,
        "stated_on": row.stated_on,
        "decided_on": row.decided_on,
        "appealed_by": row.appealed_by or None,
    }
