import pytest
from sqlmodel import select

from tests import make
from vendorops.documents import DocumentMissing, keep, kept
from vendorops.tables import StoredDocument


def test_a_document_kept_twice_is_entered_once_under_its_first_title(opener):
    with opener()() as books:
        first = keep(books, b"the paper", "licence of SUP-2026-000001", ".pdf")
    with opener()() as books:
        second = keep(books, b"the paper", "another title", ".pdf")

        assert first == second
        assert make.only(books, StoredDocument).title == "licence of SUP-2026-000001"
        assert kept(books, first) == b"the paper"


def test_a_document_of_an_undone_transaction_is_in_no_book_and_is_kept_again(opener):
    with pytest.raises(RuntimeError), opener()() as books:
        keep(books, b"the paper", "licence", ".pdf")
        raise RuntimeError

    with opener()() as books:
        assert books.session.exec(select(StoredDocument)).all() == []
        assert kept(books, keep(books, b"the paper", "licence", ".pdf")) == b"the paper"


def test_a_document_never_kept_is_refused_when_asked_for(opener):
    with pytest.raises(DocumentMissing), opener()() as books:
        kept(books, make.SHA)
