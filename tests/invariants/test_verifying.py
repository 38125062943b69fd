"""What the books say about themselves when their files, their key or their past were touched."""

import json
import shutil
from dataclasses import replace

import pytest
from click.testing import CliRunner
from sqlmodel import col, select

from vendorops.books import Terms, open_books
from vendorops.cli.commands.verify import Broken, command
from vendorops.demo import story
from vendorops.domain.periods import Period
from vendorops.gateways.clock import now
from vendorops.invariants import HistoryRewritten, checkpoint_holds, every, verify
from vendorops.settings import Settings
from vendorops.tables import Event, LogHead


@pytest.fixture
def copy(finished, tmp_path):
    """A whole installation of its own, to be damaged."""
    home = tmp_path / "copy"
    shutil.copytree(finished.home, home)
    return Settings.at(home)


def opened(settings):
    return open_books(settings, Terms(story.FILED, "system:verify", now))


def broken(settings):
    with opened(settings) as books:
        return {violation.code for violation in verify(books).violations}


def test_verifying_writes_nothing_into_the_books(copy):
    with opened(copy) as books:
        before = checkpoint_holds(books, None)
        verify(books)

    with opened(copy) as books:
        assert checkpoint_holds(books, before) == before


@pytest.mark.parametrize("change", [b"", b"%PDF-1.4 another contract"], ids=["cut", "replaced"])
def test_a_document_changed_on_disk_is_noticed(copy, change):
    next(copy.documents.rglob("*.pdf")).write_bytes(change)

    assert broken(copy) == {"F4"}


def test_a_document_taken_away_is_noticed(copy):
    next(copy.documents.rglob("*.pdf")).unlink()

    assert broken(copy) == {"F4"}


@pytest.mark.parametrize("processes", ["1", "2"])
def test_processes_that_share_the_invariants_find_what_one_finds(copy, monkeypatch, processes):
    for name, value in copy.environment().items():
        monkeypatch.setenv(name, value)
    day = f"--as-of={story.FILED}"

    sound = CliRunner().invoke(command, ["--processes", processes, day, "--json"])
    next(copy.documents.rglob("*.pdf")).unlink()
    broken = CliRunner().invoke(command, ["--processes", processes, day, "--json"])

    assert json.loads(sound.stdout)["invariants"] == len(every())
    assert isinstance(broken.exception, Broken)
    assert {json.loads(line)["code"] for line in broken.stdout.splitlines()} == {"F4"}


def test_another_key_opens_no_secret_and_writes_no_file_again(copy):
    other = copy.home / "other.key"
    other.write_bytes(bytes(32))
    other.chmod(0o600)

    assert broken(replace(copy, key_file=other)) == {"F2", "F3"}


def test_an_end_of_the_history_noted_outside_still_holds(bare):
    end = checkpoint_holds(bare, None)

    assert checkpoint_holds(bare, end) == end


def test_a_history_whose_end_was_cut_off_is_refused(bare):
    """The chain that is left is whole: only what was noted outside can tell."""
    noted = checkpoint_holds(bare, None)
    last = bare.session.exec(select(Event).order_by(col(Event.seq).desc())).first()
    head = bare.session.exec(select(LogHead)).one()
    head.seq, head.hash = last.seq - 1, last.previous
    bare.session.delete(last)

    with pytest.raises(HistoryRewritten, match="was rewritten"):
        checkpoint_holds(bare, noted)


def test_a_month_other_than_the_one_worked_on_is_verified_as_well(bare):
    elsewhere = replace(bare, month=Period.month("2030-01"))

    assert verify(elsewhere).clean
