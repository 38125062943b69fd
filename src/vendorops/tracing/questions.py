"""A question put to people: what it was, under which rule, who answered, and what it was about."""

from collections.abc import Callable, Mapping

from vendorops.books import Books
from vendorops.domain.money import Money
from vendorops.tables import ApprovalRule, Decision
from vendorops.tracing.decisions import decision_node
from vendorops.tracing.tree import Node

Trace = Callable[[Books, str], Node]


def trace_question(books: Books, reference: str, kinds: Mapping[str, Trace]) -> Node:
    """Return a question and its answer, with the tree of what it was about where there is one.

    `kinds` says by the first letters of a reference what unfolds it.
    """
    row = books.named(Decision, reference)
    rule = books.get(ApprovalRule, row.rule_id) if row.rule_id else None
    node = decision_node(row)
    facts = {
        "question": row.question,
        "asked_by": row.asked_by,
        "asked_on": row.asked_on.isoformat(),
        "due_on": row.due_on.isoformat(),
        "owner": row.owner,
        "rule": f"{rule.reference}: {rule.cite}" if rule else "",
        "status": row.status,
        **node.facts,
    }
    trace = kinds.get(row.subject_reference.partition("-")[0])
    about = (trace(books, row.subject_reference),) if trace else ()
    amount = Money(row.amount_minor, row.currency) if row.currency else None
    return Node("decision", reference, amount, facts, parts=about)
