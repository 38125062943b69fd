"""Invoice Responses are written from the command line and lie in the outgoing folder."""

import pytest

from tests.cli.conftest import find
from tests.stages.invoice_responses import addressed
from tests.stages.settlement import month

DAY = ("--as-of", "2026-11-05", "--json")


@pytest.fixture
def claim(opener, settings, monkeypatch):
    """A claim of which a part is disputed, in an installation that commands find."""
    with opener()() as books:
        row = month.partly_explained(books, addressed.contract(books))
    find(monkeypatch, settings)
    return row.reference


def test_a_response_lies_in_the_outgoing_folder_under_its_hash(run, claim, settings):
    [told] = run("invoice", "response", claim, *DAY).rows

    assert (told["invoice"], told["code"]) == (claim, "CA")
    assert told["clarifications"][-1] == "CNP"
    assert told["file"] == f"IRP-2026-000001-{told['sha256'][:12]}.xml"
    assert b">CA<" in (settings.outgoing / told["file"]).read_bytes()


def test_all_that_wait_are_answered_once_and_then_none_does(run, claim):
    assert [row["invoice"] for row in run("invoice", "response", "--all", *DAY).rows] == [claim]
    assert run("invoice", "response", "--all", *DAY).rows == []
    [again] = run("invoice", "response", claim, *DAY).rows
    assert again["response"] == "IRP-2026-000001"


@pytest.mark.usefixtures("claim")
def test_one_invoice_or_all_are_to_be_named_and_must_be_there(run):
    assert run("invoice", "response", *DAY).code == 2
    ran = run("invoice", "response", "INV-2026-000044", *DAY)
    assert (ran.code, "there is no Invoice 'INV-2026-000044'" in ran.err) == (1, True)
