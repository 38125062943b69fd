"""People are registered once per supplier, and somebody known elsewhere is noticed."""

from datetime import date

import pytest
from sqlmodel import select

from tests import make
from vendorops.books import Books, vault
from vendorops.documents.forms import BadForm, read_form
from vendorops.domain.lifecycle import SupplierStatus
from vendorops.domain.refusal import Refused
from vendorops.identifiers import identifier
from vendorops.tables import Event, Worker
from vendorops.working.workers import (
    ALIKE,
    ANOTHER_NAME,
    ELSEWHERE,
    NotRegistrable,
    WorkerForm,
    findings_about,
    register_worker,
    same_person,
)

NUMBER, OTHER = "360426199101010071", "11010519491231002X"
BORN = date(1991, 1, 1)


def form(**changed) -> WorkerForm:
    usual = {
        "name": "周明",
        "place": "cn",
        "identifier": {"scheme": "cn_ric", "number": NUMBER},
    }
    return WorkerForm.model_validate({**usual, **changed})


@pytest.fixture
def books(opener):
    with opener()() as opened:
        yield opened


def test_the_same_person_again_is_the_same_row(books: Books):
    agency = make.supplier(books)
    first = register_worker(books, agency, form())
    spelled = form(identifier={"scheme": "cn_ric", "number": "360426 19910101 0071"})
    assert register_worker(books, agency, spelled).id == first.id
    assert len(books.session.exec(select(Worker)).all()) == 1


def test_the_number_lies_in_the_vault_and_nowhere_else(books: Books):
    worker = register_worker(books, make.supplier(books), form())
    assert vault.reveal(books, worker, "identifier") == NUMBER
    assert NUMBER not in str(worker.model_dump())
    assert all(NUMBER not in event.reason for event in books.session.exec(select(Event)))


def test_the_day_of_birth_follows_from_the_number(books: Books):
    assert register_worker(books, make.supplier(books), form()).born_on == BORN


def test_a_day_of_birth_that_the_number_denies_is_refused(books: Books):
    with pytest.raises(NotRegistrable, match="another day of birth"):
        register_worker(books, make.supplier(books), form(born_on="1992-01-01"))


def test_a_number_with_a_wrong_check_digit_is_refused_without_being_shown(books: Books):
    wrong = form(identifier={"scheme": "cn_ric", "number": "360426199101010072"})
    with pytest.raises(Refused, match="check digit") as refusal:
        register_worker(books, make.supplier(books), wrong)
    assert "36042619910101" not in str(refusal.value)


def test_a_stopped_supplier_registers_nobody(books: Books):
    agency = make.supplier(books, status=SupplierStatus.SUSPENDED)
    with pytest.raises(NotRegistrable, match="suspended"):
        register_worker(books, agency, form())


def test_a_person_known_at_another_supplier_is_reported_once(books: Books):
    first = register_worker(books, make.supplier(books), form())
    agency = make.supplier(books)
    second = register_worker(books, agency, form())
    register_worker(books, agency, form())
    assert second.id != first.id
    assert same_person(books, second) == [first]
    found = findings_about(books, second)
    assert [(row.code, row.place_in_source) for row in found] == [(ELSEWHERE, first.reference)]


def test_a_namesake_born_the_same_day_is_reported(books: Books):
    agency = make.supplier(books)
    number = {"scheme": "xa_number", "number": identifier("xa_number").EXAMPLE}
    first = register_worker(books, agency, form())
    second = register_worker(books, agency, form(identifier=number, born_on="1991-01-01"))
    assert [row.code for row in findings_about(books, second)] == [ALIKE]
    assert first.id != second.id


def test_another_name_for_a_known_number_is_reported_and_not_taken_over(books: Books):
    agency = make.supplier(books)
    worker = register_worker(books, agency, form())
    register_worker(books, agency, form(name="周鸣"))
    assert worker.name == "周明"
    assert [row.code for row in findings_about(books, worker)] == [ANOTHER_NAME]


def test_a_form_with_what_it_does_not_know_is_refused():
    with pytest.raises(BadForm, match="sex"):
        read_form(
            b"{name: Z, place: cn, identifier: {scheme: cn_ric, number: X}, sex: m}",
            WorkerForm,
            "the worker",
        )
