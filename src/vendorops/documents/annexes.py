"""Sets a document with its annexes: a list of them in the document, their pages behind it.

Annexes come from outside, so they are read and joined in the limited child. The list is part of
the document that is approved and signed and names each annex by its digest; what a joined file
keeps of PDF/A is told in `gateways/pdf_joining.py`.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from string import ascii_uppercase

from vendorops.documents.contracts import DocumentOrder, RenderedDocument, render_document
from vendorops.domain.refusal import Refused
from vendorops.gateways.child import run_limited, run_limited_many
from vendorops.gateways.pdf_joining import AnnexUnfit, annex_pages, framed, joined

MOST = len(ascii_uppercase)
"""Annexes of one document: they are called by the letters of the alphabet."""
LARGEST = 8 * 2**20
"""Bytes of all annexes of one document together."""


@dataclass(frozen=True)
class Annex:
    """A PDF that becomes part of a document."""

    title: str
    data: bytes


@dataclass(frozen=True)
class AnnexedDocument:
    """A document with annexes, as it is kept and as it is read."""

    document: RenderedDocument
    """What we set: archival by itself, it lists the annexes by their digests."""
    pdf: bytes
    """The same with the pages of the annexes behind it."""
    sha256: str
    """Hash of the joined PDF."""


def render_annexed(
    templates: Path, order: DocumentOrder, annexes: Sequence[Annex]
) -> AnnexedDocument:
    """Set a document and join its annexes; the same inputs give the same bytes.

    Refused like `render_document`, and by the title of the annex when one is broken, locked or
    more than pages.
    """
    _check_size(annexes)
    rows = _listed(annexes)
    document = render_document(templates, replace(order, fields={**order.fields, "annexes": rows}))
    names = [f"{row['letter']}. {row['title']}" for row in rows]
    said = run_limited(joined, framed([document.pdf, *(each.data for each in annexes)], names))
    pdf = base64.b64decode(said["pdf"])
    return AnnexedDocument(document, pdf, sha256(pdf).hexdigest())


def _check_size(annexes: Sequence[Annex]) -> None:
    size = sum(len(each.data) for each in annexes)
    if not 0 < len(annexes) <= MOST or size > LARGEST:
        raise AnnexUnfit(
            f"{len(annexes)} annexes of {size} bytes cannot be joined; give from 1 to {MOST} of"
            f" {LARGEST} bytes together"
        )


def _listed(annexes: Sequence[Annex]) -> list[dict[str, str]]:
    """Return the rows of the list of annexes, or refuse the first that is not fit."""
    rows = []
    outcomes = run_limited_many(annex_pages, (each.data for each in annexes))
    for letter, annex, outcome in zip(ascii_uppercase, annexes, outcomes, strict=False):
        if isinstance(outcome, Refused):
            raise AnnexUnfit(f"annex {letter}, {annex.title[:80]!r}: {outcome}") from outcome
        rows.append(
            {
                "letter": letter,
                "title": annex.title,
                "pages": str(int(outcome["pages"])),
                "sha256": sha256(annex.data).hexdigest(),
            }
        )
    return rows
