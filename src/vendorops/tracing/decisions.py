"""Who decided what, when, why, and on which content."""

from collections.abc import Sequence

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import DecisionStatus
from vendorops.tables import Decision, Row
from vendorops.tracing.tree import Node

GIVEN = (DecisionStatus.ANSWERED, DecisionStatus.CORRECTED)


def decisions_about(books: Books, rows: Sequence[Row]) -> dict[int, list[Decision]]:
    """Return the answers given about rows of one table, by row, in the order of their asking.

    One that was corrected is among them, before the one that took its place.
    """
    found: dict[int, list[Decision]] = {row.id: [] for row in rows}
    if rows:
        query = select(Decision).where(
            col(Decision.subject_table) == type(rows[0]).__name__.lower(),
            col(Decision.subject_id).in_(list(found)),
            col(Decision.status).in_(GIVEN),
        )
        for decision in books.session.exec(query.order_by(col(Decision.id))):
            found[decision.subject_id].append(decision)
    return found


def trace_decisions(books: Books, row: Row) -> tuple[Node, ...]:
    """Return the nodes of the answers given about one row."""
    return tuple(decision_node(each) for each in decisions_about(books, [row])[row.id])


def decision_node(decision: Decision) -> Node:
    """Return one answer."""
    facts = {
        "asks": decision.kind,
        "about": decision.subject_reference,
        "answer": decision.answer,
        "by": decision.answered_by,
        "on": f"{decision.answered_on}",
        "reason": decision.reason,
        "authority": decision.authority,
        "content_sha256": decision.content_sha256,
    }
    if decision.role:
        facts["asked_of"] = decision.role
    if decision.steps > 1:
        facts["step"] = f"{decision.step} of {decision.steps}"
    if decision.on_behalf_of:
        facts["in_the_place_of"] = decision.on_behalf_of
    if decision.status == DecisionStatus.CORRECTED:
        facts["corrected"] = "a later answer took its place"
    return Node("decision", decision.reference, facts=facts)
