import json
import subprocess
import sys

import pytest
from click import Context

from vendorops.cli import vendorops
from vendorops.cli.folder import first_line
from vendorops.demo import story

LOOK = """
import json
import sys
from vendorops.cli import main
met = {}
for words in json.loads(sys.argv[1]):
    sys.argv[1:] = words
    try:
        main()
    except SystemExit:
        pass
    met[" ".join(words)] = sum(name.split(".")[0] == "prefect" for name in sys.modules)
print()
print(json.dumps(met))
"""
SAMPLE = str(story.SAMPLES / "applications" / "rpo.yaml")
CLAIM = str(story.SAMPLES / "claims" / "RPO-2610-01.xml")


FLOWLESS = (
    ("--help",),
    ("serve", "--help"),
    ("inbox", "--all"),
    ("decide", "DEC-2026-000001", "approve", "--reason", "seen", "--as", "lin.buyer"),
    ("onboard", SAMPLE),
    ("work", "submit", str(story.SAMPLES / "sheets" / "rpo.yaml")),
    ("invoice", "check", CLAIM),
    ("invoice", "take", CLAIM),
    ("document", "check", SAMPLE),
    ("screening", "lists"),
    ("risk",),
    ("explain", "PAY-2026-000001"),
    ("verify", "--as-of", "2026-12-02"),
    ("db", "upgrade"),
)
"""Commands that run no flow."""


@pytest.mark.usefixtures("month")
def test_commands_that_run_no_flow_never_import_prefect():
    """All in one process: what one imports is still there after the next, and told of both."""
    done = subprocess.run(
        [sys.executable, "-c", LOOK, json.dumps(FLOWLESS)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    met = json.loads(done.stdout.splitlines()[-1])
    assert met == {" ".join(words): 0 for words in FLOWLESS}


def test_serve_says_where_decisions_are_answered_and_promises_no_page_for_them(run):
    ran = run("serve", "--help")

    said = " ".join(ran.out.split())
    assert "no web page for suppliers or for decisions" in said
    assert "later" not in said


def test_help_lists_every_command_with_one_sentence_and_imports_none_of_them(run):
    ran = run("--help")

    for name in vendorops.list_commands(Context(vendorops)):
        sentence = first_line("vendorops.cli.commands", name)
        assert sentence.endswith(".")
        assert sentence[:20] in ran.out
