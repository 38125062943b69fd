"""Modes, dispatch, headcount and tenure, as people and scripts command them."""

from datetime import date
from typing import Any

import pytest

from tests import make
from tests.make.classification import DISGUISED, answers_of
from vendorops.questionnaires.answers import read_answers

DAY = ("--as-of", "2026-11-04", "--json")
BUYER = ("--as", "lin.buyer", *DAY)


@pytest.fixture
def contract(home, opener):
    del home
    with opener()() as books:
        return make.contract(books)


@pytest.fixture
def answers(tmp_path):
    """Return `answers(subject, yes)`: a file that answers FO-1."""

    def written(subject, yes=frozenset()):
        path = tmp_path / f"{subject}.yaml"
        said = [f"  {ident}: {each['is']}" for ident, each in answers_of(yes=yes).items()]
        head = [f"questionnaire: false_outsourcing\nsubject: {subject}\nanswers:"]
        path.write_text("\n".join(head + said))
        return path

    return written


def test_questionnaires_and_what_they_ask_are_listed(run, home):
    del home
    known = run("mode", "questions", *DAY).rows
    asked = run("mode", "questions", "us_economic_reality", "--method", "core_two", *DAY).rows

    assert {row["questionnaire"] for row in known} == {
        *("mode", "false_outsourcing", "platform_worker"),
        *("us_economic_reality", "us_abc", "de_scheinselbstaendigkeit"),
    }
    assert [row["id"] for row in asked][-1] == "integrated_unit"
    assert asked[0]["answers"] == ["-1", "0", "1"]
    assert run("mode", "questions", "horoscope", *DAY).code == 1


def test_a_blank_file_is_filled_in_and_answered(run, home):
    del home
    blank = run("mode", "questions", "us_abc", "--blank", "--as-of", "2026-11-04").out

    filled = blank.replace("subject: #", "subject: CON-1 #")
    sheet = read_answers(
        "\n".join(
            f"{line}yes" if line.startswith("  ") and line.endswith(": ") else line
            for line in filled.splitlines()
        ).encode()
    )

    assert set(sheet.told) == {"a_free_from_control", "b_outside_business", "c_own_trade"}


def test_a_held_engagement_waits_is_shown_and_goes_on_once_it_is_cleared(run, contract, answers):
    (row,) = run("mode", "decide", answers(contract.reference, DISGUISED), *BUYER).rows
    assert (row["result"], row["score"], row["held"]) == ("dispatch_in_disguise", 10, True)
    assert (row["waits_for"], row["stands_in_the_way"]) == ("compliance", True)

    reason = ("--reason", "the contract was changed", "--as", "gu.compliance")
    run("decide", row["decision"], "approve", *reason, *DAY)
    run("mode", "decide", answers(contract.reference, DISGUISED), *BUYER)

    (listed,) = run("mode", "list", "--about", contract.reference, "--json").rows
    assert (listed["outcome"], listed["stands_in_the_way"]) == ("cleared", False)
    (shown,) = run("mode", "show", row["classification"], "--json").rows
    assert shown["cite"].startswith("Interim Provisions on Labour Dispatch, art. 27")
    assert shown["answers"]["directs_daily"] == {"is": "yes"}
    contested = ("mode", "appeal", row["classification"], "--reason", "they direct daily")
    (appealed,) = run(*contested, "--as", "wang.approver", *DAY).rows
    assert (appealed["status"], appealed["stands_in_the_way"]) == ("appealed", True)


def test_a_file_that_leaves_questions_open_is_refused_by_their_names(run, contract, answers):
    path = answers(contract.reference)
    path.write_text(path.read_text().replace("  our_post: no", ""))

    ran = run("mode", "decide", path, *BUYER)

    assert ran.code == 1
    assert "our_post" in ran.rows[0]["refused"]


def test_a_draft_is_tested_on_what_stands(run, contract, answers, tmp_path):
    run("mode", "decide", answers(contract.reference, {"our_tools"}), *BUYER)
    draft = tmp_path / "false_outsourcing.2027-01-01.yaml"
    draft.write_text(
        "code: false_outsourcing\nsince: 2027-01-01\nzh: 草案\nen: Draft\ncite: Draft policy\n"
        "role: compliance\nquestions:\n"
        "  [{id: our_tools, kind: yes_no, weight: 1, zh: 工具, en: Tools}]\n"
        "methods: {standard: {rules: [{result: bad, reaches_threshold: true, why: x},\n"
        "  {result: business_outsourcing, why: none}]}}\n"
        "results: {bad: {zh: 坏, en: Bad}, business_outsourcing: {zh: 外包, en: Good}}\n"
        "thresholds: {2027-01-01: {score: 1, cite: Draft policy}}\n"
    )

    same = run("mode", "back-test", "false_outsourcing", *DAY)
    (found,) = run("mode", "back-test", "false_outsourcing", "--file", draft, *DAY).rows

    assert same.rows == []
    assert (found["result"], found["then"], found["then_held"]) == (
        *("business_outsourcing", "bad"),
        True,
    )


def test_a_questionnaire_is_asked_of_a_program_or_of_a_contract(run, contract):
    words = ("mode", "require", "mode", "--from", "2026-11-01", "--reason", "policy 7")

    (wide,) = run(*words, "--program", "staffing", "--place", "cn", *BUYER).rows
    (narrow,) = run(*words, "--contract", contract.reference, *BUYER).rows

    assert (wide["program"], wide["contract"]) == ("staffing", None)
    assert narrow["contract"] == contract.reference
    assert run(*words, *BUYER).code == 1


def test_headcount_and_post_show_in_what_the_guardrails_say(run, contract, opener, tmp_path):
    ours = ("--entity", "XH", "--from", "2026-10-01", "--reason", "social insurance list")
    (told,) = run("headcount", "set", *ours, "--employees", "89", *BUYER).rows
    assert told["dispatched_at_most"] == 9
    assert run("headcount", "show", "--entity", "XH", "--json").rows == [told]
    assert run("headcount", "show", "--entity", "??", "--json").code == 1
    with opener()() as books:
        order = make.work_order(books, contract)
    kind = ("--name", order.title, "--kind", "auxiliary", "--main-business", "yes")
    (post,) = run("dispatch", "post", contract.reference, *kind, *BUYER).rows
    assert post["kind"] == "auxiliary"
    facts = tmp_path / "facts.yaml"
    facts.write_text(
        "contract_months: 24\nfixed_term: true\npaid_monthly: true\nminimum_wage_when_idle: true\n"
        "agency_owners: [a]\nuser_owners: [a]\nfees_from_worker: []\n"
        "agreements: [{since: 2026-01-01, until: 2028-01-01}]\n"
    )

    rows = run("dispatch", "check", order.reference, "--facts", facts, *DAY).rows

    said = {row["rule"]: row["verdict"] for row in rows}
    assert len(said) == 16
    assert {rule for rule, verdict in said.items() if verdict == "fail"} >= {"LD-5", "LD-13"}
    assert {said[rule] for rule in ("LD-3", "LD-7", "LD-8", "LD-9", "LD-11")} == {"pass"}
    assert said["LD-10"] == "unknown"
    facts.write_text("weather: fine\n")
    assert run("dispatch", "check", order.reference, "--facts", facts, *DAY).code == 1


def test_clocks_are_listed_with_warnings_ahead(run, home, opener):
    del home
    with opener()() as books:
        days: dict[str, Any] = {"starts_on": date(2025, 1, 1), "ends_on": date(2030, 1, 1)}
        leased = make.contract(books, place="de", **days)
        agency = make.only(books, type(make.supplier(books)), id=leased.supplier_id)
        worker = make.worker(books, agency)
        spell: dict[str, Any] = {"starts_on": date(2025, 6, 1), "ends_on": date(2026, 12, 1)}
        make.work_order(books, leased, worker_id=worker.id, **spell)

    (row,) = run("tenure", *DAY).rows

    assert (row["worker"], row["limit_on"]) == (worker.reference, "2026-12-01")
    assert row["days_used"] == (date(2026, 11, 4) - date(2025, 6, 1)).days
    assert row["used"] == "17 months 3 days"
    assert row["warnings"][0] == "18 months on 2026-12-01"
    none_yet = run("tenure", "--ahead", "5", "--warned", "--as-of", "2026-02-01", "--json")
    assert none_yet.rows == []
