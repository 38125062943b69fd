import socket
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.gateways import hostile
from vendorops.domain.refusal import Refused
from vendorops.gateways import child
from vendorops.gateways.child import (
    TOGETHER,
    Limits,
    NoChildError,
    Quarantined,
    run_limited,
    run_limited_many,
    unprotected,
)
from vendorops.gateways.child.limits import MIB

TIGHT = Limits(memory_bytes=512 * MIB, cpu_seconds=1, wall_seconds=2, answer_bytes=MIB)
PATIENT = replace(TIGHT, wall_seconds=60)
"""On a busy machine a second of computing takes longer than two."""
TORTURE = Path(__file__).parents[3] / "shared" / "corpora" / "pdf-torture-pdfjs"


def billion_laughs(levels, width=10):
    entities = ['<!ENTITY e0 "lol">']
    entities += [
        f'<!ENTITY e{level} "{f"&e{level - 1};" * width}">' for level in range(1, levels + 1)
    ]
    return f"<!DOCTYPE a [{''.join(entities)}]><a>&e{levels};</a>".encode()


def test_an_answer_comes_back_as_plain_data():
    assert run_limited(hostile.length, b"12345") == {"bytes": 5}


def test_the_child_sees_no_environment_and_an_empty_folder_of_its_own():
    seen = run_limited(hostile.surroundings, b"")

    assert seen["environment"] == []
    assert seen["folder"] == []
    assert not Path(seen["here"]).exists()


def test_a_refusal_in_the_child_comes_back_with_the_same_sentence():
    with pytest.raises(Refused, match="the file has no pages; send it again") as caught:
        run_limited(hostile.refuses, b"")

    assert not isinstance(caught.value, Quarantined)


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        (hostile.loops, "cpu-limit"),
        (hostile.sleeps, "time-limit"),
        (hostile.hoards, "memory-limit"),
        (hostile.crashes, "crash"),
        (hostile.exits, "crash"),
        (hostile.forges, "crash"),
        (hostile.stumbles, "broken"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_misbehaving_reader_is_quarantined_with_its_reason(task, reason):
    with pytest.raises(Quarantined) as caught:
        run_limited(task, b"", TIGHT if reason == "time-limit" else PATIENT)

    assert caught.value.reason == reason
    assert "set aside; ask its sender" in str(caught.value)


def test_what_the_document_says_never_reaches_the_message():
    with pytest.raises(Quarantined) as caught:
        run_limited(hostile.stumbles, b"", TIGHT)

    assert "110101" not in str(caught.value)
    assert "NotImplementedError" in str(caught.value)


def test_an_answer_longer_than_allowed_is_quarantined():
    with pytest.raises(Quarantined) as caught:
        run_limited(hostile.chatters, b"..", TIGHT)

    assert caught.value.reason == "answer-limit"


def test_a_file_larger_than_allowed_cannot_be_written():
    with pytest.raises(Quarantined, match="OSError"):
        run_limited(hostile.writes, b"", TIGHT)


def test_what_a_library_prints_is_not_taken_for_an_answer():
    assert run_limited(hostile.prints, b"") == {"honest": True}


def test_each_input_of_a_series_meets_its_own_end_and_no_other():
    wishes = [b"length", b"loops", b"length", b"crashes", b"hoards", b"refuses", b"length"]

    outcomes = list(run_limited_many(hostile.obeys, wishes, PATIENT))

    reasons = [getattr(outcome, "reason", type(outcome).__name__) for outcome in outcomes]
    assert reasons == ["dict", "cpu-limit", "dict", "crash", "memory-limit", "Refused", "dict"]


def test_inputs_that_one_reader_reads_meet_the_same_ends_as_alone():
    wishes = [b"length", b"loops", b"length", b"crashes", b"hoards", b"refuses", b"length"]

    outcomes = list(run_limited_many(hostile.obeys, wishes, PATIENT, harmless=lambda _: True))

    reasons = [getattr(outcome, "reason", type(outcome).__name__) for outcome in outcomes]
    assert reasons == ["dict", "cpu-limit", "dict", "crash", "memory-limit", "Refused", "dict"]


def test_harmless_inputs_share_a_reader_and_any_other_has_its_own():
    datas = [b"a", b"a", b"!", b"a", *[b"a"] * TOGETHER]

    readers = [
        str(outcome["reader"])
        for outcome in run_limited_many(hostile.tells_itself, datas, Limits(), b"a".__eq__)
        if isinstance(outcome, dict)
    ]

    assert readers[0] == readers[1] != readers[2] != readers[3] == readers[-2] != readers[-1]


def test_a_series_longer_than_one_child_serves_keeps_its_order(monkeypatch):
    monkeypatch.setattr(child, "SERIES", 20)
    datas = [b"x" * size for size in range(43)]

    outcomes = list(run_limited_many(hostile.length, datas))

    assert outcomes == [{"bytes": len(data)} for data in datas]


def test_large_inputs_are_served_by_more_children_in_the_same_order(monkeypatch):
    monkeypatch.setattr(child, "SERIES_BYTES", 5)
    read: list[bytes] = []

    def files():
        for data in (b"xx", b"xxxx", b"xxxxx", b"x"):
            read.append(data)
            yield data

    held = [(outcome, len(read)) for outcome in run_limited_many(hostile.length, files())]

    asked = [(2, 2), (4, 2), (5, 3), (1, 4)]
    assert held == [({"bytes": size}, so_far) for size, so_far in asked]


def test_a_reader_that_ends_the_whole_child_is_an_outage_and_not_an_answer():
    with pytest.raises(NoChildError, match="hostile:kills_its_parent"):
        run_limited(hostile.kills_its_parent, b"", TIGHT)


def test_the_child_cannot_reach_a_server_on_this_machine():
    if "network" in unprotected():
        pytest.skip("this machine does not let a process give up its network")
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = str(server.getsockname()[1]).encode()

        with pytest.raises(Quarantined, match="OSError"):
            run_limited(hostile.calls_out, port, TIGHT)


def test_a_function_that_no_module_offers_cannot_be_a_task():
    with pytest.raises(TypeError, match="is not a function of a module"):
        run_limited(lambda data: {"bytes": len(data)}, b"")


@pytest.mark.parametrize("levels", [8, 12])
def test_an_entity_bomb_that_the_parser_lets_through_still_ends(levels):
    with pytest.raises(Quarantined):
        run_limited(hostile.expands, billion_laughs(levels), TIGHT)


def test_every_torture_pdf_is_answered_or_refused_and_the_caller_survives():
    pdf_text = pytest.importorskip("vendorops.gateways.pdf_text")
    files = sorted(TORTURE.glob("*.pdf"))
    if not files:
        pytest.skip("shared/corpora is not beside this checkout")

    outcomes = run_limited_many(pdf_text.pdf_facts, (file.read_bytes() for file in files))

    judged = [isinstance(outcome, (dict, Refused)) for outcome in outcomes]
    assert judged == [True] * len(files)
