"""The pro forma of a self-billed invoice: what the supplier may object to before it is issued."""

from vendorops.books import Books
from vendorops.documents.contracts import DocumentOrder, RenderedDocument, render_document
from vendorops.documents.notices.heading import heading, said
from vendorops.documents.notices.settlement import figure
from vendorops.documents.self_billed import masked_paper
from vendorops.documents.telling import UNITS
from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.paper import PaperLine, percent_text
from vendorops.tables import Contract, SelfBilledInvoice, SelfBillingAgreement

KIND = "pro-forma"


def pro_forma_paper(books: Books, row: SelfBilledInvoice, languages: str = "") -> RenderedDocument:
    """Set the pro forma of an invoice; the same rows give the same bytes."""
    contract = books.get(Contract, row.contract_id)
    agreement = books.get(SelfBillingAgreement, row.agreement_id)
    paper = masked_paper(books, row)
    head = heading(books, contract, languages)
    fields = {
        **head,
        "reference": row.reference,
        "day": row.drafted_on.isoformat(),
        "type_code": row.type_code,
        "agreement": agreement.reference,
        "bucket": row.bucket,
        "unit": row.unit,
        "currency": row.currency,
        "corrects": [{"number": each.number} for each in paper.preceding],
        "lines": [_line(line, row.currency, head["languages"]) for line in paper.lines],
        "net": figure(paper.net),
        "tax": figure(paper.tax),
        "gross": figure(paper.gross),
        "exemption": paper.exemption,
        "objection_days": str(agreement.objection_days),
        "silence": "agrees" if agreement.silence_agrees else "says nothing",
        "writes": agreement.writes,
    }
    order = DocumentOrder(KIND, contract.place, row.drafted_on, fields)
    return render_document(books.settings.templates, order)


def _line(line: PaperLine, currency: str, languages: str) -> dict[str, str]:
    taxed = f"{line.tax_category} {percent_text(line.tax_rate_e4)} %"
    return {
        "number": line.number,
        "what": line.description,
        "work": line.work_reference,
        "quantity": f"{quantity_text(line.quantity_e4)} {_unit(line.unit, languages)}",
        "price": price_text(line.price_e6),
        "tax": taxed if line.tax_category else "",
        "net": figure(line.net(currency)),
    }


def _unit(code: str, languages: str) -> str:
    """Return how people read a unit, in the languages of the page.

    >>> _unit("HUR", "en"), _unit("HUR", "zh,en"), _unit("DAY", "en")
    ('hour', '小时 hour', 'DAY')
    """
    zh, _, en = UNITS.get(code, code).partition(" ")
    return said(languages, zh=zh, en=en) if en else zh
