from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import make
from vendorops.documents import kept
from vendorops.domain.refusal import Refused
from vendorops.stages.intake import receive
from vendorops.stages.intake.receiving import LARGEST
from vendorops.tables import ReceivedFile, StoredDocument


def test_a_received_file_is_kept_as_it_came_and_waits(opener):
    with opener()() as books:
        row = receive(books, b"whatever it is", "mail/IN 7.XML")

        assert kept(books, row.sha256) == b"whatever it is"
        assert (row.name, row.size, row.status) == ("IN 7.XML", 14, "received")
        assert make.only(books, StoredDocument).suffix == ".xml"


def test_the_same_content_under_another_name_is_the_same_file(opener):
    with opener()() as books:
        first = receive(books, b"content", "a.xml").reference

    with opener()() as books:
        assert receive(books, b"content", "b.pdf").reference == first
        assert make.only(books, ReceivedFile).name == "a.xml"


def test_one_file_delivered_at_the_same_time_is_taken_once(opener):
    def deliver(number):
        with opener(actor=f"portal.{number}")() as books:
            return receive(books, b"content", f"{number}.xml").reference

    with ThreadPoolExecutor(8) as pool:
        references = set(pool.map(deliver, range(16)))

    assert references == {"FIL-2026-000001"}


@pytest.mark.parametrize("data", [b"", bytes(LARGEST + 1)], ids=["empty", "too large"])
def test_a_file_that_cannot_be_an_invoice_is_not_kept(opener, data):
    with opener()() as books, pytest.raises(Refused, match="the file"):
        receive(books, data, "a.xml")

    with opener()() as books:
        assert not list(books.settings.home.glob("documents/**/*"))
