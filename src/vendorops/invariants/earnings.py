"""Pay plans: what must be true of reported facts and of what was entered as earned."""

from collections.abc import Iterator

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import DecisionStatus
from vendorops.invariants._rule import Invariant
from vendorops.tables import Decision, EarnedLine, ServiceSheet, WorkItem
from vendorops.working.earning import calculated_again, fact_reporters


def wrong_dues(books: Books) -> Iterator[str]:
    """Name the lines that are not what their facts come to by the plan of their days."""
    query = select(EarnedLine).order_by(col(EarnedLine.id))
    for line, due, _ in calculated_again(books, books.session.exec(query).all()):
        if due != line.due_minor:
            yield line.reference


def accepted_by_reporters(books: Books) -> Iterator[str]:
    """Name the sheets that somebody accepted who reported a fact behind them."""
    sheets = (
        select(ServiceSheet, Decision)
        .join(Decision, col(Decision.subject_id) == col(ServiceSheet.id))
        .where(
            col(Decision.subject_table) == ServiceSheet.__name__.lower(),
            col(Decision.status) == DecisionStatus.ANSWERED,
            col(Decision.answer) == "approve",
            col(ServiceSheet.id).in_(
                select(col(WorkItem.service_sheet_id)).join(
                    EarnedLine, col(EarnedLine.work_item_id) == col(WorkItem.id)
                )
            ),
        )
    )
    for sheet, decision in books.session.exec(sheets).all():
        if {decision.answered_by, decision.on_behalf_of} & {*fact_reporters(books, sheet)}:
            yield sheet.reference


INVARIANTS = (
    Invariant(
        "M120", "what a stretch earned is what its facts come to by the agreed plan", wrong_dues
    ),
    Invariant(
        "M121",
        "an earned line became one piece of work or one credit memo, of its amount and contract",
        """
        SELECT e.reference FROM earnedline e
        LEFT JOIN workitem w ON w.id = e.work_item_id
        LEFT JOIN creditmemo m ON m.source_table = 'earnedline' AND m.source_id = e.id
        WHERE (e.net_minor > 0 AND e.kind = 'earned') = (w.id IS NULL)
        OR (w.id IS NULL) = (m.id IS NULL)
        OR w.contract_id <> e.contract_id OR m.contract_id <> e.contract_id
        OR w.basis_minor <> abs(e.net_minor) OR m.net_minor <> abs(e.net_minor)
        OR w.quantity_e4 <> 10000 OR m.borne_by <> CASE
            WHEN e.kind <> 'earned' AND e.net_minor < 0 THEN 'returned' ELSE 'supplier' END
        UNION SELECT m.reference FROM creditmemo m WHERE m.source_table = 'earnedline'
        AND NOT EXISTS (SELECT 1 FROM earnedline e WHERE e.id = m.source_id)
        """,
    ),
    Invariant(
        "M122",
        "lines of earnings follow an agreed pay plan, numbered without a gap",
        """
        SELECT e.reference FROM earnedline e JOIN agreedterm t ON t.id = e.agreed_term_id
        WHERE t.kind <> 'pay_plan' OR t.status <> 'agreed' OR e.starts_on < t.valid_from
        OR (e.number > 1 AND NOT EXISTS (
            SELECT 1 FROM earnedline b WHERE b.agreed_term_id = e.agreed_term_id
            AND b.contract_id = e.contract_id AND b.stretch = e.stretch AND b.kind = e.kind
            AND b.number = e.number - 1))
        """,
    ),
    Invariant(
        "S100",
        "a fact takes the place of an earlier one of the same contract",
        """
        SELECT f.key FROM earningfact f JOIN earningfact o ON o.id = f.replaces_id
        WHERE o.contract_id <> f.contract_id OR o.id >= f.id OR o.kind = 'withdrawn'
        """,
    ),
    Invariant(
        "S101",
        "nobody accepted earnings whose facts the same person reported",
        accepted_by_reporters,
    ),
)
