"""Rules of the user's own: named in a list, as XSLT or Schematron."""

import pytest

from tests.formats.papers import line, paper
from vendorops.formats import ubl
from vendorops.gateways.claim_judging import judge_claims
from vendorops.gateways.claim_reading import GivenFile
from vendorops.gateways.official_rules import Rules
from vendorops.rulesets._folder import BadRules, named_in

LIST = """
- name: house
  version: "7"
  syntax: ubl
  guideline: urn:cen.eu:en16931:2017
  stylesheet: house.sch
"""
HOUSE = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:u="urn:house">
  <ns prefix="cbc" uri="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"/>
  <ns prefix="cac" uri="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"/>
  <ns prefix="inv" uri="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>
  <ns prefix="u" uri="urn:house"/><ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/>
  <xsl:function name="u:short" as="xs:boolean">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence
        select="every $part in tokenize($text, ' ') satisfies string-length($part) lt 9"/>
  </xsl:function>
  <include href="words.sch"/>
  <pattern id="p" is-a="words"><param name="what" value="cac:InvoiceLine/cac:Item"/></pattern>
  <pattern><rule context="inv:Invoice"><let name="lines" value="count(cac:InvoiceLine)"/>
    <assert id="H-2" flag="warning" test="$lines le 1">More than one line.</assert>
    <report id="H-3" flag="fatal" test="cbc:ID = 'BAD'">The number is bad.</report>
  </rule></pattern>
</schema>"""
WORDS = """<pattern xmlns="http://purl.oclc.org/dsdl/schematron" abstract="true" id="words">
  <rule context="$what">
    <assert id="H-1" flag="fatal" test="u:short(cbc:Name)">[H-1]-A word is too long.</assert>
  </rule></pattern>"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "rules.yaml").write_text(LIST)
    (tmp_path / "house.sch").write_text(HOUSE)
    (tmp_path / "words.sch").write_text(WORDS)
    return tmp_path


def judged(folder, rules="auto", **told):
    data = ubl.write(paper(**told))
    (judgement,) = judge_claims([GivenFile(data, "a.xml")], Rules(rules, folder))
    return judgement


def test_schematron_with_functions_and_abstract_patterns_is_compiled_and_asked(folder):
    long = line(description="Unreasonably long")

    judgement = judged(folder, lines=(line(), long), number="BAD")

    found = {one.code: (one.level, one.where) for one in judgement.findings}
    assert found["H-1"] == ("fatal", "/Invoice/InvoiceLine[2]/Item")
    assert found["H-2"] == ("warning", "/Invoice")
    assert found["H-3"] == ("fatal", "/Invoice")
    assert [verdict.title for verdict in judgement.verdicts][2] == "house 7"


def test_rules_of_the_folder_can_be_forced_by_their_name(folder):
    judgement = judged(folder, "house", lines=(line(description="Short"),))

    assert judgement.accepted
    assert [verdict.rules for verdict in judgement.verdicts] == ["house"]


def test_a_stylesheet_that_breaks_off_is_no_acquittal(folder):
    rules = HOUSE.replace("$lines le 1", "$lines + 'x' = 1")
    (folder / "house.sch").write_text(rules)

    judgement = judged(folder)

    assert not judgement.accepted
    assert [one.code for one in judgement.findings] == ["rules-aborted"]
    assert [verdict.aborted for verdict in judgement.verdicts] == [False, False, True]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ("- name: house", "Field required"),
        ("- {name: house, version: '7', syntax: edifact, stylesheet: a.sch}", "0.syntax"),
        ("- {name: house, version: '7', syntax: ubl, stylesheet: ../a.sch}", "0.stylesheet"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_with_its_place(tmp_path, told, sentence):
    (tmp_path / "rules.yaml").write_text(told)

    with pytest.raises(BadRules, match=sentence):
        named_in(tmp_path)
    with pytest.raises(BadRules, match="cannot be read"):
        named_in(tmp_path / "elsewhere")


def test_a_stylesheet_that_is_not_there_is_told_beside_the_verdicts_of_the_others(folder):
    (folder / "house.sch").unlink()

    judgement = judged(folder)

    assert judgement.accepted
    assert "rules-absent" in {one.code for one in judgement.findings}
