import sqlite3
from datetime import date
from pathlib import Path

import pytest
from prefect import flow, get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
from prefect.client.schemas.objects import State
from prefect.states import Failed
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from flows import TooLate, driver, prepare
from flows.report import Report, counted, markdown
from vendorops import stages
from vendorops.books import Terms, open_books
from vendorops.gateways.clock import now
from vendorops.stages import Outcome
from vendorops.tables import Event, Party, Supplier

DAY = date(2026, 11, 4)


@flow(name="welcoming", flow_run_name=driver.start_name)
def welcoming(as_of: date | None = None, month: str | None = None) -> State[None]:
    return driver.run("welcoming", as_of=as_of, month=month)


@pytest.fixture
def installation(settings, monkeypatch):
    """Settings that flows find, and a shelf of stages with one more stage on it."""
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    shelf = str(Path(__file__).parent / "shelf")
    monkeypatch.setattr(stages, "__path__", [*stages.__path__, shelf])
    return settings


@pytest.fixture
def apply(installation):
    """Enter suppliers of the given kinds."""

    def applying(*kinds):
        with opened(installation) as books:
            for kind in kinds:
                party = Party(
                    id=books.key(),
                    kind="organization",
                    name=kind,
                    place="xa",
                    identifier_scheme="xa",
                    identifier_masked="*",
                    identifier_index=str(books.key()),
                )
                books.enter(party)
                number = books.reference("SUP")
                books.enter(
                    Supplier(id=books.key(), reference=number, party_id=party.id, kind=kind)
                )

    return applying


def opened(settings):
    return open_books(settings, Terms(as_of=DAY, actor="ann", now=now))


def statuses(settings):
    with opened(settings) as books:
        rows = books.session.exec(select(Supplier)).all()
        return {row.kind: row.status for row in rows}


@pytest.mark.usefixtures("prefect")
def test_a_run_advances_what_it_can_and_is_named_after_what_waits_and_what_was_refused(
    installation, apply
):
    apply("eager", "patient", "unwelcome")

    state = welcoming(as_of=DAY, month="2026-10", return_state=True)

    assert state.is_completed()
    assert state.name == "1 done, 1 waiting for a decision, 1 refused"
    assert statuses(installation) == {
        "eager": "registered",
        "patient": "requested",
        "unwelcome": "requested",
    }
    assert state.state_details.flow_run_id
    with get_client(sync_client=True) as client:
        run = client.read_flow_run(state.state_details.flow_run_id)
        key = ArtifactFilter(key=ArtifactFilterKey(any_=["welcoming-2026-10"]))
        (artifact,) = client.read_artifacts(artifact_filter=key)
    assert run.name == "welcoming 2026-10 · 3 suppliers"
    assert "| SUP-2026-000003 | the application names no contact; add one" in str(artifact.data)


@pytest.mark.usefixtures("prefect")
def test_a_second_run_over_the_same_day_finds_nothing_and_changes_nothing(installation, apply):
    apply("eager")
    welcoming(as_of=DAY, return_state=True)
    with opened(installation) as books:
        before = books.session.exec(select(Event)).all()

    state = welcoming(as_of=DAY, return_state=True)

    assert state.name == "Nothing was ready"
    with opened(installation) as books:
        assert len(books.session.exec(select(Event)).all()) == len(before)


@pytest.mark.usefixtures("prefect")
def test_an_outage_is_met_again_until_it_is_over(installation, apply, monkeypatch):
    apply("unlucky")
    monkeypatch.setattr(driver, "advance", driver.advance.with_options(retry_delay_seconds=0))

    state = welcoming(as_of=DAY, return_state=True)

    assert state.name == "1 done"
    assert statuses(installation) == {"unlucky": "registered"}


@pytest.mark.usefixtures("prefect")
def test_a_defect_fails_the_run_at_once_naming_stage_and_case(installation, apply, monkeypatch):
    apply("unforeseen", "eager")
    monkeypatch.setattr(driver, "BATCH", 1)

    state = welcoming(as_of=DAY, return_state=True)

    assert state.is_failed()
    assert "welcoming met KeyError at SUP-2026-000001" in str(state.message)
    assert statuses(installation)["eager"] == "registered"


@pytest.mark.parametrize(
    ("problem", "heals"),
    [
        (ConnectionResetError("gone"), True),
        (OperationalError("SELECT", {}, Exception("server closed the connection")), True),
        (KeyError("no such key"), False),
    ],
)
def test_only_outages_are_worth_another_attempt(problem, heals):
    assert driver.is_outage(None, None, Failed(data=problem)) is heals


def test_a_missing_table_is_a_defect_though_sqlite_calls_it_operational():
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute("SELECT * FROM nowhere")
    connection.close()

    problem = OperationalError("SELECT", {}, caught.value)

    assert driver.is_outage(None, None, Failed(data=problem)) is False


def test_prefect_cannot_be_prepared_after_it_has_read_its_settings(tmp_path):
    with pytest.raises(TooLate):
        prepare(tmp_path)


def test_a_report_of_several_stages_adds_them_up_and_shows_each():
    first = Report("intake", "Invoice", 2, outcome=Outcome(advanced=["INV-1", "INV-2"]))
    second = Report("payment", "Payment", 1, outcome=Outcome(refused=[("PAY-1", "no | account")]))

    total = Report.of("month end", "2026-10", [first, second])

    assert total.title == "month end 2026-10 · 3 cases"
    assert total.headline == "2 done, 1 refused"
    assert "| intake | 2 | 0 | 0 |" in markdown(total)
    assert "| PAY-1 | no \\| account |" in markdown(total)


def test_a_count_is_written_with_the_plural_of_its_noun():
    assert counted(1_234, "ServiceSheet") == "1,234 service sheets"
    assert counted(1, "Party") == "1 party"
