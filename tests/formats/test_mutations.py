"""Whatever becomes of a valid file on its way, it is read or refused, and breaks no reader."""

from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.formats.foreign import DIGITAL, FATTURA, RED, TAX_CONTROL, ofd
from tests.formats.papers import paper
from tests.formats.test_zugferd1 import old
from vendorops.domain.claim import ClaimDocument
from vendorops.domain.claim_checks import check_claim
from vendorops.domain.refusal import Refused
from vendorops.formats import cii, cn_fapiao, fatturapa, ubl, zugferd1
from vendorops.formats import ofd as shelf

XML = {
    "ubl": (ubl, ubl.write(paper())),
    "ubl credit note": (ubl, ubl.write(paper(type_code="381"))),
    "cii": (cii, cii.write(paper())),
    "zugferd1": (zugferd1, old(paper())),
    "fatturapa": (fatturapa, FATTURA.encode()),
    "cn_fapiao": (cn_fapiao, DIGITAL.encode()),
    "cn_fapiao, red": (cn_fapiao, RED.encode()),
    "cn_fapiao, older": (cn_fapiao, TAX_CONTROL.encode()),
}
ODD = ["", " ", "-", "-0", "0", "1e9", "NaN", "1" * 30, "9" * 24, "-0.005", "***", "%", "XXX"]
ODD += ["免税", "0000-00-00", "2026-13-01", "99999999", "\u0661", "\u202e1", "../..", "null", "Y"]
TEXTS = st.sampled_from(ODD) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["drop", "twice", "text", "move", "name"]), st.integers(0), TEXTS),
    min_size=1,
    max_size=4,
)
MANY = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def mutated(data: bytes, changes) -> bytes:
    """A file with elements dropped, doubled, moved, renamed or given another text."""
    root = etree.fromstring(data)
    for change, at, text in changes:
        every = list(root.iter())
        element, other = every[at % len(every)], every[at // 7 % len(every)]
        parent = element.getparent()
        if change == "text":
            element.text = text
        elif change == "name":
            element.tag = other.tag
        elif parent is not None and change == "drop":
            parent.remove(element)
        elif parent is not None and change == "twice":
            parent.append(etree.fromstring(etree.tostring(element)))
        elif parent is not None and other not in set(element.iter()):
            other.append(element)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def overwritten(at, put) -> bytes:
    """An OFD with bytes put over others at some places."""
    data = bytearray(ofd(TAX_CONTROL))
    for position in at:
        start = position % len(data)
        data[start : start + len(put)] = put
    return bytes(data)


def stands(known, data) -> None:
    """Read a file to the end; only a refusal may stop it."""
    known.recognises(data, "file")
    with suppress(Refused):
        claim = known.read(data)
        assert isinstance(claim, ClaimDocument)
        check_claim(claim)


@pytest.mark.parametrize("name", XML)
@MANY
@given(changes=CHANGES)
def test_a_valid_file_of_which_elements_were_changed_is_read_or_refused(name, changes):
    known, data = XML[name]

    known.read(data)  # It is valid before.
    stands(known, mutated(data, changes))


@MANY
@given(at=st.lists(st.integers(0), min_size=1, max_size=5), put=st.binary(min_size=1, max_size=4))
def test_an_ofd_of_which_bytes_were_changed_is_read_or_refused(at, put):
    stands(shelf, overwritten(at, put))


@MANY
@given(changes=CHANGES, part=st.sampled_from(["OFD.xml", "Doc_0/Attachs/Attachments.xml"]))
def test_an_ofd_of_which_parts_were_changed_is_read_or_refused(changes, part):
    with ZipFile(BytesIO(ofd(TAX_CONTROL))) as archive:
        content = archive.read(part)

    stands(shelf, ofd(TAX_CONTROL, parts={part: mutated(content, changes)}))


@pytest.mark.soak
@pytest.mark.parametrize("name", XML)
@settings(MANY, max_examples=3000)
@given(changes=CHANGES)
def test_a_valid_file_changed_very_often_is_read_or_refused(name, changes):
    known, data = XML[name]

    stands(known, mutated(data, changes))


@pytest.mark.soak
@settings(MANY, max_examples=5000)
@given(at=st.lists(st.integers(0), min_size=1, max_size=5), put=st.binary(min_size=1, max_size=4))
def test_an_ofd_changed_very_often_is_read_or_refused(at, put):
    stands(shelf, overwritten(at, put))
