"""Accounts from the command line: proposed, called back, checked, shown; refusals have a code."""

from datetime import date
from functools import partial

import pytest
import yaml

from vendorops.books import Terms, open_books
from vendorops.gateways.clock import now
from vendorops.stages import sweep

NEW = "4000021309200456781"
DAY = ("--as-of", "2026-12-03")
RPO = "SUP-2026-000003"


@pytest.fixture
def proposal(tmp_path):
    path = tmp_path / "account.yaml"
    form = {"scheme": "cn_account", "number": NEW, "bank": "102584002119"}
    form |= {"holder": "深圳勤途人力资源有限公司", "currency": "CNY"}
    path.write_text(yaml.safe_dump(form), encoding="utf-8")
    return path


@pytest.fixture
def account(month, run, proposal):  # noqa: ARG001 - it is proposed in that month.
    """Return the reference of an account that was proposed."""
    ran = run("account", "propose", RPO, proposal, "--as", "qin.rpo", *DAY, "--json")
    return ran.rows[0]["account"]


@pytest.fixture
def asked(month, run, account):  # noqa: ARG001 - it is asked about an account.
    """Return the questions about that account, by their kind."""
    terms = Terms(date(2026, 12, 3), "system:bank_accounts", now)
    sweep("bank_accounts", partial(open_books, month, terms))
    rows = run("inbox", "--all", *DAY, "--json").of("question")
    return {row["asks"]: row["case"] for row in rows}


@pytest.mark.usefixtures("asked")
def test_what_is_shown_of_a_change_says_that_payments_wait_and_no_number(run):
    shown = run("account", "show", RPO, *DAY, "--json")

    assert [row["status"] for row in shown.of("account")] == ["active", "proposed"]
    assert len(shown.of("contact")) == 2
    assert shown.of("pause")[0]["payments_wait"].startswith("E_BANK_PAUSED: ")
    assert NEW not in shown.out


def test_a_call_is_told_by_details_and_its_account_asked_for_unseen(
    run, asked, month, monkeypatch
):
    monkeypatch.setattr("click.prompt", lambda *_, **__: NEW)
    words = ("decide", asked["bank_verification"], "approve", "--reason", "called back")
    mine = ("--as", "zhao.finance", *DAY, "--json")
    called = ("--detail", "spoke_with=Ms Qin", "--detail", "called_at=2026-12-03T12:00+00:00")

    without = run(*words, *mine)
    young = run(
        *words, *called, "--detail", "contact=CTC-2026-000099", "--detail", "read_back=-", *mine
    )
    right = run(
        *words,
        *called,
        "--detail",
        "contact=CTC-2026-000006",
        "--detail",
        "read_back=-",
        "--key",
        "k",
        *mine,
    )

    assert without.err.startswith("Refused: E_BANK_NO_CALLBACK: ")
    assert young.err.startswith("Refused: E_BANK_CONTACT_UNKNOWN: ")
    assert (right.code, right.rows[0]["answer"]) == (0, "approve")
    for path in month.home.glob("books.db*"):
        assert NEW.encode() not in path.read_bytes()


@pytest.mark.parametrize("result_and_answer", [("close_match", "approve"), ("no_match", "reject")])
def test_a_name_check_keeps_its_evidence_and_answers_the_question(
    run, account, asked, proposal, result_and_answer
):
    result, answer = result_and_answer
    given = ("--method", "vop", "--result", result, "--evidence", proposal)

    ran = run("account", "check-name", account, *given, "--as", "zhao.finance", *DAY, "--json")

    assert ran.rows[0]["case"] == asked["bank_name_check"]
    assert (ran.rows[0]["answer"], ran.rows[0]["result"]) == (answer, result)


@pytest.mark.usefixtures("asked")
def test_a_change_is_revoked_by_those_it_concerns_only(run, account):
    words = ("account", "revoke", account, "--reason", "not ours", *DAY, "--json")

    stranger = run(*words, "--as", "sun.releaser")
    signer = run(*words, "--as", "qin.rpo")

    assert stranger.err.startswith("Refused: E_BANK_REVOKER: ")
    assert signer.rows[0]["status"] == "revoked"


@pytest.mark.usefixtures("month")
@pytest.mark.parametrize("who", ["wang.approver", "system:bank_accounts", "he.yunshu", "nobody"])
def test_a_proposal_by_somebody_else_is_refused_with_its_code(run, proposal, who):
    ran = run("account", "propose", RPO, proposal, "--as", who, *DAY)

    assert ran.code == 1
    assert ran.err.startswith(f"Refused: E_BANK_PROPOSER: {who} may not")
    assert len(run("account", "show", RPO, *DAY, "--json").of("account")) == 1


@pytest.mark.usefixtures("month")
def test_a_form_with_a_wrong_number_is_refused_without_showing_it(run, proposal):
    proposal.write_text(proposal.read_text("utf-8").replace(NEW, "12"), encoding="utf-8")

    ran = run("account", "propose", RPO, proposal, "--as", "qin.rpo", *DAY)

    assert ran.err.startswith("Refused: E_BANK_NUMBER: ")
