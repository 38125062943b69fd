"""The partitions of a month come out the same on a cluster of processes, by setting alone."""

from importlib import reload

import pytest

from tests.make import AS_OF
from tests.stages.reconciliation.partitioned import COUNT, copied, opener_of, outcome, suppliers
from vendorops.books.engine import engine
from vendorops.stages import reconciliation as stage
from vendorops.stages import sweep

pytestmark = pytest.mark.usefixtures("prefect")


def test_a_cluster_of_two_processes_writes_tells_and_seals_the_same(
    opener, settings, tmp_path, monkeypatch
):
    pytest.importorskip("prefect_dask", reason="the extra `dask` is not installed")
    from flows import driver, reconciliation  # noqa: PLC0415 - after the server is prepared.

    suppliers(opener())
    other = copied(settings, tmp_path / "other")
    monkeypatch.setattr(stage, "PARTITION_LINES", 6)
    swept_here = []

    def swept(name, opener, idents):
        swept_here.append(idents)
        return sweep(name, opener, idents)

    monkeypatch.setattr(driver, "sweep", swept)
    for runner, home in (("here", settings), ("dask", other)):
        monkeypatch.setenv("VENDOROPS_TASK_RUNNER", runner)
        for name, value in home.environment().items():
            monkeypatch.setenv(name, value)

        state = reload(reconciliation).reconciliation(
            as_of=AS_OF, month="2026-10", return_state=True
        )

        assert state.is_completed(), state.message

    assert len(swept_here) == 2  # The partitions of the first; those of the other went elsewhere.
    expected = outcome(opener())
    assert len(expected[2]) == COUNT
    assert outcome(opener_of(other)) == expected
    engine(other).dispose()


def test_an_unknown_runner_is_refused_and_the_known_ones_named():
    from flows.task_runner import NoSuchRunner, task_runner  # noqa: PLC0415 - as above.

    with pytest.raises(NoSuchRunner, match="here or dask"):
        task_runner({"VENDOROPS_TASK_RUNNER": "ray"})
