"""Every PDF of the shared collection is judged in time and with a reason; the next one too."""

import time
from pathlib import Path

import pytest

from vendorops.documents import pdf_facts
from vendorops.domain.refusal import Refused
from vendorops.gateways.child import run_limited_many

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
FILES = sorted(path for folder in CORPORA.glob("pdf-*") for path in folder.rglob("*.pdf"))
LEAST_REASON = 20
"""Letters; a reason is a sentence."""
MOST_SECONDS = 20
"""For one file, or a series of them; the reader itself is ended long before."""

pytestmark = pytest.mark.skipif(
    not FILES, reason="the collection of PDFs is not beside this checkout"
)


def test_every_pdf_of_the_collection_is_judged_in_time_and_the_next_one_too():
    began = time.monotonic()
    judged = run_limited_many(pdf_facts, (path.read_bytes() for path in FILES))

    for path, outcome in zip(FILES, judged, strict=True):
        seconds, began = time.monotonic() - began, time.monotonic()
        assert seconds < MOST_SECONDS, path.name
        if isinstance(outcome, Refused):
            assert len(str(outcome)) > LEAST_REASON, path.name
        else:
            assert outcome["pages"] > 0, path.name
