"""Gives back the terms for machines that a document of ours carries inside its PDF."""

import json

from vendorops.books import canonical
from vendorops.domain.refusal import Refused
from vendorops.gateways.child import run_limited
from vendorops.gateways.pdf_attachments import carried_terms


class TermsDamaged(Refused):
    """The terms inside the PDF are not as we write them."""


def terms_of(pdf: bytes) -> bytes:
    """Return the canonical JSON inside a PDF, whoever sent it; it is read in a limited child.

    Refused when the file is no PDF, is encrypted, carries no terms or two, or when they are not
    canonical JSON. That they are the ones we wrote is for the file's hash or signature to say.
    """
    terms = str(run_limited(carried_terms, pdf)["terms"]).encode()
    try:
        sound = canonical(json.loads(terms)) == terms
    except (ValueError, RecursionError):
        sound = False
    if not sound:
        raise TermsDamaged(
            "the terms inside the PDF are not canonical JSON, so they are not as we wrote them;"
            " ask for the original file"
        )
    return terms
