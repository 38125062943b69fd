"""Whatever a party is called, it prints as typed and changes nothing else, or is refused."""

import unicodedata
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.conformance.template_checks import colours, roles
from tests.documents.contract_facts import TEMPLATES, squeezed
from vendorops.documents import UnprintableText, pdf_facts, render_document
from vendorops.documents.samples import Specimen, specimens

SPECIMEN: Specimen = next(specimens(TEMPLATES, "acceptance-note/cn"))
PLAIN = render_document(TEMPLATES, SPECIMEN.saying(supplier_name="Plain Ltd"))
MARKUP = [*"#$*_=-+/\\`<>@%{}[]()\"'&~^|;:!?., ", "<%", "%>", "<<", ">>", "{{", "}}", "//", "/*"]
"""What means something to Typst or Jinja."""
NAMES = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(st.sampled_from(MARKUP), st.text(max_size=3)), max_size=30).map("".join),
    st.text(st.characters(codec="latin-1"), max_size=60),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=40),
    st.text(st.characters(min_codepoint=0x300, max_codepoint=0x2FFF), max_size=40),
)


BAD = (
    "\u202eabc",
    "a\u2066b",
    "x\u0301y",
    "A\ufe0fB",
    "a\u034fb",
    "\u3164",
    "\u2800",
    "א",
    "م",
    "\0",
)


def said(pdf):
    """Return the text of a page as two readers see it: one leaves out a hyphen at a line's end."""
    pages = PdfReader(BytesIO(pdf)).pages
    return pdf_facts(pdf).text + "".join(page.extract_text() for page in pages)


def bare(text):
    """Leave out where lines break, and that a reader may spell a ligature as its letters."""
    return squeezed(unicodedata.normalize("NFKC", text))


@settings(max_examples=200, deadline=None)
@given(NAMES)
def test_any_name_is_printed_as_typed_or_refused(name):
    try:
        result = render_document(TEMPLATES, SPECIMEN.saying(supplier_name=name))
    except UnprintableText:
        return
    assert bare(name) in bare(said(result.pdf))
    assert result.source_sha256 == PLAIN.source_sha256
    assert roles(result.pdf) == roles(PLAIN.pdf)
    assert colours(result.pdf) == colours(PLAIN.pdf)


@pytest.mark.parametrize("name", [f"Good {bad} Ltd" for bad in BAD])
def test_what_shows_nothing_or_moves_its_neighbours_is_always_refused(name):
    with pytest.raises(UnprintableText, match="supplier_name has "):
        render_document(TEMPLATES, SPECIMEN.saying(supplier_name=name))


@pytest.mark.parametrize(
    "name",
    [
        "星河制造集团有限公司",
        "Café Zürich & Söhne GmbH",
        "e\u0301 decomposed",
        "Łódź Żółć Sp. z o.o.",
        "Nguyễn Thị Ngọc Ánh",
        "ТОВ «Ромашка»",  # noqa: RUF001 - Cyrillic is the point.
        "Ελληνική Εταιρεία",
        "株式会社アカツキ",
        "𠮷野家",
        "㐂㐂",
    ],
)
def test_names_of_the_world_that_our_fonts_have_are_printed_or_told_by_name(name):
    try:
        pdf = render_document(TEMPLATES, SPECIMEN.saying(supplier_name=name)).pdf
    except UnprintableText as refusal:
        assert "no font of ours has it" in str(refusal)  # noqa: PT017 - printing is as good.
    else:
        assert bare(name) in bare(said(pdf))
