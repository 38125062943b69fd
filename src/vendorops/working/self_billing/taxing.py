"""Whether what we are about to bill is taxed as we expect of the supplier's own claims."""

from collections.abc import Sequence

from sqlmodel import col, or_, select

from vendorops.books import Books
from vendorops.documents.self_billed import Content, NotBillable
from vendorops.domain.paper import percent_text
from vendorops.tables import Contract, InputTax, WorkItem


def refuse_other_tax(
    books: Books, contract: Contract, items: Sequence[WorkItem], content: Content
) -> None:
    """Refuse work that the agreement taxes otherwise than the tax on file: it would be disputed.

    Of the rows on file one of the supplier goes before one for all, then one of the category of
    work, then the newest, as reconciliation has it.
    """
    query = select(InputTax).where(
        col(InputTax.place) == contract.place,
        col(InputTax.program) == contract.program,
        or_(
            col(InputTax.supplier_id).is_(None), col(InputTax.supplier_id) == contract.supplier_id
        ),
    )
    on_file = list(books.session.exec(query))
    lines = content["lines"]
    if not on_file or not isinstance(lines, list):
        return
    for item, line in zip(items, lines, strict=True):
        tax = _held(on_file, item)
        billed = (line["category"], line["rate_e4"])
        if tax and billed[0] and billed != (tax.category, tax.rate_e4):
            raise NotBillable(
                f"{item.reference} would be taxed {_said(*billed)}, but on file is"
                f" {_said(tax.category, tax.rate_e4)} ({tax.cite}); load the tax that holds, or"
                " agree on another tax_treatment"
            )


def _held(rows: Sequence[InputTax], item: WorkItem) -> InputTax | None:
    held = [
        row for row in rows if row.valid_from <= item.performed_on and row.term in ("", item.term)
    ]
    return max(
        held,
        key=lambda row: (row.supplier_id is not None, row.term, row.valid_from, row.id),
        default=None,
    )


def _said(category: str, rate_e4: int) -> str:
    return f"{category} {percent_text(rate_e4)} %"
