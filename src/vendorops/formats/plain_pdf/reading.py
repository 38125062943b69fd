"""Plain PDF in: pages to lines of text, lines to suggested fields, fields to a person."""

from typing import NoReturn

from vendorops.domain.claim_suggestion import ClaimSuggestion, NeedsReview
from vendorops.formats.plain_pdf.amounts import amounts_in
from vendorops.formats.plain_pdf.facts import facts_in, numbers_in
from vendorops.formats.plain_pdf.pages import printed_lines

MARK_WITHIN = 1024
"""Bytes within which readers look for a PDF's first word."""
FORMAT = "plain_pdf"


def recognises(data: bytes, name: str) -> bool:  # noqa: ARG001 - the content says enough.
    """Tell by its first word whether the file is a PDF; hybrid ones are asked for before."""
    return b"%PDF-" in data[:MARK_WITHIN]


def read(data: bytes) -> NoReturn:
    """Raise NeedsReview with what the pages seem to say; UnreadablePdf where they say nothing."""
    lines = printed_lines(data)
    if not lines:
        raise NeedsReview(
            ClaimSuggestion(
                FORMAT,
                "E_PDF_NO_TEXT: the PDF has only pictures; a person must enter what it says",
            )
        )
    fields = (*facts_in(lines), *amounts_in(lines))
    raise NeedsReview(
        ClaimSuggestion(
            FORMAT,
            "E_PDF_PLAIN: the PDF carries no e-invoice; a person must confirm what it says",
            fields=tuple(fields),
            seller_numbers=numbers_in(lines),
        )
    )
