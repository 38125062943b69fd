"""People are found by commands alone: from a requisition's file to the worker who accepted."""

import json
from datetime import datetime

import pytest

from tests.cli.conftest import find
from tests.stages.sourcing.line import (
    asked,
    both_at_once,
    nth_number,
    offering,
    proposed,
    suppliers,
)
from vendorops.cli.session import opener as opened_by
from vendorops.stages import sweep

DAY = ("--as-of", "2026-11-04", "--json")
BUYER, FIRST, SECOND = (("--as", who) for who in ("lin.buyer", "he.hengxin", "mo.morgen"))
MEETING = {
    "starts_at": "2026-11-04T14:00+08:00",
    "ends_at": "2026-11-04T15:00+08:00",
    "panel": ["lin.buyer"],
}


@pytest.fixture(autouse=True)
def firm(settings, opener, monkeypatch):
    """Our people and two recruiters under contract, and no work yet."""
    with opener()() as books:
        suppliers(books)
    find(monkeypatch, settings)
    return settings


@pytest.fixture
def written(tmp_path):
    """Return `written(content)`: the path of a form, with the consent beside it."""
    (tmp_path / "consent.pdf").write_bytes(b"I let this agency propose me.")

    def write(content, name="form.yaml"):
        path = tmp_path / name
        path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        return path

    return write


def swept(*stages):
    """Let stages run by the machine's clock, as the flows would after a person's answer."""
    for name in stages:
        sweep(name, opened_by(f"system:{name}", datetime(2026, 11, 4)))  # noqa: DTZ001 - a day, as click gives it.


@pytest.fixture
def sent(run, written):
    """A requisition for one, opened by command, approved, and sent to both recruiters."""
    form = written(asked(positions="1", **both_at_once()))
    ran = run("requisition", "open", form, *BUYER, *DAY)
    assert ran.code == 0, ran.err
    (opened,) = ran.rows
    assert (opened["status"], opened["turn"]) == ("pending_approval", "buyer")
    assert (opened["waits_for"], opened["budget"]) == ("approver", "240000.00")
    words = ("approve", "--reason", "we need one", "--as", "wang.approver", *DAY)
    run("decide", opened["decision"], *words)
    swept("requisitions", "distribution")
    return str(opened["requisition"])


def met(run, written, submission):
    """Meet a candidate by commands; return what became of the meeting and whose turn it is."""
    form = written(MEETING | {"submission": submission})
    (proposal,) = run("interview", "propose", form, *BUYER, *DAY).rows
    run("interview", "confirm", proposal["interview"], *FIRST, *DAY)
    words = (proposal["interview"], "--note", "good", *BUYER, *DAY)
    (held,) = run("interview", "done", *words).rows
    return held["status"], held["turn"]


def test_a_requisition_is_filled_by_commands_and_shown_part_by_part(run, sent, written):
    seen = run("requisition", "view", sent, "--supplier", "SUP-2026-000002", *SECOND, *DAY)
    assert seen.rows[0]["status"] == "viewed"
    (first,) = run("submission", "submit", written(proposed("he.hengxin")), *FIRST, *DAY).rows
    second = run("submission", "submit", written(proposed("mo.morgen")), *SECOND, *DAY)
    told = (second.code, second.rows[0]["status"], second.rows[0]["duplicate_of"])
    assert told == (0, "duplicate", first["submission"])
    assert first["number"] == f"cn_ric ••••{nth_number(0)[-4:]}"
    run("submission", "shortlist", first["submission"], "--reason", "suits", *BUYER, *DAY)
    assert met(run, written, first["submission"]) == ("done", None)
    (offer,) = run("offer", "draft", written(offering(first["submission"])), *BUYER, *DAY).rows
    words = ("approve", "--reason", "good", "--as", "wang.approver", *DAY)
    run("decide", offer["decision"], *words)
    swept("offers")

    proof = written({"yes": "I will come"}, "proof.txt")
    accepted = run("offer", "accept", offer["offer"], "--proof", proof, *FIRST, *DAY)

    assert accepted.rows[0]["worker"] == "WKR-2026-000001"
    shown = run("requisition", "show", sent, *DAY)
    (whole,) = shown.of("requisition")
    assert (whole["status"], whole["taken"]) == ("filled", 1)
    assert [row["status"] for row in shown.of("submission")] == ["accepted", "duplicate"]
    ended = [shown.of(kind)[-1]["status"] for kind in ("distribution", "interview", "offer")]
    assert ended == ["responded", "done", "accepted"]
    assert nth_number(0) not in shown.out


def test_of_several_files_each_is_taken_or_refused_by_itself(run, sent, written):
    good = written(proposed("he.hengxin"), "good.yaml")
    bad = written(proposed("he.hengxin", right_to_represent={}), "bad.yaml")

    ran = run("submission", "submit", good, good, bad, *FIRST, *DAY)

    assert ran.code == 1
    assert [bool(row["refused"]) for row in ran.rows] == [False, True, True]
    assert "proposed this candidate" in ran.rows[1]["refused"]
    listed = run("submission", "list", "--requisition", sent, "--status", "submitted", *DAY)
    assert [row["submission"] for row in listed.rows] == ["SUB-2026-000001"]


@pytest.mark.usefixtures("sent")
def test_a_consent_that_does_not_lie_beside_the_form_is_asked_for(run, written, tmp_path):
    form = written(proposed("he.hengxin"))
    (tmp_path / "consent.pdf").unlink()

    ran = run("submission", "submit", form, *FIRST, *DAY)

    assert "consent.pdf does not lie beside the form" in ran.err


def test_suppliers_decline_and_buyers_reject_cancel_and_list(run, sent, written):
    declined = run(
        *("requisition", "decline", sent, "--supplier", "SUP-2026-000002"),
        *("--reason", "too busy", *SECOND, *DAY),
    )
    assert declined.rows[0]["because"] == "too busy"
    (found,) = run("submission", "submit", written(proposed("he.hengxin")), *FIRST, *DAY).rows
    words = ("--reason", "too far away", *BUYER, *DAY)
    (rejected,) = run("submission", "reject", found["submission"], *words).rows
    assert (rejected["status"], rejected["because"]) == ("rejected", "too far away")
    again = run("submission", "withdraw", found["submission"], *words)
    assert "is rejected (too far away) and cannot be withdrawn" in again.err

    cancelled = run("requisition", "cancel", sent, "--reason", "the shop closes", *BUYER, *DAY)

    assert cancelled.rows[0]["status"] == "cancelled"
    assert run("requisition", "list", "--status", "cancelled", *DAY).rows[0]["taken"] == 0
    assert run("offer", "list", *DAY).rows == []
    assert "say who you are" in run("requisition", "cancel", sent, "--reason", "no", *DAY).err
