"""Every command's options: told what they are for, of one kind wherever they have one name."""

import sqlite3
from contextlib import closing

import click
import pytest

from tests.cli.conftest import find
from vendorops.cli import vendorops
from vendorops.cli.session import Day, Words

LARGEST = 2**31 - 1
SENTENCES = {"db backup", "db restore", "db upgrade", "serve"}
"""Commands that answer with a sentence about this machine, which is no data."""


def commands(group, path=(), above=None):
    """Every command by the words it is called with."""
    context = click.Context(group, info_name=group.name, parent=above)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, click.Group):
            yield from commands(found, (*path, name), context)
        else:
            yield " ".join((*path, name)), found


def most(kind):
    """The largest number that an option takes."""
    return getattr(kind, "max", None) or LARGEST + 1


@pytest.fixture(scope="module")
def options():
    """Every option, with the command it belongs to."""
    return [
        (name, option)
        for name, command in commands(vendorops)
        for option in command.params
        if isinstance(option, click.Option)
    ]


def test_every_command_and_every_option_says_what_it_is_for(options):
    assert [name for name, command in commands(vendorops) if not command.help] == []
    assert [(name, option.opts) for name, option in options if not option.help] == []


def test_whatever_answers_with_data_answers_in_json(options):
    in_json = {name for name, option in options if "--json" in option.opts}

    assert {name for name, _ in commands(vendorops)} - in_json == SENTENCES


def test_a_reason_is_read_alike_by_every_command_and_so_is_a_day(options):
    reasons = [
        (name, option.type)
        for name, option in options
        if {"--reason", "--text"} & {*option.opts} and not isinstance(option.type, click.Choice)
    ]
    assert len(reasons) > 40
    assert [name for name, kind in reasons if not isinstance(kind, Words)] == ["filing prepare"]
    days = [kind for _, option in options if isinstance(kind := option.type, click.DateTime)]
    assert {type(kind) for kind in days} == {Day}


def test_no_number_is_larger_than_the_books_can_hold(options):
    numbers = [
        (name, option)
        for name, option in options
        if option.type is click.INT or isinstance(option.type, click.IntRange)
    ]
    assert [
        (name, option.opts)
        for name, option in numbers
        if not name.startswith("bench ") and most(option.type) > LARGEST
    ] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("decide", "DEC-2026-000001", "approve", "--reason", "x"),
            "'x' is too short to say what you mean",
        ),
        (("filing", "amend", "RET-2026-000001", "--reason", "n"), "2 letters or more"),
        (
            ("supplier", "suspend", "SUP-2026-000001", "--reason", " "),
            "say what you mean, in words",
        ),
        (("dispute", "answer", "DSP-2026-000001", "--text", ""), "say what you mean, in words"),
        (("settle", "--month", "9999-12"), "not between the months 1900-01 and 2199-12"),
        (("settle", "--month", "0000-01"), "not between the months 1900-01 and 2199-12"),
        (("settle", "--month", "2026-13"), "'2026-13' is not a month; write it as 2026-10"),
        (("settle", "--month", "2026-1"), "is not a month"),
        (("settle", "--month", "26-01"), "is not a month"),
        (("law", "show", "ksa.levy", "--on", "9999-12-31"), "between the years 1900 and 2199"),
        (("cash", "forecast", "--from", "x" * 5000), "letters)"),
        (("inbox", "--limit", "9" * 30), "is not in the range"),
        (("exceptions", "--days", "9" * 30), "is not in the range"),
        (("verify", "--checkpoint", "NaN"), "--checkpoint is SEQ:HASH"),
        (("inbox", "--owner", "\udcff"), "word 3 of the command is not text in UTF-8"),
        (("invoice", "hold", f"INV-2026-000001/{'9' * 5000}", "--reason", "why"), "by its number"),
        (("filing", "prepare", "--reason", "it was wrong"), "--reason goes with --again"),
        (("centre", "open", "CC-1", "--name", " ", "--entity", "XH"), "it is blank"),
    ],
)
def test_a_misused_option_is_told_by_what_it_may_be(run, words, told):
    ran = run(*words)

    assert ran.code == 2
    assert told in ran.err
    assert len(ran.err) < 600


NOT_THERE = [
    (("exceptions", "--owner", "nobody"), "there is no person 'nobody'"),
    (("exceptions", "--currency", "XXX"), "'XXX' is not a currency"),
    (("inbox", "--owner", "nobody"), "there is no person 'nobody'"),
    (("inbox", "--role", "king"), "nobody has the role 'king'; roles are admin, approver, "),
    (("delegate", "list", "--person", "nobody"), "there is no person 'nobody'"),
    (("dispute", "list", "--supplier", "SUP-1"), "there is no Supplier 'SUP-1'"),
    (("dispute", "list", "--invoice", "INV-1"), "there is no Invoice 'INV-1'"),
    (("filing", "list", "--entity", "YY"), "there is no company 'YY' of ours; there are "),
    (("headcount", "show", "--entity", "YY"), "there is no company 'YY' of ours; there are "),
    (("headcount", "show", "--entity", "XH", "--place", "moon"), "law knows no 'moon'"),
    (("cash", "forecast", "--company", "YY"), "there is no company 'YY' of ours; there are "),
    (("mode", "list", "--questionnaire", "moon"), "questionnaires knows no 'moon'; it knows"),
    (("mode", "list", "--about", "CON-2026-000009"), "there is no Contract"),
    (("approvals", "show", "--kind", "contract", "--program", "moon"), "moon"),
    (("approvals", "show", "--kind", "contract", "--place", "moon"), "law knows no 'moon'"),
    (("supplier", "show", "9" * 5000), f"there is no Supplier '{'9' * 40}'"),
]


@pytest.mark.usefixtures("home")
def test_what_a_list_is_narrowed_to_and_is_not_there_is_no_empty_answer(run):
    for words, told in NOT_THERE:
        ran = run(*words, "--json")

        assert (ran.code, ran.out, told in ran.err) == (1, "", True), (words, ran.err)


@pytest.mark.usefixtures("home")
def test_a_status_that_orders_never_have_is_refused_with_those_they_have(run):
    for what in ("order", "sow"):
        ran = run(what, "list", "--status", "closed-ish")
        assert (ran.code, "'active'" in ran.err) == (2, True)


@pytest.mark.usefixtures("home")
def test_a_kind_of_question_that_nothing_waits_for_is_told_with_those_that_wait(run):
    ran = run("inbox", "--kind", "hold_relase", "--json")

    assert (ran.code, ran.rows) == (0, [])
    assert "nothing open is of the kind 'hold_relase'; open are: " in ran.err


@pytest.mark.usefixtures("home")
def test_a_backup_is_written_over_no_other_file_and_nothing_else_is_restored(run, tmp_path):
    saved, letter = tmp_path / "saved.db", tmp_path / "letter.txt"
    letter.write_text("Dear all")
    assert run("db", "backup", saved).code == 0
    assert run("db", "backup", saved).code == 0, "an earlier backup may be written over"

    for words, told in (
        (("backup", letter), "is there and holds no books"),
        (("backup", tmp_path / "none" / "saved.db"), "there is no folder"),
        (("restore", letter, "--yes"), "holds no books"),
    ):
        ran = run("db", *words)
        assert (ran.code, told in ran.err) == (1, True), ran.err

    assert letter.read_text() == "Dear all"
    with closing(sqlite3.connect(saved)) as copy:
        assert copy.execute("SELECT count(*) FROM legalentity").fetchone() >= (1,)


def test_nothing_is_backed_up_where_there_are_no_books(run, monkeypatch, tmp_path):
    monkeypatch.setenv("VENDOROPS_HOME", str(tmp_path / "nowhere"))
    monkeypatch.delenv("VENDOROPS_DATABASE", raising=False)

    ran = run("db", "backup", tmp_path / "saved.db")

    assert (ran.code, "there are no books at" in ran.err) == (1, True)
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_is_no_text_is_told_so(run, settings, monkeypatch, tmp_path):
    find(monkeypatch, settings)
    noise = tmp_path / "noise.json"
    noise.write_bytes(bytes(range(256)))

    for words in (("law", "evaluate", noise), ("dispatch", "check", "WO-1", "--facts", noise)):
        ran = run(*words)
        assert (ran.code, "noise.json is not text in UTF-8" in ran.err) == (1, True), ran.err


@pytest.mark.usefixtures("home")
def test_a_cost_centre_has_a_code_that_shares_can_name(run):
    opened = ("centre", "open", "--name", "Store", "--entity", "XH", "--as", "zhao.finance")

    for code in ("A=B", " ", "x" * 41):
        ran = run(*opened, code)
        assert (ran.code, "is no code" in ran.err) == (1, True), ran.err
    [row] = run(*opened, "门店-1.a", "--json").rows
    assert (row["centre"], row["entity"]) == ("门店-1.a", "XH")
