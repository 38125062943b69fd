from datetime import timedelta
from functools import partial

import pytest

from tests.told import BEGUN, played, ticking
from vendorops.books import Terms, forget_engines, open_books
from vendorops.books.engine import engine
from vendorops.demo import story
from vendorops.gateways.clock import now
from vendorops.stages import sweep

SIGNED = ("--as-of", "2026-09-24")
REASON = ("--reason", "as the test wants it")


@pytest.fixture(scope="module")
def proposed(tmp_path_factory):
    """An installation in which four contracts wait for their approvers."""
    settings = played(tmp_path_factory, acts=2)
    world = ticking(settings, BEGUN + timedelta(hours=1))
    for stage in ("bank_accounts", "contracting", "signing"):
        world.run(stage, story.SIGNED)
    engine(settings).dispose()
    forget_engines()
    return settings


@pytest.fixture
def contracts(proposed, copied):
    """A copy of it, of the test's own."""
    return copied(proposed)


@pytest.fixture
def waiting(contracts, run):
    """Return `waiting(*words)`, the questions that the inbox shows."""
    del contracts
    return lambda *words: run("inbox", *SIGNED, "--json", *words).of("question")


def decide(run, case, who, *words, verdict="approve", day=SIGNED):
    return run("decide", case, verdict, *REASON, "--as", who, *day, *words, "--json")


def test_the_matrix_is_listed_and_asked_for_one_question(home, run):
    del home
    listed = run("approvals", "list", "--on", "2026-09-24", "--json").rows
    words = ("--kind", "contract", "--program", "rpo", "--amount", "1500000", "--currency", "CNY")
    shown = run("approvals", "show", *words, "--on", "2026-09-24", "--json").rows

    assert [row["steps"] for row in listed if row["risk"] == "high" and not row["from"]] == [
        ["compliance (3 days)", "approver (3 days)"]
    ]
    assert [(row["step"], row["role"], row["people"]) for row in shown] == [
        (1, "approver", ["wang.approver (up to 5000000.00 CNY)"]),
        (2, "cfo", ["tang.cfo"]),
    ]


def test_a_question_without_a_row_of_the_matrix_says_so(home, run):
    del home
    ran = run("approvals", "show", "--kind", "filing")

    assert (ran.code, ran.out.strip()) == (0, "Who approves this filing: nothing")
    assert "No row of the matrix fits" in ran.err


def test_the_inbox_names_owner_due_day_and_deputies_and_shows_only_what_one_may(waiting):
    everything = waiting("--all")
    chen = waiting("--as", "chen.approver")

    assert len(everything) == 4
    assert {row["owner"] for row in everything} == {"wang.approver", "chen.approver"}
    assert [(row["owner"], row["amount"]) for row in chen] == [("chen.approver", "200000.00 CNY")]
    assert {row["due"] for row in everything} == {"2026-09-30"}
    assert {row["overdue"] for row in everything} == {None}
    assert waiting("--as", "tang.cfo") == []


def test_pages_of_the_inbox_say_how_much_is_left(contracts, run, waiting):
    del contracts
    page = run("inbox", "--all", "--limit", "3", *SIGNED, "--json")
    rest = waiting("--all", "--skip", "3")

    assert page.err.strip() == "1 more; see them with --skip 3"
    assert len(page.of("question")) == 3
    assert len(rest) == 1


def test_what_nobody_may_answer_is_shown_loudly(contracts, run):
    company = contracts.home / "company.yaml"
    text = (story.SAMPLES / "company.yaml").read_text("utf-8")
    limit = "limit: 5000000.00, currency: CNY, valid_from: 2026-01-01"
    company.write_text(text.replace(limit, f"{limit}, valid_to: 2026-09-25"), "utf-8")
    assert run("company", "load", company, *SIGNED).code == 0
    terms = Terms(story.IN_FORCE, "system:decisions", now)
    sweep("decisions", partial(open_books, contracts, terms))

    shown = run("inbox", "--all", "--as-of", "2026-10-01")
    told = run("inbox", "--all", "--as-of", "2026-10-01", "--json")

    assert "NOBODY MAY ANSWER DEC-2026-" in shown.out
    problems = {row["problem"] for row in told.of("question")} - {None}
    assert "no approver has a limit of 1500000.00 CNY or more" in problems
    [refusal, *_] = told.of("refusal")
    assert (refusal["role"], refusal["due"]) == ("admin", "2026-10-10")


def test_somebody_stands_in_by_the_command_line_until_it_is_ended(contracts, run, waiting):
    del contracts
    [case] = [row["case"] for row in waiting("--as", "chen.approver")]
    words = ("--to", "zhao.finance", "--role", "approver", "--until", "2026-09-30", *REASON)

    refused = decide(run, case, "zhao.finance")
    [handed] = run("delegate", *words, "--as", "chen.approver", *SIGNED, "--json").rows
    assert [row["case"] for row in waiting("--as", "zhao.finance")] == [case]
    [told] = decide(run, case, "zhao.finance").rows
    [ended] = run(
        *("delegate", "end", handed["delegation"], *REASON, "--as", "chen.approver"),
        *(*SIGNED, "--json"),
    ).rows
    [listed] = run("delegate", "list", "--person", "zhao.finance", *SIGNED, "--json").rows

    assert "does not hold the role" in refused.err
    assert (handed["state"], handed["until"]) == ("in force", "2026-09-30")
    assert told["in_the_place_of"] == "chen.approver"
    assert ended == listed
    assert listed["state"] == "ended"
    assert waiting("--as", "zhao.finance") == []


def test_a_delegation_by_an_admin_is_confirmed_by_another(contracts, run):
    del contracts
    words = ("--of", "chen.approver", "--to", "lin.buyer", "--role", "approver")
    entered = run(
        *("delegate", *words, "--until", "2026-09-30", *REASON, "--as", "feng.admin"),
        *(*SIGNED, "--json"),
    ).rows[0]
    confirm = ("delegate", "confirm", entered["delegation"], *SIGNED, "--json", "--as")

    assert entered["state"] == "to be confirmed"
    assert "another admin confirms" in run(*confirm, "feng.admin").err
    assert run(*confirm, "deng.admin").rows[0]["state"] == "in force"


@pytest.mark.parametrize(
    "words",
    [
        ("--to", "lin.buyer", "--role", "approver", *REASON),
        ("--role", "approver", "--until", "2026-09-30", *REASON),
        ("--to", "x", "--role", "y", "--until", "2026-09-30", *REASON, "--limit", "3"),
    ],
)
def test_a_delegation_that_is_not_whole_is_a_misuse(home, run, words):
    del home

    assert run("delegate", *words, "--as", "chen.approver").code == 2


def test_an_answer_is_corrected_until_a_stage_acted_on_it(contracts, run, waiting):
    [case] = [row["case"] for row in waiting("--as", "chen.approver")]
    decide(run, case, "chen.approver")
    [newer] = decide(run, case, "chen.approver", "--correct", verdict="reject").rows
    again = decide(run, newer["case"], "wang.approver", "--correct", "--key", "k1").rows
    repeated = decide(run, newer["case"], "wang.approver", "--correct", "--key", "k1").rows
    terms = Terms(story.SIGNED, "system:signing", now)
    sweep("signing", partial(open_books, contracts, terms))

    late = decide(run, again[0]["case"], "wang.approver", "--correct", verdict="reject")

    assert newer["answer"] == "reject"
    assert again == repeated
    assert late.code == 1
    assert "took effect on 2026-09-24" in late.err
    assert "amend or terminate the contract" in late.err
