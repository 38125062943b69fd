import json

import pytest
from sqlmodel import select

from tests import make
from tests.stages.intake.asking import FINANCE, asked, took
from tests.stages.intake.claims import known, statement
from vendorops.domain.statement_mapping import StatementMapping
from vendorops.stages import sweep
from vendorops.stages.intake import receive
from vendorops.stages.intake.mappings import BadMapping, save
from vendorops.tables import Decision, Event, Invoice, Supplier


@pytest.fixture
def of(opener):
    with opener()() as books:
        make.people(books)
        return known(books)


OTHERS = {"quantity": "Qté", "price": "PU", "amount": "Montant", "description": "Prestation"}
"""Headings in a language whose words are not known."""


def french(of, **told):
    data = statement(of, **told).decode()
    head, _, rows = data.partition("\n")
    return (",".join(OTHERS.get(name, name) for name in head.split(",")) + "\n" + rows).encode()


def mapping(of, **changed):
    names = statement(of).decode().partition("\n")[0].split(",")
    meanings = {**{name: name for name in names}, **changed}
    return StatementMapping(tuple((OTHERS.get(name, name), meanings[name]) for name in names))


def test_a_statement_in_an_unknown_layout_is_booked_once_its_mapping_was_saved(opener, of):
    took(opener, french(of), "s.csv")
    with opener()() as books:
        assert "column 'Prestation' is not known" in asked(books).question

    with opener(actor=FINANCE)() as books:
        save(books, books.get(Supplier, of.supplier.id), mapping(of))
    assert sweep("intake", opener()).refused == []

    with opener()() as books:
        assert make.only(books, Invoice).net_minor == 199_950
        assert make.only(books, Decision).status == "void"
        reasons = books.session.exec(select(Event.reason).where(Event.after == "booked"))
        assert reasons.one().endswith("its columns read by MAP-2026-000001")


def test_the_next_statement_in_a_mapped_layout_is_booked_without_anybody(opener, of):
    with opener(actor=FINANCE)() as books:
        save(books, books.get(Supplier, of.supplier.id), mapping(of))

    took(opener, french(of, statement="S-11"), "s.csv")

    with opener()() as books:
        assert make.only(books, Invoice).number == "S-11"


def test_what_a_person_said_of_a_layout_goes_before_what_its_words_seem_to_say(opener, of):
    with opener(actor=FINANCE)() as books:
        names = statement(of).decode().partition("\n")[0].split(",")
        said_so = {"line": "note"}
        columns = tuple((name, said_so.get(name, name)) for name in names)
        save(books, books.get(Supplier, of.supplier.id), StatementMapping(columns))

    took(opener, statement(of, line="7"), "s.csv")

    with opener()() as books:
        invoice = make.only(books, Invoice)
        assert [line.number for line in make.lines_of(books, invoice)] == ["1", "2"]


def test_where_mappings_of_two_suppliers_differ_a_person_says_whose_file_it_is(opener, of):
    with opener(actor=FINANCE)() as books:
        other = make.supplier(books)
        save(books, books.get(Supplier, of.supplier.id), mapping(of))
        save(books, other, mapping(of, line="note"))
    data = french(of)
    took(opener, data, "s.csv")
    with opener()() as books:
        assert "say different things of this layout" in asked(books).question

    took(opener, data, "s.csv", of.supplier.id)

    with opener()() as books:
        assert make.only(books, Invoice).supplier_id == of.supplier.id


def test_a_file_taken_in_as_one_suppliers_is_not_booked_for_another(opener, of):
    with opener()() as books:
        other = make.supplier(books)
    with opener()() as books:
        ident = receive(books, statement(of), "s.csv", other.id).id

    ((_, sentence),) = sweep("intake", opener(), [ident]).refused

    assert "are those of" in sentence or "was taken in as a file of" in sentence


def test_a_mapping_is_dated_signed_and_the_same_one_again_is_the_same(opener, of):
    with opener(actor=FINANCE)() as books:
        supplier = books.get(Supplier, of.supplier.id)
        first = save(books, supplier, mapping(of))
        again = save(books, supplier, mapping(of))

        assert first.reference == again.reference == "MAP-2026-000001"
        assert (first.saved_by, first.valid_from) == (FINANCE, make.AS_OF)
        assert json.loads(first.columns)[6] == ["Prestation", "description"]
        assert save(books, supplier, mapping(of, line="note")).reference == "MAP-2026-000002"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"line": "number"}, "E_MAPPING_MEANING"),
        ({"line": "price"}, "E_MAPPING_TWICE"),
        ({"price": "ignored"}, "E_MAPPING_MISSING"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused(opener, of, changed, code):
    with opener(actor=FINANCE)() as books, pytest.raises(BadMapping, match=code):
        save(books, books.get(Supplier, of.supplier.id), mapping(of, **changed))
