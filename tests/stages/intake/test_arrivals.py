"""The folder where mail and uploads are dropped is emptied into the books, file by file."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from tests import make
from tests.stages.intake.claims import known, paper, written
from vendorops.documents import kept
from vendorops.stages.intake.arrivals import NoArrivalsError, take_arrivals
from vendorops.tables import ReceivedFile, Supplier

NOW = datetime(2026, 11, 4, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "arrivals"
    made.mkdir()
    return made


def drop(path, data=b"a,b\n1,2\n", seconds=60):
    """A file that has not changed for so long."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    then = (NOW - timedelta(seconds=seconds)).timestamp()
    os.utime(path, (then, then))
    return path


def look(opener, folder):
    return take_arrivals(opener(), folder, NOW)


def received(opener):
    with opener()() as books:
        return books.session.exec(select(ReceivedFile)).all()


def test_a_complete_file_is_kept_under_its_name_and_moves_aside_under_its_reference(
    opener, folder
):
    drop(folder / "October.csv")

    assert look(opener, folder).taken == ["FIL-2026-000001"]

    (file,) = received(opener)
    assert (file.name, file.status) == ("October.csv", "received")
    assert (folder / "taken" / "FIL-2026-000001.csv").read_bytes() == b"a,b\n1,2\n"
    assert look(opener, folder).taken == []


def test_a_file_that_may_still_be_written_is_left_until_it_rests(opener, folder):
    path = drop(folder / "a.csv", seconds=3)

    assert look(opener, folder).taken == []
    drop(path, b"a,b\n1,2\n3,4\n")

    assert look(opener, folder).taken == ["FIL-2026-000001"]
    with opener()() as books:
        assert kept(books, received(opener)[0].sha256) == b"a,b\n1,2\n3,4\n"


def test_a_run_that_ended_before_the_file_moved_only_moves_it(opener, folder, monkeypatch):
    drop(folder / "a.csv")
    monkeypatch.setattr(
        "vendorops.stages.intake.arrivals._put_aside", lambda *_: (_ for _ in ()).throw(OSError())
    )
    with pytest.raises(OSError):  # noqa: PT011 - it stands for a run that is killed there.
        look(opener, folder)
    monkeypatch.undo()

    assert look(opener, folder).taken == ["FIL-2026-000001"]

    assert len(received(opener)) == 1
    assert not (folder / "a.csv").exists()


def test_what_lies_in_the_folder_of_a_supplier_is_that_suppliers(opener, folder):
    with opener()() as books:
        of = known(books)
        data = written("ubl", paper(of))
        supplier = make.only(books, Supplier)
        reference, ident = supplier.reference, supplier.id
    drop(folder / reference / "a.xml", data)

    assert len(look(opener, folder).taken) == 1

    assert received(opener)[0].supplier_id == ident
    assert (folder / reference / "taken" / "FIL-2026-000001.xml").exists()


@pytest.mark.parametrize(
    ("prepare", "told"),
    [
        (lambda folder: drop(folder / "a.csv", b""), "the file is empty"),
        (lambda folder: (folder / "a.csv").symlink_to("/etc/hostname"), "it is a link"),
        (lambda folder: drop(folder / "SUP-1999-000001" / "a.csv"), "SUP-1999-000001"),
    ],
    ids=["empty", "a link", "nobody's folder"],
)
def test_what_cannot_be_kept_moves_aside_with_a_text_that_says_why(opener, folder, prepare, told):
    prepare(folder)
    for link in folder.iterdir():
        then = (NOW - timedelta(seconds=60)).timestamp()
        os.utime(link, (then, then), follow_symlinks=False)
    drop(folder / "b.csv")

    found = look(opener, folder)

    assert [name for name, _ in found.refused] == ["a.csv"]
    assert len(found.taken) == 1
    (why,) = folder.rglob("a.csv.why.txt")
    assert told in why.read_text("utf-8")
    assert why.parent.name == "refused"


def test_names_that_repeat_or_are_very_long_lose_nothing(opener, folder):
    for _ in range(2):
        drop(folder / ("长" * 80 + ".csv"), b"")
        look(opener, folder)

    left = sorted((folder / "refused").iterdir())
    assert len(left) == 4
    assert sum(path.name.endswith(".csv") for path in left) == 2


def test_a_folder_that_is_not_there_is_an_outage_and_not_an_empty_one(opener, tmp_path):
    with pytest.raises(NoArrivalsError, match="mount it"):
        look(opener, tmp_path / "elsewhere")
