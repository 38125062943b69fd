"""Runs: what must be true of settlements that were calculated, approved and booked together."""

from collections.abc import Iterator

from sqlmodel import col, select

from vendorops.books import Books, content_sha256
from vendorops.books.blocks import content_of
from vendorops.documents.statements import run_statement
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.invariants._rule import Invariant
from vendorops.invariants._together import keys
from vendorops.stages.settlement_runs.content import of_all
from vendorops.tables import Decision, Row, RowBlock, Settlement, SettlementRun

MINE = "s.id BETWEEN b.first_id AND b.first_id + b.count - 1"
"""Whether a settlement lies where the block of a run does."""


def _blocks_are_as_they_were_entered(books: Books) -> Iterator[str]:
    tables = {table.__name__.lower(): table for table in Row.__subclasses__()}
    for block in books.session.exec(select(RowBlock).order_by(col(RowBlock.id))):
        table = tables.get(block.of_table)
        if table is None or content_of(books, table, block) != block.content_sha256:
            yield f"{block.count} rows of {block.of_table} from {block.first_id} on"


def _runs_are_what_was_approved(books: Books) -> Iterator[str]:
    for run in books.session.exec(select(SettlementRun).order_by(col(SettlementRun.reference))):
        block = books.session.get(RowBlock, run.settlement_block_id)
        here = keys(block) if block else range(0)
        query = select(Settlement.content_sha256).where(
            col(Settlement.id).between(here.start, here.stop - 1)
        )
        contents = list(books.session.exec(query.order_by(col(Settlement.id))))
        same = bool(contents) and of_all(contents) == run.content_sha256
        if not (same and _is_approved(books, run)):
            yield run.reference


def _is_approved(books: Books, run: SettlementRun) -> bool:
    """Tell whether a sealed run was approved as it stands; others need not be."""
    if run.status != SettlementStatus.SEALED:
        return True
    query = select(Decision.id).where(
        col(Decision.subject_table) == "settlementrun",
        col(Decision.subject_id) == run.id,
        col(Decision.answer) == "approve",
        col(Decision.content_sha256) == content_sha256(run_statement(books, run)),
    )
    return books.session.exec(query).first() is not None


INVARIANTS = (
    Invariant(
        "M150",
        "a run is the sum of its settlements",
        f"""
        SELECT r.reference FROM settlementrun r
        LEFT JOIN rowblock b ON b.id = r.settlement_block_id
        LEFT JOIN settlement s ON {MINE}
        GROUP BY r.reference, r.count, r.net_minor, r.tax_minor, r.withheld_minor, r.payable_minor
        HAVING count(s.id) <> r.count OR coalesce(sum(s.net_minor), 0) <> r.net_minor
        OR coalesce(sum(s.tax_minor), 0) <> r.tax_minor
        OR coalesce(sum(s.withheld_minor), 0) <> r.withheld_minor
        OR coalesce(sum(s.payable_minor), 0) <> r.payable_minor
        """,  # noqa: S608 - a constant of this module.
    ),
    Invariant(
        "M151",
        "a settlement of a run is of its payer, month and currency, and stands where the run does",
        f"""
        SELECT s.reference FROM settlement s
        JOIN settlementrun r ON r.id = s.settlement_run_id
        JOIN contract c ON c.id = s.contract_id
        LEFT JOIN rowblock b ON b.id = r.settlement_block_id
        WHERE b.id IS NULL OR NOT ({MINE}) OR s.status <> r.status OR s.month <> r.month
        OR s.currency <> r.currency OR c.legal_entity_id <> r.legal_entity_id
        OR c.program <> r.program OR c.place <> r.place
        """,  # noqa: S608 - a constant of this module.
    ),
    Invariant(
        "S130",
        "rows that were entered together still say what the history saw them say",
        _blocks_are_as_they_were_entered,
    ),
    Invariant(
        "S131",
        "the content of a run is that of its settlements, as it was approved",
        _runs_are_what_was_approved,
    ),
)
