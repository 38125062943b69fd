from hashlib import sha256

import pytest

from tests import make
from tests.stages.settlement.month import rows, run
from vendorops.documents import keep
from vendorops.stages.delivery import OutgoingChanged
from vendorops.tables import Effect

DATA = b"<Document>pay</Document>"
NAME = f"BAT-2026-000009-{sha256(DATA).hexdigest()[:12]}.xml"


@pytest.fixture
def promised(opener):
    with opener()() as books:
        digest = keep(books, DATA, "payment file", ".xml")
        make.effect(books, sha256=digest, name="BAT-2026-000009.xml")


@pytest.mark.usefixtures("promised")
def test_a_promised_file_is_laid_out_under_its_name_and_hash(opener, settings):
    outcome = run("delivery", opener)

    assert len(outcome.advanced) == 1
    assert [path.name for path in settings.outgoing.iterdir()] == [NAME]
    assert (settings.outgoing / NAME).read_bytes() == DATA
    with opener()() as books:
        assert make.only(books, Effect).status == "done"


@pytest.mark.usefixtures("promised")
def test_delivering_twice_lays_out_one_file_once(opener, settings):
    run("delivery", opener)
    (settings.outgoing / NAME).unlink()  # The bank has fetched it.

    outcome = run("delivery", opener)

    assert outcome.advanced == []
    assert list(settings.outgoing.iterdir()) == []


@pytest.mark.usefixtures("promised")
def test_a_file_left_by_an_interrupted_run_is_recognised(opener, settings):
    settings.outgoing.mkdir()
    (settings.outgoing / NAME).write_bytes(DATA)
    (settings.outgoing / f".{NAME}.part").write_bytes(DATA[:5])

    run("delivery", opener)

    with opener()() as books:
        assert make.only(books, Effect).status == "done"


@pytest.mark.usefixtures("promised")
def test_another_content_under_that_name_is_a_defect_that_climbs(opener, settings):
    settings.outgoing.mkdir()
    (settings.outgoing / NAME).write_bytes(b"something else")

    with pytest.raises(OutgoingChanged, match="another content"):
        run("delivery", opener)

    assert (settings.outgoing / NAME).read_bytes() == b"something else"
    with opener()() as books:
        assert make.only(books, Effect).status == "pending"


def test_a_promise_of_a_file_that_is_not_kept_is_refused(opener):
    with opener()() as books:
        make.effect(books)

    outcome = run("delivery", opener)

    assert "is not in the store" in outcome.refused[0][1]
    with opener()() as books:
        assert [row.status for row in rows(books, Effect)] == ["pending"]
