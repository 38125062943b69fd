import importlib.util
from hashlib import sha256

import pytest

from vendorops import rulesets
from vendorops.rulesets import AUTO, Document, RulesAbsent, choose, names, rule_sets
from vendorops.rulesets import _sheet as sheets

CORE = "urn:cen.eu:en16931:2017"
BIS = f"{CORE}#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
GERMAN = f"{CORE}#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
SAMPLES = (("ubl", "Invoice"), ("cii", "CrossIndustryInvoice"))
CHOSEN = {
    ("ubl", CORE): ["en16931"],
    ("ubl", ""): ["en16931"],
    ("ubl", BIS): ["en16931", "peppol"],
    ("ubl", GERMAN): ["en16931"],
    ("cii", CORE): ["en16931"],
    ("cii", GERMAN): ["en16931"],
    ("cii", f"{CORE}#compliant#urn:factur-x.eu:1p0:basic"): ["en16931", "facturx"],
    ("cii", f"{CORE}#conformant#urn:factur-x.eu:1p0:extended"): ["facturx"],
    ("cii", "urn:factur-x.eu:1p0:basicwl"): ["facturx"],
    ("cii", "urn:zugferd.de:2p0:minimum"): ["facturx"],
    ("cii", "urn:ferd:CrossIndustryDocument:invoice:1p0:comfort"): ["en16931"],
}


def document(syntax, guideline):
    return Document(syntax, dict(SAMPLES)[syntax], guideline)


@pytest.mark.parametrize(("syntax", "guideline"), CHOSEN)
def test_syntax_and_guideline_choose_the_rules(syntax, guideline):
    choice = choose(document(syntax, guideline), AUTO, None)

    assert [sheet.rules for sheet in choice.sheets] == CHOSEN[syntax, guideline]
    assert bool(choice.lacking) == (guideline == GERMAN)


def test_every_sheet_has_a_version_and_the_hash_of_its_file():
    for syntax, guideline in CHOSEN:
        for sheet in choose(document(syntax, guideline), AUTO, None).sheets:
            assert sheet.version
            assert sheet.sha256 == sha256(sheet.path.read_bytes()).hexdigest()


def test_every_member_of_the_shelf_offers_the_same_and_can_be_forced():
    assert set(names(None)) == {AUTO, *rule_sets()}
    for known in rule_sets().values():
        assert known.TITLE
        assert any(known.governs(document(*each)) for each in CHOSEN)


def test_rules_of_a_package_that_is_not_installed_are_told_and_do_not_stop_the_others(monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        sheets, "find_spec", lambda name: None if "peppol" in name else found(name)
    )
    sheets.packaged.cache_clear()

    choice = choose(document("ubl", BIS), AUTO, None)
    forced = choose(document("ubl", BIS), "peppol", None)

    assert [sheet.rules for sheet in choice.sheets] == ["en16931"]
    assert [finding.level for finding in choice.lacking] == ["warning"]
    assert "install vendorops[peppol]" in choice.lacking[0].message
    assert ([*forced.sheets], forced.lacking[0].level) == ([], "fatal")


def test_rules_that_say_nothing_of_a_syntax_are_refused_when_forced():
    (finding,) = choose(document("ubl", CORE), "facturx", None).lacking

    assert (finding.code, finding.level) == ("rules-absent", "fatal")
    with pytest.raises(RulesAbsent, match="in no package"):
        rulesets.rule_sets()["peppol"].sheet(document("cii", BIS))
