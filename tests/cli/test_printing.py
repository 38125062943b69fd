"""What suppliers write is shown on a terminal, and never obeyed by it."""

from vendorops.cli.printing import emit, harmless


def test_escapes_and_turns_of_direction_are_shown_as_what_they_are():
    assert harmless("A\x1b[2J\x07\x9b1m\u202eB\rC") == r"A\x1b[2J\x07\x9b1m\u202eB\rC"


def test_names_of_any_script_stay_as_they_are():
    for name in ("张伟 Zhang Wei", "Müller & Söhne", "شركة", "two\nlines"):
        assert harmless(name) == name


def test_a_table_gives_no_terminal_a_command(capsys):
    emit([{"number": "INV\x1b]0;title\x07", "works": ["W\x1b[31m"]}], as_json=False)

    assert "\x1b" not in capsys.readouterr().out
