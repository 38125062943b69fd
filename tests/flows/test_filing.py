"""The run that prepares returns keeps what is due with it."""

from datetime import date

from prefect import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey

from flows.filing import filing
from tests.stages.filing.carrying import two_payments


def test_a_run_of_filing_keeps_the_calendar_of_what_is_due(opener, settings, monkeypatch):
    two_payments(opener)
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)

    filing(as_of=date(2026, 12, 2))

    named = ArtifactFilter(key=ArtifactFilterKey(any_=["filing-calendar"]))
    with get_client(sync_client=True) as client:
        (found,) = client.read_artifacts(artifact_filter=named)
    table = str(found.data)
    assert "| 2026-12-15 | XH | cn.iit.withholding | 2026-11 |" in table
    assert "| prepared | RET-2026-000001 | 960.00 CNY |" in table
