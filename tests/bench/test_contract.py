"""The benchmark of contracts computes what it tells, and each benchmark has options of its own."""

import json
from datetime import date

from click.testing import CliRunner

from vendorops import bench
from vendorops.bench._bare_page import SIDE_BY_SIDE, paragraphs_of, set_bare
from vendorops.cli.commands.bench import command
from vendorops.documents import pdf_facts


def test_six_pages_are_timed_against_bare_text_and_a_batch_on_one_and_two_processes():
    figures = bench.member("contract").run(lines=20)

    assert (figures["bench"], figures["contracts"]) == ("contract", 20)
    assert 6 <= int(figures["pages"]) <= 7
    assert int(figures["bare_pages"]) >= int(figures["pages"]) - 2
    computed = float(figures["ours_ms"]) / float(figures["bare_ms"])
    assert abs(float(figures["ratio"]) - computed) < 0.05
    assert figures["same_bytes"] == 1
    assert 0 < float(figures["speedup"]) < 3


def test_the_bare_page_says_what_the_document_said_in_both_languages():
    text = "1.1 甲方\r\n付款。\nThe Client\npays.\n1.2 乙方\nThe Supplier works.\f"

    found = paragraphs_of(text)

    assert found == ["1.1 甲方付款。", "The Clientpays.", "1.2 乙方", "The Supplier works."]
    said = pdf_facts(set_bare(SIDE_BY_SIDE, found, date(2026, 1, 1))).text
    assert all(each in said for each in found)


def test_each_benchmark_offers_its_own_sizes_and_keeps_those_scripts_use():
    assert bench.sizes("reconcile") == {"lines": 100_000, "database": ""}
    assert bench.sizes("contract") == {"lines": 1_000}


def test_a_new_benchmark_is_a_command_with_its_own_options(monkeypatch):
    class Added:
        @staticmethod
        def run(*, applications: int = 7, rounds: int) -> dict[str, int]:
            """Onboard."""
            return {"applications": applications, "rounds": rounds}

    monkeypatch.setattr("vendorops.cli.commands.bench.names", lambda: ["onboard"])
    monkeypatch.setattr("vendorops.cli.commands.bench.member", lambda _: Added)
    monkeypatch.setattr("vendorops.bench.member", lambda _: Added)

    ran = CliRunner().invoke(command, ["onboard", "--applications", "3", "--json"])

    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.output) == {"applications": 3, "rounds": bench.USUAL}


def test_a_size_below_one_is_misuse_and_measures_nothing():
    ran = CliRunner().invoke(command, ["contract", "--lines", "0"])

    assert ran.exit_code == 2
    assert "0 is not in the range x>=1" in ran.output
