"""Sets a document from the template and the shared clauses in force on its day.

Jinja decides which clauses are in; what the parties are called and pay reaches Typst as data and
never as markup, so no name can change a document. The same facts travel inside the PDF for
machines, as canonical JSON: whoever has the paper has the terms.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from vendorops.books import canonical
from vendorops.documents.fields import Data
from vendorops.documents.templates import assembled, name_of, template_of
from vendorops.documents.typesetting import check_languages, check_printable, typeset


@dataclass(frozen=True)
class DocumentOrder:
    """A document that is wanted."""

    kind: str
    """First folder of its template: a program's code, `nda`, `acceptance-note`."""
    place: str
    day: date
    """Chooses the versions of template and clauses, and becomes the time stamp of the file."""
    fields: Data
    """`ContractFields.as_data()` or any mapping of that shape."""
    terms: bytes = b""
    """Canonical JSON put into the file for machines; the fields themselves unless given."""


@dataclass(frozen=True)
class RenderedDocument:
    """A document ready to be approved and sent."""

    template: str
    """Which template it was set from: `rpo/cn/2026-01-01`."""
    source_sha256: str
    """Hash of the wording: template and clauses put together, before the data."""
    pdf: bytes
    sha256: str
    """Hash of the PDF."""


RenderedContract = RenderedDocument
"""A contract is a document like others."""


def render_document(templates: Path, order: DocumentOrder) -> RenderedDocument:
    """Set one document; the same inputs give the same bytes.

    Refused when there is no template for the kind and place, when none was in force on the day,
    when the template needs a field or a language that is not there, when it reaches for more than
    its fields, and when a field cannot be printed.
    """
    path = template_of(templates, order.kind, order.place, order.day)
    name = name_of(templates, path)
    check_printable(order.fields)
    check_languages(name, order.fields)
    source = assembled(templates, path, place=order.place, day=order.day, fields=order.fields)
    terms = order.terms or canonical(order.fields)
    pdf = typeset(name, source, order.fields, day=order.day, terms=terms)
    return RenderedDocument(
        template=name,
        source_sha256=sha256(source.encode()).hexdigest(),
        pdf=pdf,
        sha256=sha256(pdf).hexdigest(),
    )


def render_contract(
    templates: Path, program: str, place: str, day: date, fields: Data
) -> RenderedDocument:
    """Set the contract of a program; see `render_document`."""
    return render_document(templates, DocumentOrder(program, place, day, fields))


def wording(templates: Path, name: str, place: str, day: date, fields: Data) -> str:
    """Return the source of a paper, template and clauses put together, as it was on a day.

    `name` is the one a rendered paper carries, such as `rpo/cn/2026-01-01`.
    """
    return assembled(templates, templates / f"{name}.typ", place=place, day=day, fields=fields)
