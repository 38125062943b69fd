"""What stands on the sheets of a month's workbook, from its summary to its allocations."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from vendorops.books import Books
from vendorops.documents.figure_books import Row, Sheet
from vendorops.documents.months.ageing import ageing
from vendorops.documents.months.telling import ContractMonth, Line, age_days, is_open
from vendorops.documents.months.waterfall import SENTENCES, title, waterfall
from vendorops.domain.measure import PRICE_PLACES, QUANTITY_PLACES
from vendorops.domain.money import Money
from vendorops.tables import Party, ServiceSheet


def sheets(books: Books, months: Sequence[ContractMonth]) -> list[Sheet]:
    """Return the sheets of a supplier's month."""
    return [
        _summary(books, months),
        _lines(months),
        _differences(months),
        _adjustments(months),
        _exceptions(books, months),
        _ageing(books, months),
        _allocations(books, months),
    ]


def _summary(books: Books, months: Sequence[ContractMonth]) -> Sheet:
    supplier = months[0].supplier
    name = books.get(Party, supplier.party_id).name
    rows = [
        (
            supplier.reference,
            name,
            of.month,
            of.contract.reference,
            title(step.code, "en"),
            step.amount,
            of.currency,
        )
        for of in months
        for step in waterfall(of)
    ]
    columns = ("supplier", "name", "month", "contract", "step", "amount", "currency")
    return Sheet("summary", columns, rows, frozen=0)


def _lines(months: Sequence[ContractMonth]) -> Sheet:
    columns = (
        *("invoice", "line", "number", "description", "work", "quantity", "price", "claimed"),
        *("matched", "tolerated", "disputed", "paid net", "paid tax", "currency", "settlement"),
        *("reconciliation", "invoice status"),
    )
    return Sheet("lines", columns, [_line(line) for of in months for line in of.lines], frozen=2)


def _line(line: Line) -> Row:
    def money(minor: int) -> Money:
        return Money(minor, line.invoice.currency)

    paid, settlement = line.settled or (None, None)
    return (
        line.invoice.reference,
        line.row.line,
        line.invoice.number,
        line.row.description,
        line.row.work_reference,
        _quantity(line.row.quantity_e4),
        _price(line.row.price_e6),
        money(line.row.net_minor),
        money(line.matched_minor),
        money(line.differing_minor("tolerated")),
        money(line.differing_minor("disputed")),
        money(paid.net_minor) if paid else None,
        money(paid.tax_minor) if paid else None,
        line.invoice.currency,
        settlement.reference if settlement else "",
        line.run.reference if line.run else "",
        line.invoice.status,
    )


def _differences(months: Sequence[ContractMonth]) -> Sheet:
    columns = (
        "invoice",
        "line",
        "reason",
        "amount",
        "currency",
        "treatment",
        "meaning",
        "reconciliation",
    )
    rows = [
        (
            line.invoice.reference,
            line.row.line,
            row.reason,
            Money(row.amount_minor, of.currency),
            of.currency,
            row.treatment,
            SENTENCES[row.reason],
            line.run.reference if line.run else "",
        )
        for of in months
        for line in of.lines
        for row in line.differences
    ]
    return Sheet("differences", columns, rows, frozen=2)


def _adjustments(months: Sequence[ContractMonth]) -> Sheet:
    """Return what no claim brings: every credit memo of the month, with its reason."""
    columns = (
        *("memo", "reason", "meaning", "of", "month", "borne by", "net", "taken net", "taken tax"),
        *("currency", "status", "why"),
    )
    rows = [
        (
            each.memo.reference,
            each.memo.kind,
            title(each.kind, "en"),
            each.memo.source_reference,
            each.memo.month,
            each.memo.borne_by,
            Money(each.memo.net_minor, of.currency),
            Money(each.net_minor, of.currency),
            Money(each.tax_minor, of.currency),
            of.currency,
            each.memo.status,
            each.memo.sentence,
        )
        for of in months
        for each in of.memos
    ]
    return Sheet("adjustments", columns, rows)


def _exceptions(books: Books, months: Sequence[ContractMonth]) -> Sheet:
    columns = (
        *("invoice", "line", "reason", "disputed", "currency", "state", "days", "asked on"),
        *("due on", "owner", "answered on", "answer", "by", "why", "decision"),
    )
    rows = [
        row for of in months for line in of.lines for row in _exceptions_of(of, line, books.as_of)
    ]
    return Sheet("exceptions", columns, rows, frozen=2)


def _exceptions_of(of: ContractMonth, line: Line, as_of: date) -> list[Row]:
    decision = of.decided.get(line.invoice.id)
    return [
        (
            line.invoice.reference,
            line.row.line,
            row.reason,
            Money(row.amount_minor, of.currency),
            of.currency,
            "waiting" if is_open(line) else "decided",
            age_days(decision, line, as_of),
            *(
                (
                    decision.asked_on,
                    decision.due_on,
                    decision.owner,
                    decision.answered_on,
                    decision.answer,
                    decision.answered_by or "",
                    decision.reason,
                    decision.reference,
                )
                if decision
                else (None, None, "", None, "", "", "", "")
            ),
        )
        for row in line.differences
        if row.treatment == "disputed"
    ]


def _ageing(books: Books, months: Sequence[ContractMonth]) -> Sheet:
    rows = [
        (each.title, each.waiting, each.decided, currency)
        for currency in sorted({of.currency for of in months})
        for each in ageing(months, books.as_of, currency)
    ]
    return Sheet("ageing", ("days", "waiting", "decided", "currency"), rows)


def _allocations(books: Books, months: Sequence[ContractMonth]) -> Sheet:
    columns = (
        *("invoice", "line", "work", "done on", "description", "accepted", "allocated"),
        *("agreed price", "amount", "currency", "sheet", "sheet sha256", "contract"),
    )
    rows = []
    for of in months:
        for line in of.lines:
            for row, work in line.allocations:
                sheet = books.get(ServiceSheet, work.service_sheet_id)
                rows.append(
                    (
                        line.invoice.reference,
                        line.row.line,
                        work.reference,
                        work.performed_on,
                        work.description,
                        _quantity(work.accepted_e4),
                        _quantity(row.quantity_e4),
                        _price(work.price_e6),
                        Money(row.amount_minor, of.currency),
                        of.currency,
                        sheet.reference,
                        sheet.source_sha256,
                        of.contract.reference,
                    )
                )
    return Sheet("allocations", columns, rows, frozen=2)


def _quantity(e4: int) -> Decimal:
    return Decimal(e4).scaleb(-QUANTITY_PLACES)


def _price(e6: int) -> Decimal:
    return Decimal(e6).scaleb(-PRICE_PLACES)
