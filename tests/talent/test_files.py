"""People come in by file, each entry by itself, and go out in the same shape."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlmodel import select

from tests import make
from tests.make import talent
from tests.make.talent import CERTIFICATION, REGISTRAR, as_
from vendorops.books import vault
from vendorops.documents.forms import BadForm
from vendorops.gateways.spreadsheet import read_sheets
from vendorops.tables import Event, Supplier, TalentCertificate, TalentLabel, TalentProfile, Worker
from vendorops.talent.exporting import export, shown
from vendorops.talent.forms import entry_from
from vendorops.talent.importing import Given, enter_people, read_people
from vendorops.talent.profiles import enter_profile, labels_on
from vendorops.talent.sheets import people_of


@pytest.fixture
def agency(opener):
    with opener()() as books:
        return talent.platform(books).reference


@pytest.fixture
def take(opener, agency):
    """Return `take(entry, …)`, which gives what became of each, without the reasons' details."""

    def taking(*entries):
        given = [Given(line, entry) for line, entry in enumerate(entries, 1)]
        return list(enter_people(opener(actor=REGISTRAR), agency, given))

    return taking


def test_a_file_names_its_supplier_and_its_people():
    supplier, given = read_people(b'{"supplier": "SUP-1", "workers": [{"id": "a"}, {"id": "b"}]}')
    assert (supplier, [one.line for one in given]) == ("SUP-1", [1, 2])


@pytest.mark.parametrize(
    "data",
    [b"[]", b'{"supplier": "S"}', b"\xff", b'{"supplier": "S", "workers": [0.5]}', b"[" * 10**5],
)
def test_a_file_of_another_shape_is_refused(data):
    with pytest.raises(BadForm, match="the file"):
        read_people(data)


def test_what_is_in_order_is_entered_and_the_rest_says_why(take, opener):
    wrong = talent.entry(2, industries=[{"code": "magic"}])
    asked = [(one.outcome, one.id) for one in take(talent.entry(1), wrong, talent.entry(3))]
    assert asked == [("entered", "A-1"), ("refused", "A-2"), ("entered", "A-3")]
    with opener()() as books:
        assert len(books.session.exec(select(TalentProfile)).all()) == 2
        assert len(books.session.exec(select(Worker)).all()) == 2


def test_the_same_file_again_changes_nothing(take, opener):
    take(talent.entry(1, certifications=[CERTIFICATION]))
    with opener()() as books:
        before = len(books.session.exec(select(Event)).all())
    (again,) = take(talent.entry(1, certifications=[CERTIFICATION]))
    assert again.outcome == "unchanged"
    with opener()() as books:
        assert len(books.session.exec(select(Event)).all()) == before


def test_what_was_exported_comes_in_unchanged_and_carries_no_number(take, opener, agency):
    take(*(talent.entry(at, certifications=[CERTIFICATION]) for at in (1,)), talent.entry(2))
    with opener()() as books:
        data = export(books, books.named(Supplier, agency))
    assert talent.number(1) not in data.decode()
    assert CERTIFICATION["id"] not in data.decode()
    supplier, given = read_people(data)
    results = list(enter_people(opener(actor=REGISTRAR), supplier, given))
    assert [one.outcome for one in results] == ["unchanged", "unchanged"]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"gender": "f"}, "is about sex"),
    ({"ethnicity": "x"}, "is about ethnicity"),
    ({"industries": [{"code": "age"}]}, "is about age"),
    ({"hobby": "chess"}, "not known here"),
    ({"positions": [{"code": "9.9.9"}]}, "there is no role"),
    ({"positions": [{"code": "2.3.4"}, {"code": "2.3.4"}]}, "there twice"),
    ({"positions": [{"code": "2.3.4", "proficiency": 101}]}, "less than or equal to 100"),
    ({"availability": {"validFrom": "2026-11-02", "validTo": "2026-11-02"}}, "lie after"),
    ({"remuneration": {"currency": "CNY", "hourlyAmount": "1.005"}}, "finer than"),
    ({"remuneration": {"currency": "CNY", "hourlyAmount": "-1"}}, "less than nothing"),
    ({"workerReference": "WKR-2026-000001"}, "not both"),
    ({"person": None}, "not both"),
    ({"certifications": [{**CERTIFICATION, "level": "master"}]}, "no level"),
    ({"certifications": [{**CERTIFICATION, "validTo": "2024-01-01"}]}, "after validFrom"),
]


def test_entries_that_cannot_be_are_each_refused_by_name(take):
    results = take(*(talent.entry(1, **changed) for changed, _ in WRONG))
    for result, (_, said) in zip(results, WRONG, strict=True):
        assert (result.outcome, said in result.reason) == ("refused", True), result.reason


def test_the_day_of_birth_and_the_number_become_no_label(opener, take):
    take(talent.entry(1))
    with opener()() as books:
        kinds = {row.kind for row in books.session.exec(select(TalentLabel))}
        assert kinds == {"role", "industry", "language", "place", "availability", "price"}


def test_the_number_of_a_certificate_lies_in_the_vault(opener, take):
    take(talent.entry(1, certifications=[CERTIFICATION]))
    with opener()() as books:
        (row,) = books.session.exec(select(TalentCertificate))
        assert vault.reveal(books, row, "number") == CERTIFICATION["id"]
        (profile,) = books.session.exec(select(TalentProfile))
        assert shown(books, profile)["certifications"][0]["id"] == "••••0001"


def test_labels_end_and_begin_and_the_past_stays_as_it_was(opener, agency):
    with opener()() as books:
        whose = books.named(Supplier, agency)
        row = talent.profile(books, whose)
        ident = row.id
    with opener(date(2026, 11, 20), REGISTRAR)() as books:
        whose = books.named(Supplier, agency)
        enter_profile(books, whose, entry_from(talent.entry(industries=[{"code": "food"}])))
        row = books.get(TalentProfile, ident)
        then, now = (
            {label.code for label in labels_on(books, row, day) if label.kind == "industry"}
            for day in (date(2026, 11, 19), books.as_of)
        )
        assert (then, now) == ({"beauty"}, {"food"})


def test_a_spreadsheet_of_people_is_the_same_as_the_file(opener, agency, take):
    cells = (
        "id,name,scheme,number,jurisdiction,positions,industries,languages,workLocations,"
        "validFrom,validTo,currency,hourlyAmount\n"
        f"A-1,周明 1,cn_ric,{talent.number(1)},cn,2.3.4:80,beauty:60,zh,cn-sh; remote,"
        "2026-11-01,2027-11-01,CNY,120.00\n"
        f"A-2,周明 2,cn_ric,{talent.number(2)},cn,2.3.4:much,,,,,,,\n"
    )
    given = people_of(read_sheets(cells.encode(), ("id", "name")))
    sheet = partial(enter_people, opener(actor=REGISTRAR), agency)
    first, second = sheet(given)
    assert (first.outcome, second.outcome) == ("entered", "refused")
    (again,) = take(talent.entry(1, strengths=[]))
    assert again.outcome == "unchanged"


def test_a_spreadsheet_with_a_protected_column_is_refused_by_name(opener, agency):
    cells = f"id,name,scheme,number,性别\nA-1,周明,cn_ric,{talent.number(1)},女\n"
    given = people_of(read_sheets(cells.encode(), ("id", "name")))
    (result,) = enter_people(opener(actor=REGISTRAR), agency, given)
    assert "is about sex" in result.reason


def test_people_of_one_supplier_are_not_named_in_the_file_of_another(opener, take):
    take(talent.entry(1))
    with opener()() as books:
        other = make.supplier(books)
        entry = entry_from({"id": "x", "workerReference": "WKR-2026-000001"})
        with pytest.raises(BadForm, match="another supplier"):
            enter_profile(as_(books, REGISTRAR), other, entry)
