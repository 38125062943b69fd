"""Our verdicts against those of the collection beside the checkout: the whole of it under soak."""

from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from tests.rulesets.collected import (
    EXPECTED,
    OWN_PROFILE,
    Case,
    cases_of,
    documents,
    inside,
    level_of,
)
from vendorops.domain.finding import Level
from vendorops.gateways.claim_judging import Judgement, judge_claims
from vendorops.gateways.claim_reading import GivenFile
from vendorops.gateways.official_rules import Rules

DIFFERING = yaml.safe_load(Path(__file__).with_name("differing.yaml").read_text("utf-8"))
LATER = DIFFERING["rules_of_a_later_release"]["rules"]
UNPACKED = DIFFERING["rules_in_no_package"]
WRONG = set(DIFFERING["held_to_be_wrong"]["files"])
EACH = 40
"""In `make test` every so many of the collection; all of it under soak."""
AT_LEAST = 600

pytestmark = pytest.mark.skipif(
    not EXPECTED.exists(), reason="the collection of invoices is not beside this checkout"
)
whole = pytest.mark.soak


def broken(judgement: Judgement, *levels: Level) -> set[str]:
    return {one.code for one in judgement.findings if one.level in (levels or tuple(Level))}


def later(rule: str) -> bool:
    return any(fnmatch(rule, known) for known in LATER)


def contradicting(case: Case, judgement: Judgement) -> frozenset[str]:
    """The rules of a fragment on which our verdict is another."""
    fatal = broken(judgement, Level.FATAL)
    either = broken(judgement)
    return (case.keeps & either) | (case.breaks - fatal) | (case.warns - either)


def judged(cases: list[Case], rules: str) -> list[Judgement]:
    return list(judge_claims((GivenFile(case.data, case.name) for case in cases), Rules(rules)))


def check_fragments(cases):
    for case, judgement in zip(cases, judged(cases, "en16931"), strict=True):
        assert contradicting(case, judgement) == frozenset(), case.name


def test_fragments_of_the_tests_of_en_16931_break_and_keep_the_rules_they_should():
    check_fragments(list(cases_of("en16931"))[::EACH])


@whole
def test_every_fragment_of_the_tests_of_en_16931_breaks_and_keeps_the_rules_it_should():
    cases = list(cases_of("en16931"))

    check_fragments(cases)
    assert len(cases) > AT_LEAST


@whole
def test_peppols_own_tests_differ_only_in_rules_of_a_later_release():
    cases = list(cases_of("peppol-bis-3"))
    differing: set[str] = set()

    for case, judgement in zip(cases, judged(cases, "peppol"), strict=True):
        if case.name.split("/")[1] in UNPACKED["test_sets"]:
            assert broken(judgement) == {"rules-absent"}, case.name
        else:
            differing |= contradicting(case, judgement)

    assert all(later(rule) for rule in differing), differing


def check_documents(given):
    """Compare the verdict, and the rules broken wherever the same rules judged."""
    judgements = judge_claims(GivenFile(data, Path(key).name) for key, data, _ in given)
    for (key, _, facts), judgement in zip(given, judgements, strict=True):
        told = (inside(facts) or {}) if facts["kind"] == "pdf" else facts
        assert judgement.accepted is valid(key, told, judgement), (key, broken(judgement))
        if judgement.read.format == "ubl":
            core = {rule for rule in broken(judgement, Level.FATAL) if not other_rules(rule)}
            assert core == {rule for rule in told["cen"] if not rule.startswith("!")}, key


def other_rules(rule: str) -> bool:
    return rule.startswith(("PEPPOL-", "GR-", "SE-", "DK-", "NL-", "IT-", "NO-", "IS-", "schema"))


def valid(key, told, judgement) -> bool:
    """Whether the collection holds a file valid, by the rules that are at hand."""
    if key in WRONG:
        assert "schema" in broken(judgement, Level.FATAL), key
        return False
    own = level_of(told) in OWN_PROFILE
    rules = set(told.get("facturx_fails", ()) if own else told.get("cen", ()))
    rules |= {rule for rule in told.get("peppol", ()) if not later(rule)}
    if told.get("xr") and not rules:
        assert "rules-absent" in broken(judgement, Level.WARNING), key
    ours_alone = {rule for rule in broken(judgement, Level.FATAL) if later(rule)}
    return not rules and not ours_alone and told.get("xsd_valid", True)


def whole_files():
    given = documents("ubl", "cii", "pdf")
    return [each for each in given if each[2]["kind"] != "pdf" or inside(each[2])]


def test_whole_invoices_are_judged_as_the_collection_judges_them():
    check_documents(whole_files()[:: EACH // 4])


@whole
def test_every_whole_invoice_is_judged_as_the_collection_judges_it():
    check_documents(whole_files())


@whole
def test_every_file_that_is_no_e_invoice_is_refused_with_a_place_and_a_sentence():
    given = list(documents("dummy", "not-wellformed", "SCRDMCCBDACIOMessageStructure"))

    for judgement in judge_claims(GivenFile(data, key) for key, data, _ in given):
        (finding,) = judgement.findings
        assert finding.level is Level.FATAL
        assert finding.where
        assert ";" in finding.message
