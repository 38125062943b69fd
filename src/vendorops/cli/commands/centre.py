"""Cost centres, and which shares of contracts and orders they bear: open, split, list."""

from datetime import datetime
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.naming_us import our_company
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    DAY,
    NAME,
    READER,
    as_option,
    books_of,
    day_option,
    json_option,
    opener,
    reason_option,
)
from vendorops.domain.measure import price_e6, price_text
from vendorops.tables import Contract, CostCentre, CostSplit, LegalEntity, WorkOrder
from vendorops.working.cost_centres import NotSplittable, Subject, open_centre, split


@click.group(help="Cost centres, and which shares of contracts and orders they bear.")
def command() -> None:
    """Group the commands."""


@command.command("open", help="Open cost centre CODE of one of our companies.")
@click.argument("code")
@click.option("--name", type=NAME, required=True, help="What it stands for.")
@click.option("--entity", required=True, help="Code of our company.")
@as_option
@day_option
@json_option
def opening(code: str, name: str, entity: str, **given: Any) -> None:  # noqa: ANN401 - click's own.
    """Open one centre."""
    with books_of(given["actor"], given["as_of"]) as books:
        row = open_centre(books, our_company(books, entity), code, name)
        told = _opened(row, entity)
    emit([told], as_json=given["as_json"], title="Open")


@command.command("split", help="Say who bears REF, a contract or an order, from a day on.")
@click.argument("ref")
@click.option("--share", "shares", multiple=True, required=True, help="CODE=PERCENT; sum to 100.")
@click.option("--from", "since", type=DAY, required=True, help="First day.")
@reason_option
@as_option
@day_option
@json_option
def splitting(ref: str, shares: tuple[str, ...], **given: Any) -> None:  # noqa: ANN401 - click's own.
    """Enter the shares of one day."""
    wanted = dict(_share(told) for told in shares)
    if len(wanted) < len(shares):
        raise NotSplittable("a cost centre is there twice; keep one share of it")
    with books_of(given["actor"], given["as_of"]) as books:
        since, reason = given["since"].date(), given["reason"]
        split(books, _subject(books, ref), wanted, since, reason)
        rows = _told(books, ref)
    emit(rows, as_json=given["as_json"], title=f"Who bears {ref}")


@command.command("list", help="List cost centres; with REF, who bears a contract or an order.")
@click.argument("ref", required=False)
@day_option
@json_option
def listed(ref: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """List centres, or shares."""
    with opener(READER, as_of)() as books:
        rows = _told(books, ref) if ref else _centres(books)
    emit(rows, as_json=as_json, title=f"Who bears {ref}" if ref else "Cost centres")


def _share(told: str) -> tuple[str, int]:
    code, _, percent = told.partition("=")
    share = price_e6(percent.strip().removesuffix("%").strip() or "none")
    if share % 100:
        raise NotSplittable(f"{told}: give a percentage of four decimals at most")
    return code.strip(), share // 100


def _subject(books: Books, ref: str) -> Subject:
    found = books.session.exec(select(Contract).where(col(Contract.reference) == ref)).first()
    return found or books.named(WorkOrder, ref)


def _centres(books: Books) -> list[dict[str, object]]:
    query = select(CostCentre, LegalEntity.code).join(
        LegalEntity, col(LegalEntity.id) == col(CostCentre.legal_entity_id)
    )
    found = books.session.exec(query.order_by(col(CostCentre.code)))
    return [_opened(row, entity) for row, entity in found]


def _opened(row: CostCentre, entity: str) -> dict[str, object]:
    return {"centre": row.code, "name": row.name, "entity": entity, "opened": row.opened_on}


def _told(books: Books, ref: str) -> list[dict[str, object]]:
    subject = _subject(books, ref)
    query = (
        select(CostSplit, CostCentre.code)
        .join(CostCentre, col(CostCentre.id) == col(CostSplit.cost_centre_id))
        .where(
            col(CostSplit.subject_table) == type(subject).__name__.lower(),
            col(CostSplit.subject_id) == subject.id,
        )
        .order_by(col(CostSplit.valid_from), col(CostCentre.code))
    )
    return [
        {
            "reference": ref,
            "from": row.valid_from,
            "centre": code,
            "percent": price_text(row.share_e6 * 100),
            "reason": row.because,
        }
        for row, code in books.session.exec(query)
    ]
