"""The worker of official rules under hostile and unlucky circumstances."""

import os
import signal
from dataclasses import replace

import pytest
from lxml import etree

from tests.formats.papers import paper
from vendorops.formats import cii, opened, ubl
from vendorops.gateways.child import Quarantined
from vendorops.gateways.rule_worker import RULE_LIMITS, Worker
from vendorops.gateways.rule_worker.__main__ import told
from vendorops.rulesets import AUTO, Sheet, choose, document_of

LOOP = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template match="/"><xsl:value-of select="{}"/></xsl:template></xsl:stylesheet>"""
SVRL = "http://purl.oclc.org/dsdl/svrl"
REPORT = """<?xml version="1.0" encoding="UTF-8"?>
<svrl:schematron-output xmlns:svrl="{namespace}" title="">{content}</svrl:schematron-output>"""
ENTITY = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>'


@pytest.fixture
def worker():
    made = Worker()
    yield made
    made.close()


@pytest.fixture(scope="module")
def sheets():
    return sheets_for(ubl.write(paper()))


def sheets_for(xml):
    document = document_of(opened(xml))
    assert document
    return choose(document, AUTO, None).sheets


def stylesheet(folder, expression):
    path = folder / "hostile.xslt"
    path.write_text(LOOP.format(expression))
    return Sheet("hostile", "1", path, "")


def clean(worker, sheets):
    """Ask about an invoice that keeps every rule."""
    (said,) = worker.ask(sheets, ubl.write(paper()).partition(b"?>")[2])
    return said["findings"]


def test_a_worker_answers_document_after_document_with_one_process(worker, sheets):
    assert clean(worker, sheets) == []
    first = worker.process.pid

    assert clean(worker, sheets) == []
    assert worker.process.pid == first


def test_rules_that_take_too_long_are_ended_and_the_next_document_is_judged(
    worker, sheets, tmp_path
):
    endless = stylesheet(tmp_path, "sum(for $n in 1 to 2000000000 return $n mod 7)")

    with pytest.raises(Quarantined, match="time-limit"):
        worker.ask([endless], b"<a/>", replace(RULE_LIMITS, wall_seconds=1))

    assert clean(worker, sheets) == []


def test_rules_that_want_too_much_memory_are_ended_and_the_next_document_is_judged(
    worker, sheets, tmp_path
):
    greedy = stylesheet(tmp_path, "string-length(string-join((1 to 300000000) ! string(.)))")
    tight = replace(RULE_LIMITS, memory_bytes=400 * 2**20)

    with pytest.raises(Quarantined, match="memory-limit"):
        worker.ask([greedy], b"<a/>", tight)

    assert clean(worker, sheets) == []


def test_a_worker_that_dies_is_told_and_replaced(worker, sheets):
    clean(worker, sheets)
    os.kill(worker.process.pid, signal.SIGKILL)

    assert clean(worker, sheets) == []


def test_saxon_is_never_given_a_document_with_a_document_type(worker, sheets):
    with pytest.raises(Quarantined, match="crash"):
        worker.ask(sheets, ENTITY)

    assert clean(worker, sheets) == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/a.xml", "ftp://127.0.0.1/a.xml"])
def test_a_stylesheet_reaches_nothing_over_the_network(worker, tmp_path, address):
    fetching = stylesheet(tmp_path, f"doc('{address}')")

    (said,) = worker.ask([fetching], b"<a/>")

    assert "aborted" in said


def test_what_is_no_report_of_schematron_is_no_acquittal(worker, tmp_path):
    (said,) = worker.ask([stylesheet(tmp_path, "'fine'")], b"<a/>")

    assert "aborted" in said


@pytest.mark.parametrize(
    ("namespace", "content", "said"),
    [
        (SVRL, "<svrl:fired-rule/>", {"findings": [], "count": 0}),
        (SVRL, "<svrl:failed-assert/>", {"count": 1}),
        (SVRL, "<a>successful-report</a>", {"findings": [], "count": 0}),
        ("urn:other", "<svrl:fired-rule/>", {"aborted": "the stylesheet wrote no SVRL"}),
    ],
)
def test_a_report_without_findings_is_told_by_its_text_and_any_other_is_read(
    namespace, content, said
):
    report = REPORT.format(namespace=namespace, content=content)

    assert told(report).items() >= said.items()
    with pytest.raises(etree.XMLSyntaxError):
        told(report.removesuffix("</svrl:schematron-output>"))


def test_what_we_write_keeps_the_official_rules_in_both_syntaxes(worker):
    for known, type_code in ((ubl, "380"), (ubl, "381"), (cii, "380"), (cii, "381")):
        xml = known.write(paper(type_code=type_code))
        for said in worker.ask(sheets_for(xml), xml.partition(b"?>")[2]):
            assert {one["flag"] for one in said["findings"]} <= {"warning"}, said
