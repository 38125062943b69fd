"""Every format on the shelf keeps its promises, also those that nobody listed here."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formats.papers import PLAIN, claimed, paper, papers
from vendorops.domain.refusal import Refused
from vendorops.formats import Format, NotAnInvoice, PrintedFormat, cii, format_of, formats, ubl
from vendorops.formats import hybrid_pdf as hybrid
from vendorops.formats import statement_csv as statement

SHELF = formats()
PRINTED = {name: known for name, known in SHELF.items() if hasattr(known, "write")}
TYPED: tuple[Format, ...] = (statement,)
"""Here the type checker compares the modules with what the shelf promises."""
TYPED_PRINTED: tuple[PrintedFormat, ...] = (ubl, cii, hybrid)
SLOW = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(params=sorted(SHELF))
def known(request):
    return SHELF[request.param]


@pytest.fixture(params=sorted(PRINTED))
def printed(request):
    return request.param, PRINTED[request.param]


def test_every_format_is_on_the_shelf_with_a_title_of_its_own():
    assert set(SHELF) >= {"ubl", "cii", "hybrid_pdf", "statement_csv"}
    assert len({known.TITLE for known in SHELF.values()}) == len(SHELF)
    assert all(known.TITLE and known.__doc__ for known in SHELF.values())


@SLOW
@given(data=st.data())
def test_what_a_format_writes_it_recognises_and_reads_back_whole(printed, data):
    name, known = printed
    # What no font shows is refused on a page, which is another test.
    given_paper = data.draw(papers(PLAIN) if name == "hybrid_pdf" else papers())

    written = known.write(given_paper)

    assert format_of(written, "file") is known
    assert known.read(written) == claimed(given_paper, name)


@SLOW
@given(data=st.data())
def test_the_same_paper_is_written_with_the_same_bytes(printed, data):
    given_paper = data.draw(papers(PLAIN))

    assert printed[1].write(given_paper) == printed[1].write(given_paper)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), start=st.sampled_from([b"", b"<", b"%PDF-1.7\n", b"a,b\n"]))
def test_rubbish_is_refused_and_never_crashes_a_format(known, data, start):
    known.recognises(start + data, "rubbish")

    with pytest.raises(Refused):
        known.read(start + data)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(1, 3000), flip=st.integers(0, 7))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(printed, cut, flip):
    written = bytearray(printed[1].write(paper()))
    written[cut * 7 % len(written)] ^= 1 << flip

    for damaged in (bytes(written), bytes(written[: -cut % len(written)])):
        with suppress(Refused):
            assert printed[1].read(damaged).currency


@pytest.mark.parametrize("data", [b"", b"<Order/>", b"PK\x03\x04", b"Dear Sirs,\nplease pay."])
def test_a_file_in_no_known_format_is_refused_with_the_names_of_those_known(data):
    with pytest.raises(NotAnInvoice, match=r"UBL 2\.1 .*") as refusal:
        format_of(data, "letter.txt")

    assert all(known.TITLE in str(refusal.value) for known in SHELF.values())
