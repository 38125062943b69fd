"""The report of a month for the supplier: what it claimed, what came of it, and what is open."""

from datetime import date

from vendorops.books import Books, canonical
from vendorops.documents.contracts import DocumentOrder, RenderedDocument, render_document
from vendorops.documents.fields import Data
from vendorops.documents.months.ageing import ageing
from vendorops.documents.months.pictures import ageing_picture, waterfall_picture
from vendorops.documents.months.telling import ContractMonth, Line, age_days, is_open
from vendorops.documents.months.waterfall import SENTENCES, Step, title, waterfall
from vendorops.documents.notices.heading import heading, said
from vendorops.documents.notices.reasons import REASONS_ZH
from vendorops.documents.notices.settlement import figure
from vendorops.domain.money import Money
from vendorops.tables import Difference

KIND = "month-report"


def month_paper(books: Books, of: ContractMonth, languages: str = "") -> RenderedDocument:
    """Set the report of a contract's month; the same rows and day give the same bytes."""
    head = heading(books, of.contract, languages)
    spoken = head["languages"]
    steps = waterfall(of)
    disputes = _disputes(of, books.as_of, spoken)
    fields: Data = {
        **head,
        "reference": f"{of.supplier.reference}, {of.month}",
        "day": books.as_of.isoformat(),
        "month": of.month,
        "currency": of.currency,
        "steps": [_step(step, spoken) for step in steps],
        "claims": _claims(of, spoken),
        "disputes": disputes,
        "seals": _seals(of),
    }
    pictures = {"picture_waterfall": waterfall_picture(steps, spoken)}
    if disputes:
        stretches = ageing([of], books.as_of, of.currency)
        pictures["picture_ageing"] = ageing_picture(stretches, spoken)
    order = DocumentOrder(
        KIND, of.contract.place, books.as_of, {**fields, **pictures}, canonical(fields)
    )
    return render_document(books.settings.templates, order)


def _step(step: Step, languages: str) -> dict[str, str]:
    return {
        "what": title(step.code, languages),
        "amount": figure(step.amount),
        "sum": "yes" if step.is_sum else "",
    }


def _claims(of: ContractMonth, languages: str) -> list[dict[str, str]]:
    """Return each claim of the month with its sums."""
    invoices = {line.invoice.id: line.invoice for line in of.lines}
    return [
        {
            "claim": f"{invoice.reference} {invoice.number}",
            "state": said(
                languages, zh=STATES_ZH[invoice.status], en=invoice.status.replace("_", " ")
            ),
            **_sums([line for line in of.lines if line.invoice is invoice], of.currency),
        }
        for invoice in invoices.values()
    ]


def _sums(lines: list[Line], currency: str) -> dict[str, str]:
    sums = {
        "claimed": sum(line.row.net_minor for line in lines),
        "matched": sum(line.matched_minor for line in lines),
        "tolerated": sum(line.differing_minor("tolerated") for line in lines),
        "disputed": sum(line.differing_minor("disputed") for line in lines),
    }
    return {name: figure(Money(minor, currency)) for name, minor in sums.items()}


STATES_ZH = {
    "acknowledged": "已收到",
    "in_process": "处理中",
    "under_query": "待决定",
    "conditionally_accepted": "部分接受",
    "accepted": "已接受",
    "rejected": "已退回",
    "part_paid": "部分已付",
    "paid": "已付",
}
"""What becomes of a claim, in Chinese."""


def _disputes(of: ContractMonth, as_of: date, languages: str) -> list[dict[str, str]]:
    """Return each amount that is not paid, with its reason, how old it is and who decides it."""
    waiting, decided = (
        said(languages, zh="待决定", en="waiting"),
        said(languages, zh="已决定", en="decided"),
    )
    return [
        {
            "line": f"{line.name} {line.row.description}",
            "reason": _because(row, languages),
            "amount": figure(Money(row.amount_minor, of.currency)),
            "days": str(age_days(of.decided.get(line.invoice.id), line, as_of)),
            "state": waiting if is_open(line) else decided,
        }
        for line in of.lines
        for row in line.differences
        if row.treatment == "disputed"
    ]


def _because(row: Difference, languages: str) -> str:
    return said(languages, zh=REASONS_ZH[row.reason], en=SENTENCES[row.reason])


def _seals(of: ContractMonth) -> list[dict[str, str]]:
    """Return the seals under which the month was explained, so that it can be computed again."""
    runs = {line.run.id: line.run for line in of.lines if line.run}
    return [
        {
            "reconciliation": f"{row.reference}, {row.version}",
            "inputs": row.inputs_sha256,
            "result": row.result_sha256,
        }
        for _, row in sorted(runs.items())
    ]
