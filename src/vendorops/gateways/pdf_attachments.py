"""Finds the file that a PDF carries under a name; for untrusted bytes, in a limited child."""

from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from vendorops.domain.refusal import Refused
from vendorops.gateways.pdf_text import UnreadablePdf

TERMS = "terms.json"
"""What the terms for machines are called inside the documents we set."""


class NoTerms(Refused):
    """The PDF carries no terms for machines, or more than one file of that name."""


def carried_terms(data: bytes) -> dict[str, str]:
    """Return the text of the terms that a PDF carries: a task for the limited child."""
    found = [text for name, text in _attached(data) if name == TERMS]
    if len(found) != 1:
        raise NoTerms(
            f"the PDF carries {len(found)} files called {TERMS}, not one; send the file as we set"
            " it, not a print of it"
        )
    try:
        return {"terms": found[0].decode()}
    except UnicodeDecodeError:
        raise NoTerms(
            f"{TERMS} in the PDF is not text in UTF-8; send the file as we set it"
        ) from None


def _attached(data: bytes) -> list[tuple[str, bytes]]:
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise UnreadablePdf("the PDF is encrypted; export it again without protection")
        return [(file.name, file.content) for file in reader.attachment_list]
    except PyPdfError as error:
        raise UnreadablePdf("the PDF is broken; export it again from its source") from error
