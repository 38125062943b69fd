from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.formats.foreign import COVER, DIGITAL, OFD, RED, TAX_CONTROL, ofd, zipped
from vendorops.domain.claim_checks import ClaimContradictsItself, check_claim
from vendorops.formats import NotAnInvoice, TotalsDisagree, format_of
from vendorops.formats import ofd as shelf
from vendorops.formats._xml import BadField, FieldMissing
from vendorops.formats.ofd.package import LARGEST_PART, MOST_PARTS, UnsafeOfd
from vendorops.guarded_xml import UnsafeXml

ATTACHED = "Doc_0/Attachs/original_invoice.xml"


def test_the_invoice_attached_is_read():
    data = ofd(TAX_CONTROL)

    claim = shelf.read(data)

    assert format_of(data, "a.ofd") is shelf
    assert (claim.format, claim.number, claim.gross.text) == (
        "ofd",
        "031002000211-00000007",
        "106.00",
    )
    assert len(claim.lines) == 1


def test_an_ofd_under_another_name_is_known_by_its_entry():
    assert shelf.recognises(ofd(TAX_CONTROL), "a.zip")
    assert not shelf.recognises(zipped({"a.xml": b"<a/>"}), "a.zip")


@pytest.mark.parametrize(("text", "kind"), [(DIGITAL, "invoice"), (RED, "credit_note")])
def test_a_digital_invoice_may_be_inside_as_well(text, kind):
    assert shelf.read(ofd(text, cover={})).kind == kind


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("发票号码", "00000008"),
        ("开票日期", "2026年10月30日"),
        ("合计金额", "99.00"),
        ("合计税额", "7.00"),
    ],
)
def test_a_cover_that_says_something_else_than_the_invoice_is_refused(field, other):
    with pytest.raises(TotalsDisagree, match="have another"):
        shelf.read(ofd(TAX_CONTROL, cover=COVER | {field: other}))


def test_without_an_attachment_the_cover_tells_head_and_totals_but_nothing_to_match():
    claim = shelf.read(ofd())

    assert (claim.number, claim.net.text, claim.gross.text) == (
        "031002000211-00000007",
        "100.00",
        "106.00",
    )
    with pytest.raises(ClaimContradictsItself, match="no lines"):
        check_claim(claim)


def test_the_tax_left_out_on_the_cover_is_gross_less_net():
    cover = COVER | {"价税合计": "106.00"}
    del cover["合计税额"]

    assert shelf.read(ofd(cover=cover)).tax.text == "6.00"


@pytest.mark.parametrize(
    ("cover", "wrong"),
    [
        ({}, NotAnInvoice),
        (COVER | {"合计金额": ""}, FieldMissing),
        (COVER | {"合计金额": "1e3"}, BadField),
        (COVER | {"开票日期": "31.10.2026"}, BadField),
        (COVER | {"发票代码": ""}, BadField),
        (COVER | {"销售方纳税人识别号": ""}, BadField),
    ],
    ids=["nothing", "no net", "no number", "no date", "too short a number", "no seller"],
)
def test_a_cover_that_tells_of_no_invoice_or_half_of_one_is_refused(cover, wrong):
    with pytest.raises(wrong):
        shelf.read(ofd(cover=cover))


def test_two_invoices_in_one_file_are_refused():
    with pytest.raises(NotAnInvoice, match="2 invoices inside"):
        shelf.read(ofd(TAX_CONTROL, DIGITAL))


def test_attachments_that_are_no_invoice_do_not_count():
    assert shelf.read(ofd(TAX_CONTROL, "<note/>")).gross.text == "106.00"


HOSTILE = {
    "unpacks to more than": {ATTACHED: b" " * (LARGEST_PART + 1)},
    "no part 'Doc_0/Document.xml'": {
        "OFD.xml": b"<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"
    },
    "outside of itself: '../../etc/passwd'": {"../../etc/passwd": b""},
    "outside of itself: 'c:/a": {"c:/a.xml": b""},
    "two parts of the OFD have one name": {"/OFD.xml": b""},
}


@pytest.mark.parametrize("sentence", HOSTILE)
def test_a_container_that_tries_something_is_refused(sentence):
    if "no part" in sentence:
        data = zipped(HOSTILE[sentence])
    else:
        data = ofd(TAX_CONTROL, parts=HOSTILE[sentence])

    with pytest.raises(UnsafeOfd, match=sentence):
        shelf.read(data)


def test_many_large_parts_are_as_bad_as_one():
    filler = f"<x>{' ' * (LARGEST_PART - 100)}</x>"

    with pytest.raises(UnsafeOfd, match="together; send the invoice alone"):
        shelf.read(ofd(TAX_CONTROL, filler, filler, filler))


def test_an_attachment_that_leads_out_of_the_container_is_refused():
    listing = f'<o:Attachments xmlns:o="{OFD}"><o:Attachment><o:FileLoc>../../../x.xml</o:FileLoc>'
    parts = {
        "Doc_0/Attachs/Attachments.xml": (listing + "</o:Attachment></o:Attachments>").encode()
    }

    with pytest.raises(UnsafeOfd, match="outside of itself"):
        shelf.read(ofd(parts=parts))


def test_a_document_type_inside_is_refused_as_anywhere():
    text = TAX_CONTROL.replace("?>", '?><!DOCTYPE a [<!ENTITY e "x">]>', 1)

    with pytest.raises(UnsafeXml, match="DOCTYPE"):
        shelf.read(ofd(text))


def test_too_many_parts_are_refused_before_they_are_looked_at():
    with pytest.raises(UnsafeOfd, match=f"more than {MOST_PARTS} parts"):
        shelf.read(zipped({f"{at}": b"" for at in range(MOST_PARTS + 1)}))


def test_an_encrypted_part_is_refused():
    data = bytearray(ofd(TAX_CONTROL))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1  # The first part is the entry.

    with pytest.raises(UnsafeOfd, match="encrypted"):
        shelf.read(bytes(data))


def test_a_damaged_part_is_refused():
    data = ofd(TAX_CONTROL)
    with ZipFile(BytesIO(data)) as archive:
        start = archive.getinfo(ATTACHED).header_offset + 30 + len(ATTACHED)
    damaged = data[:start] + bytes(60) + data[start + 60 :]

    with pytest.raises(UnsafeOfd, match="no readable ZIP"):
        shelf.read(damaged)


def test_a_part_whose_name_was_emptied_breaks_nothing():
    data = bytearray(ofd(TAX_CONTROL))
    data[data.rindex(b"OFD.xml")] = 0  # The library cuts names at a zero.

    with pytest.raises(NotAnInvoice, match=r"it has no OFD\.xml"):
        shelf.read(bytes(data))
