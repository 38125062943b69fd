"""What engagements were found to be, and what dispatch rests on."""

from typing import Any

from tests.make.days import STARTS_ON
from tests.make.parties import legal_entity
from tests.make.rows import put
from vendorops import questionnaires
from vendorops.books import Books
from vendorops.tables import Contract, DispatchPost, Headcount

OUTSOURCED = frozenset({"our_tools"})
"""What of FO-1 is true of plain outsourcing."""
DISGUISED = frozenset({"directs_daily", "heads_times_rate", "mixed_main_business", "no_manager"})


def answers_of(code: str = "false_outsourcing", yes: Any = OUTSOURCED) -> dict[str, Any]:
    """Answers to a questionnaire of yes and no."""
    (asked,) = questionnaires.versions(code).versions.values()
    return {ident: {"is": "yes" if ident in yes else "no"} for ident in asked.questions}


def headcount(books: Books, employees: int, **changed: Any) -> Headcount:
    """Our own employees in China from the first day of the makers' contracts."""
    usual = {
        "legal_entity_id": legal_entity(books).id,
        "place": "cn",
        "valid_from": STARTS_ON,
        "employees": employees,
        "reason": "social insurance list",
        "entered_by": "lin.buyer",
    }
    return put(books, Headcount, usual, changed)


def post(books: Books, under: Contract, **changed: Any) -> DispatchPost:
    """An auxiliary post outside our main business, agreed with the employees."""
    usual = {
        "reference": books.reference("PST"),
        "contract_id": under.id,
        "name": "分拣 Sorting",
        "kind": "auxiliary",
        "main_business": "no",
        "procedure_done": "yes",
        "entered_by": "lin.buyer",
        "entered_on": STARTS_ON,
    }
    return put(books, DispatchPost, usual, changed)
