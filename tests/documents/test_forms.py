import pytest

from vendorops.documents.forms import SHOWN, BadForm, Form, IsoDay, Words, read_form
from vendorops.documents.printing import UnprintableText, check_printable


class Part(Form):
    name: Words
    day: IsoDay


class Whole(Form):
    parts: tuple[Part, ...]
    note: str = ""


GOOD = b"parts: [{name: no, day: 2026-10-31}]\nnote: 0012.50"


def test_every_value_of_a_form_is_the_text_that_was_typed():
    form = read_form(GOOD, Whole, "the form")

    assert form.parts[0].name == "no"
    assert form.note == "0012.50"


def test_a_form_may_be_written_as_json_with_a_byte_order_mark():
    data = b'\xef\xbb\xbf{"parts": [{"name": "A", "day": "2026-10-31"}], "note": 1.50}'

    assert read_form(data, Whole, "the form").note == "1.50"


def test_every_mistake_is_told_at_once_by_its_place():
    data = b"parts: [{name: '', day: 31.10.2026, colour: red}, {name: A}]\nsize: 4"

    with pytest.raises(BadForm) as refused:
        read_form(data, Whole, "the form")

    told = str(refused.value)
    assert told.startswith("the form: parts 1, name is empty; fill it in; parts 1, day is not a")
    assert told.count("; add it") == 1
    assert told.endswith("size is not known here; check its spelling or leave it out")


def test_a_form_that_is_wrong_everywhere_is_told_in_so_many_mistakes_and_no_more():
    parts = ",".join(["{name: '', day: 31.10.2026}"] * SHOWN)

    with pytest.raises(BadForm) as refused:
        read_form(f"parts: [{parts}]".encode(), Whole, "the form")

    told = str(refused.value)
    assert told.count("is not a day") == SHOWN // 2
    assert told.endswith(f"and {SHOWN} more")


def test_no_refusal_quotes_what_was_typed():
    with pytest.raises(BadForm) as refused:
        read_form(GOOD.replace(b"2026-10-31", b"6222020200012345678"), Whole, "the form")

    assert "6222" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"parts: [", "not YAML at line 1"),
        (b"a: 1\na: 2", "line 2, column 1 (a name is there twice)"),
        (b"a: &x 1\nb: *x", "uses an alias or nests too deeply at line 2"),
        (b"[" * 40, "uses an alias or nests too deeply at line 1"),
        (b"a: \x00", "is not YAML"),
        (b"\xff\xfe", "is not text in UTF-8"),
        (b"words", "is not a form"),
        (b"a" * (2**20 + 1), "is larger than 1024 KiB"),
    ],
)
def test_what_is_no_form_is_refused_with_its_place(data, told):
    with pytest.raises(BadForm) as refused:
        read_form(data, Whole, "the form")

    assert told in str(refused.value)


UNPRINTED = ["\u202e", "\u200b", "\ufeff", "\u3164", "صورة", "שם", "q\u0323\u0323", "\u2060"]


@pytest.mark.parametrize("text", UNPRINTED, ids=ascii)
def test_a_form_refuses_the_text_that_no_document_would_print(text):
    with pytest.raises(UnprintableText) as on_paper:
        check_printable({"name": f"Qin{text}tu"})
    with pytest.raises(BadForm) as refused:
        read_form(GOOD.replace(b"name: no", f"name: Qin{text}tu".encode()), Whole, "the form")

    assert str(refused.value) == f"the form: parts 1, {on_paper.value}"


@pytest.mark.parametrize("name", ["秦途人力", "Łódź Straße", "Ngu\u0302y", "O\u2019Neill & Söhne"])
def test_a_form_takes_the_names_that_documents_print(name):
    check_printable({"name": name})
    form = read_form(GOOD.replace(b"name: no", f"name: {name}".encode()), Whole, "the form")

    assert form.parts[0].name
