"""The templates that other tests keep must do to each input what a new one does."""

import pytest

from tests import templates
from tests.gateways import hostile
from vendorops.domain.refusal import Refused
from vendorops.gateways import child
from vendorops.gateways.child import Limits, Quarantined, run_limited
from vendorops.gateways.child.limits import MIB

pytestmark = pytest.mark.usefixtures("kept")
LIMITS = Limits(memory_bytes=512 * MIB)


@pytest.fixture
def kept(monkeypatch, _every_child_starts_anew):
    monkeypatch.setattr(child, "_answers", templates.answers)


@pytest.mark.parametrize(
    ("task", "reason"), [(hostile.crashes, "crash"), (hostile.hoards, "memory-limit")]
)
def test_a_kept_template_outlives_its_readers_and_sets_each_aside(task, reason):
    for _ in range(2):
        with pytest.raises(Quarantined) as caught:
            run_limited(task, b"", LIMITS)
        assert caught.value.reason == reason


def test_one_template_reads_one_input_after_another_and_no_other_task():
    assert [run_limited(hostile.length, data) for data in (b"1", b"", b"123")] == [
        {"bytes": 1},
        {"bytes": 0},
        {"bytes": 3},
    ]
    with pytest.raises(Refused, match="the file has no pages"):
        run_limited(hostile.refuses, b"")


def test_no_more_templates_are_kept_than_a_machine_has_room_for():
    for seconds in range(1, templates.MOST + 3):
        run_limited(hostile.length, b"", Limits(wall_seconds=seconds + 30))

    assert len(templates._FREE) == templates.MOST  # noqa: SLF001 - nothing else tells.
