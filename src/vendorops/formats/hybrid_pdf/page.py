"""Sets the page of a hybrid invoice and puts its XML inside, for the archive."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import typst
from pypdf import PdfWriter

from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.domain.paper import (
    InvoicePaper,
    PaperLine,
    PaperParty,
    PaymentMeans,
    TaxShare,
    percent_text,
)
from vendorops.domain.refusal import Refused
from vendorops.formats.hybrid_pdf.words import title_of, word

PAGE = Path(__file__).with_name("invoice.typ")
EXTENSION = Path(__file__).with_name("facturx_schema.xmp")
PROPERTIES = Path(__file__).with_name("facturx_properties.xmp")
STANDARDS: "list[typst.PDFStandard]" = ["a-3b"]
"""PDF/A-3b (ISO 19005-3), the archival form that may carry other files, as Factur-X asks."""
VERSION = "%PDF-1.7"
"""The version whose features Typst used."""
UNITS = {"HUR": "h", "DAY": "d", "MON": "months", "C62": "pcs", "EA": "pcs"}
"""How people read the commonest codes of UN/ECE Recommendation 20."""


class UnprintableText(Refused):
    """A field holds a character that no font of ours shows."""


@cache
def fonts() -> typst.Fonts:
    """Return Typst's own fonts and the packaged Chinese one; fonts of the machine do not count.

    The font's package is located without being imported, because importing it loads Matplotlib.
    """
    package = find_spec("zhplot")
    if package is None or not package.submodule_search_locations:
        raise RuntimeError("the package zhplot, which carries the Chinese font, is not installed")
    folder = Path(package.submodule_search_locations[0]) / "fonts"
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def hybrid(paper: InvoicePaper, xml: bytes) -> bytes:
    """Return a PDF/A-3b that shows the paper and carries its XML as Factur-X wants it."""
    writer = PdfWriter(clone_from=BytesIO(_typeset(paper, xml)))
    writer.pdf_header = VERSION
    written = writer.xmp_metadata
    if written is None:
        raise RuntimeError("Typst wrote no metadata, which PDF/A needs; adapt hybrid")
    writer.xmp_metadata = _described(written.stream.get_data())
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _typeset(paper: InvoicePaper, xml: bytes) -> bytes:
    compiler = typst.Compiler(PAGE.read_bytes(), root=PAGE.parent, font_paths=fonts())
    day = paper.issue_date
    page = json.dumps(_shown(paper), ensure_ascii=False, sort_keys=True)
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf",
            sys_inputs={"paper": page, "xml": xml.decode()},
            pdf_standards=STANDARDS,
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    except typst.TypstError as error:
        if "could not be displayed" in error.message:
            raise UnprintableText(
                f"invoice {paper.number} holds a character that no font of ours shows;"
                " spell its names and descriptions with other characters"
            ) from error
        raise
    for warning in warnings:
        raise warning
    if not isinstance(pdf, bytes):
        raise TypeError(f"invoice {paper.number} did not become one PDF")
    return pdf


def _described(metadata: bytes) -> bytes:
    """Add to the XMP packet what Factur-X 1.0 asks for: its schema and its four properties."""
    schema_end = b"</rdf:Bag></pdfaExtension:schemas>"
    packet_end = b"</rdf:RDF>"
    if metadata.count(schema_end) != 1 or metadata.count(packet_end) != 1:
        raise RuntimeError("Typst writes its metadata otherwise than it did; adapt _described")
    with_schema = metadata.replace(schema_end, EXTENSION.read_bytes().strip() + schema_end)
    return with_schema.replace(packet_end, PROPERTIES.read_bytes().strip() + packet_end)


def _shown(paper: InvoicePaper) -> dict[str, object]:
    def said(name: str) -> str:
        return word(name, paper.languages)

    def taxed(share: TaxShare) -> str:
        how = f"{said('tax')} {share.category} {percent_text(share.rate_e4)} %"
        return f"{how} {said('of')} {_figure(share.net)}"

    taxes = [(taxed(share), share.tax) for share in paper.taxes]
    columns = ("number", "service", "quantity", "price", "tax", "net")
    total = "payable" if paper.kind == "invoice" else "credited"
    return {
        "title": title_of(paper),
        "number": paper.number,
        "seller": _party(paper.seller, paper.languages),
        "buyer": _party(paper.buyer, paper.languages),
        "labels": {name: said(name) for name in ("seller", "buyer", "paid_to")},
        "columns": [said(name) for name in columns],
        "notes": list(paper.notes),
        "facts": [(said(name), fact) for name, fact in _facts(paper) if fact],
        "lines": [_line(line, paper.currency) for line in paper.lines],
        "sums": [(label, _figure(money)) for label, money in [(said("net"), paper.net), *taxes]],
        "total": said(total),
        "due": f"{_figure(paper.gross)} {paper.currency}",
        "paid_to": _account(paper.means),
        "exemption": paper.exemption,
        "terms": paper.terms,
    }


def _facts(paper: InvoicePaper) -> Iterator[tuple[str, str]]:
    yield "issued", str(paper.issue_date)
    yield "due", str(paper.due_date)
    yield "contract", paper.contract_reference
    yield "order", paper.order_reference
    if paper.period:
        yield "period", f"{paper.period.start} – {paper.last_day}"  # noqa: RUF001 - a dash between days.
    yield "corrects", ", ".join(each.number for each in paper.preceding)


def _account(means: PaymentMeans | None) -> str:
    if means is None or not means.account:
        return ""
    return ", ".join(filter(None, (means.account, means.bank, means.holder)))


def _party(party: PaperParty, languages: str) -> dict[str, object]:
    numbers = (
        ("registration", party.registration),
        ("tax_number", party.tax_number),
        ("their_number", party.reference),
    )
    lines = [
        party.street,
        " ".join(filter(None, (party.postcode, party.city, party.country))),
        *(f"{word(name, languages)} {number}" for name, number in numbers if number),
    ]
    return {"name": party.name, "lines": list(filter(None, lines))}


def _line(line: PaperLine, currency: str) -> dict[str, str]:
    return {
        "number": line.number,
        "description": line.description,
        "quantity": quantity_text(line.quantity_e4),
        "unit": UNITS.get(line.unit, line.unit),
        "price": price_text(line.price_e6),
        "tax": f"{percent_text(line.tax_rate_e4)} %",
        "net": _figure(line.net(currency)),
        "work": line.work_reference,
    }


def _figure(money: Money) -> str:
    r"""Write an amount for people, thousands apart.

    >>> _figure(Money(-50, "EUR")), _figure(Money(123456789, "EUR")).replace("\u202f", " ")
    ('-0.50', '1 234 567.89')
    """
    sign = "-" if money.minor < 0 else ""
    whole, point, fraction = money.text.removeprefix("-").partition(".")
    return sign + f"{int(whole):,}".replace(",", "\u202f") + point + fraction
