"""What people said of the layout of a supplier's statements: saved, and found for a file."""

import json

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.currencies import EXPONENTS
from vendorops.domain.refusal import Refused
from vendorops.domain.statement_mapping import (
    DATE_ORDERS,
    DECIMALS,
    IGNORED,
    INFORMATION,
    MEANINGS,
    StatementMapping,
    layout_sha256,
)
from vendorops.tables import StatementLayout, Supplier

MOST_COLUMNS = 200
NEEDED = ("quantity", "price", "amount")


class BadMapping(Refused):
    """A mapping that cannot be followed."""


def save(books: Books, supplier: Supplier, mapping: StatementMapping) -> StatementLayout:
    """Keep a mapping for a supplier from today on; the same one again changes nothing.

    The one before stays in the books and holds no more. Raises BadMapping.
    """
    check(mapping)
    layout = layout_sha256(mapping.headings)
    known = in_force(books, layout, supplier.id)
    if known and mapping_of(known[0]) == mapping:
        return known[0]
    return books.enter(
        StatementLayout(
            id=books.key(),
            reference=books.reference("MAP"),
            supplier_id=supplier.id,
            layout_sha256=layout,
            columns=json.dumps(mapping.columns, ensure_ascii=False),
            decimal=mapping.decimal,
            date_order=mapping.date_order,
            currency=mapping.currency,
            valid_from=books.as_of,
            saved_by=books.actor,
        ),
        because=f"what the columns of statements of {supplier.reference} mean",
    )


def check(mapping: StatementMapping) -> None:
    """Refuse a mapping that names unknown meanings, one of them twice, or lacks a needed one."""
    meanings = [meaning for _, meaning in mapping.columns]
    unknown = [meaning for meaning in meanings if meaning not in MEANINGS]
    if unknown:
        raise BadMapping(
            f"E_MAPPING_MEANING: {unknown[0][:40]!r} is no meaning of a column; write one of"
            f" {', '.join(MEANINGS)}"
        )
    single = [meaning for meaning in meanings if meaning not in (IGNORED, *INFORMATION)]
    twice = next((meaning for meaning in single if single.count(meaning) > 1), "")
    if twice:
        raise BadMapping(f"E_MAPPING_TWICE: two columns mean {twice}; ignore one of them")
    missing = [name for name in NEEDED if name not in meanings]
    if missing:
        raise BadMapping(f"E_MAPPING_MISSING: no column means {', '.join(missing)}; name one")
    if len(meanings) > MOST_COLUMNS:
        raise BadMapping(f"E_MAPPING_LIMIT: more than {MOST_COLUMNS} columns; leave some out")
    _check_marks(mapping)


def _check_marks(mapping: StatementMapping) -> None:
    if mapping.decimal not in DECIMALS or mapping.date_order not in DATE_ORDERS:
        raise BadMapping(
            "E_MAPPING_MARK: decimal is . or , and date_order is dmy or mdy; leave out what the"
            " file shows by itself"
        )
    if mapping.currency and mapping.currency not in EXPONENTS:
        raise BadMapping("E_MAPPING_CURRENCY: currency is no ISO 4217 code; write one such as CNY")


def in_force(books: Books, layout: str, supplier_id: int | None = None) -> list[StatementLayout]:
    """Return the newest mapping of each supplier for a layout, or of one supplier."""
    query = select(StatementLayout).where(
        col(StatementLayout.layout_sha256) == layout,
        col(StatementLayout.valid_from) <= books.as_of,
    )
    if supplier_id is not None:
        query = query.where(col(StatementLayout.supplier_id) == supplier_id)
    rows = books.session.exec(query.order_by(col(StatementLayout.id)))
    newest = {row.supplier_id: row for row in rows}
    return list(newest.values())


def mapping_of(row: StatementLayout) -> StatementMapping:
    """Return what was said in a row."""
    columns = tuple((str(heading), str(meaning)) for heading, meaning in json.loads(row.columns))
    return StatementMapping(columns, row.decimal, row.date_order, row.currency)
