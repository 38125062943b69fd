"""The text of a PDF is read, or a reason is given that its sender can act on."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from vendorops.documents import LicenceFields, UnreadablePdf, pdf_facts, sample_licence

LICENCE = LicenceFields(
    title="劳务派遣经营许可证",
    issuer="昆山市人力资源局",
    number="KS-LD-2026-0042",
    holder="恒信劳务派遣有限公司 Hengxin Co., Ltd.",
    scope="劳务派遣 labour dispatch",
    valid_from=date(2026, 1, 15),
    valid_to=date(2029, 1, 14),
)


@pytest.fixture(scope="module")
def licence():
    return sample_licence(LICENCE)


def written(writer):
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_licence_can_be_read_by_machine(licence):
    facts = pdf_facts(licence)

    assert facts.pages == 1
    assert "\r" not in facts.text
    for said in (LICENCE.title, LICENCE.number, LICENCE.holder, "2026-01-15", "2029-01-14"):
        assert said in facts.text
    assert LICENCE.issuer in facts.text


def test_the_same_licence_has_the_same_bytes(licence):
    assert sample_licence(LICENCE) == licence


def test_pages_are_counted_and_kept_apart(licence):
    writer = PdfWriter()
    for _ in range(3):
        writer.append(BytesIO(licence))

    facts = pdf_facts(written(writer))

    assert facts.pages == 3
    assert facts.text.count("\f") == 2


@pytest.mark.parametrize(
    ("password", "told"), [("secret", "asks for a password"), ("", "is encrypted")]
)
def test_a_locked_file_is_refused(licence, password, told):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(licence)))
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")  # noqa: S106 - a fixture

    with pytest.raises(UnreadablePdf, match=told):
        pdf_facts(written(writer))


def test_a_file_without_text_is_refused():
    writer = PdfWriter()
    writer.add_blank_page(200, 200)

    with pytest.raises(UnreadablePdf, match="no text, only pictures"):
        pdf_facts(written(writer))


def test_a_file_that_was_cut_off_is_refused(licence):
    with pytest.raises(UnreadablePdf, match="cut off"):
        pdf_facts(licence[:-2000])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a zip", b"<html>%%EOF</html>"])
def test_what_is_no_pdf_is_refused(data):
    with pytest.raises(UnreadablePdf, match="not a PDF"):
        pdf_facts(data)


def test_a_file_with_nothing_between_its_ends_is_refused():
    with pytest.raises(UnreadablePdf, match="broken"):
        pdf_facts(b"%PDF-1.7\nnothing here\n%%EOF\n")


@settings(max_examples=30, deadline=None)
@given(at=st.integers(20, 12_000), junk=st.binary(min_size=1, max_size=400))
def test_a_scratched_file_is_read_or_refused_but_never_crashes(licence, at, junk):
    scratched = licence[:at] + junk + licence[at + len(junk) :]

    try:
        facts = pdf_facts(scratched)
    except UnreadablePdf:
        return

    assert facts.text.strip()
