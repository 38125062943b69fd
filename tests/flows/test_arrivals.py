import os

import pytest
from sqlmodel import select

from tests.flows.test_driver import DAY, opened
from vendorops.tables import ReceivedFile


@pytest.fixture
def folder(settings, monkeypatch, tmp_path):
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    made = tmp_path / "arrivals"
    made.mkdir()
    monkeypatch.setenv("VENDOROPS_ARRIVALS", str(made))
    return made


@pytest.mark.usefixtures("prefect")
def test_the_run_that_reads_files_takes_in_what_was_dropped_first(settings, folder):
    from flows.intake import intake  # noqa: PLC0415 - after Prefect was prepared.

    (folder / "letter.txt").write_bytes(b"Dear Sirs")
    os.utime(folder / "letter.txt", (0, 0))

    state = intake(as_of=DAY, return_state=True)

    assert state.is_completed()
    with opened(settings) as books:
        (file,) = books.session.exec(select(ReceivedFile)).all()
        assert (file.name, file.status) == ("letter.txt", "rejected")


@pytest.mark.usefixtures("prefect")
def test_a_folder_that_is_gone_fails_the_run_but_only_after_everything_else_ran(
    folder, monkeypatch
):
    from prefect.states import Completed  # noqa: PLC0415 - after Prefect was prepared.

    from flows import arrivals, intake  # noqa: PLC0415 - after Prefect was prepared.

    monkeypatch.setattr(
        arrivals, "arrivals", arrivals.arrivals.with_options(retry_delay_seconds=0)
    )
    ran: list[str] = []

    def ended(*names, **_):
        ran.extend(names)
        return Completed()

    monkeypatch.setattr(intake, "run", ended)
    folder.rmdir()

    state = intake.intake(as_of=DAY, return_state=True)

    assert state.is_failed()
    assert "mount it" in str(state.message)
    assert ran == ["intake"]
