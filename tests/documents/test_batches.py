"""Many documents at once are the same documents, in the same order, whoever sets them."""

from datetime import date

from tests.documents.contract_facts import TEMPLATES
from vendorops.documents import RenderedDocument, UnprintableText, render_document
from vendorops.documents.batches import render_many
from vendorops.documents.samples import Specimen, sample_order, specimens


def orders(count):
    specimen: Specimen = next(specimens(TEMPLATES, "freelance/xa"))
    return [specimen.saying(reference=f"CTR-2026-{number:06d}") for number in range(count)]


def test_two_processes_give_the_bytes_of_one_in_the_order_asked_for():
    wanted = orders(18)

    one, two = (list(render_many(TEMPLATES, wanted, processes)) for processes in (1, 2))

    assert one == two
    assert one[0] == render_document(TEMPLATES, wanted[0])
    assert len({each.sha256 for each in one if isinstance(each, RenderedDocument)}) == 18


def test_one_refused_document_does_not_stop_the_others():
    bad = sample_order(TEMPLATES, "rpo", "xa", date(2026, 3, 2))
    wanted = [*orders(9), Specimen("", "", "", bad.day, bad).saying(scope="a\u202eb"), *orders(9)]

    found = list(render_many(TEMPLATES, wanted, processes=2))

    refusal = found.pop(9)
    assert isinstance(refusal, UnprintableText)
    assert "scope has the unprintable character U+202E" in str(refusal)
    assert all(isinstance(each, RenderedDocument) for each in found)
