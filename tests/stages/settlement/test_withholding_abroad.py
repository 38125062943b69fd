"""What is kept back from payees in the United States and Germany, and what is declared of it."""

from datetime import date

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import claim, company, rows, run, settled
from vendorops.documents import kept
from vendorops.paying.standing import Told, record
from vendorops.tables import CheckFinding, Contract, Filing, Withholding

NEW_YEAR = date(2027, 1, 4)


def american(books, **changed):
    """A contract in the United States with a person who lives there."""
    number = {"identifier_scheme": "us_ssn", "identifier": "536-90-4399"}
    party = {"kind": "person", "place": "us", **number, **changed}
    person = make.party(books, party.pop("identifier"), **party)
    supplier = make.supplier(books, person, kind="freelancer")
    return make.contract(books, supplier, program="freelance", place="us", currency="USD")


def held(opener):
    with opener()() as books:
        return [(row.base_minor, row.amount_minor) for row in rows(books, Withholding)]


def test_nothing_is_kept_back_from_who_gave_a_taxpayer_number_but_it_is_remembered(opener):
    with opener()() as books:
        company(books)
        claim(books, american(books), ("1", "5000"), rate_e4=0)

    settled(opener)

    assert held(opener) == [(0, 0)]
    with opener()() as books:
        assert broken(books) == []


def test_the_payment_that_reaches_the_threshold_of_the_year_is_taxed_whole(opener):
    with opener()() as books:
        company(books)
        contract = american(books, identifier_scheme="xa_number", identifier="XA1")
        claim(books, contract, ("1", "1500"), rate_e4=0)
    settled(opener)
    with opener()() as books:
        claim(books, books.get(Contract, contract.id), ("1", "700"), rate_e4=0)

    settled(opener)

    assert held(opener) == [(0, 0), (70_000, 16_800)]
    with opener()() as books:
        assert broken(books) == []


def test_a_payee_from_abroad_is_paid_whole_with_a_warning(opener):
    with opener()() as books:
        company(books)
        foreign = {"place": "xa", "identifier_scheme": "xa_number", "identifier": "XA1"}
        claim(books, american(books, **foreign), ("1", "5000"), rate_e4=0)

    run("settlement", opener)

    assert held(opener) == [(0, 0)]
    with opener()() as books:
        finding = make.only(books, CheckFinding, subject_table="settlement")
        assert "1042-S" in finding.message


def test_the_year_is_reported_once_after_it_is_over(opener):
    with opener()() as books:
        company(books)
        contract = american(books, identifier_scheme="xa_number", identifier="XA1")
        claim(books, contract, ("1", "7500"), rate_e4=0)
    settled(opener)

    run("filing", opener, as_of=date(2026, 12, 15))
    with opener()() as books:
        assert rows(books, Filing) == []
    run("filing", opener, as_of=NEW_YEAR)

    with opener(as_of=NEW_YEAR)() as books:
        filing = make.only(books, Filing)
        assert (filing.form, filing.month, filing.due_on) == (
            "us.1099nec",
            "2026-12",
            date(2027, 2, 1),
        )
        lines = kept(books, filing.file_sha256).decode().splitlines()
        assert lines[0].endswith("identity,box_1a,box_4")
        assert lines[1].endswith(",7500.00,1800.00")
        assert len(lines) == 3
        assert broken(books) == []


def known(books, supplier, place, **fact):
    """Record a fact of a payee."""
    ((name, value),) = fact.items()
    told = Told(place, name, value, date(2026, 1, 1), "certificate 12")
    return record(make.by(books, "qian.tax"), supplier, told)


def paid_in_germany(books, home, **facts):
    """A contract in Germany with a person of a place, of whom facts are recorded."""
    number = "DE136695976" if home == "de" else "XA1"
    scheme = "eu_vat" if home == "de" else "xa_number"
    person = make.party(books, number, kind="person", place=home, identifier_scheme=scheme)
    supplier = make.supplier(books, person, kind="freelancer")
    for name, value in facts.items():
        known(books, supplier, "de", **{name: value})
    return make.contract(books, supplier, program="freelance", place="de", currency="EUR")


def taxed(opener):
    with opener()() as books:
        return [
            (row.tax, row.base_minor, row.amount_minor)
            for row in sorted(rows(books, Withholding), key=lambda row: row.tax)
        ]


def test_an_artist_abroad_is_paid_less_tax_and_surcharge_and_we_owe_the_vat(opener):
    with opener()() as books:
        company(books)
        contract = paid_in_germany(books, "xa", fees_for="performance", artist="yes")
        claim(books, contract, ("1", "10000"), rate_e4=0)

    settled(opener)

    assert taxed(opener) == [
        ("de.est.50a", 1_000_000, 158_250),
        ("de.ksa", 1_000_000, 0),
        ("de.vat.13b", 1_000_000, 0),
    ]
    with opener()() as books:
        assert broken(books) == []


def test_a_certificate_of_exemption_lets_the_fee_be_paid_whole(opener):
    with opener()() as books:
        company(books)
        facts = {"fees_for": "rights", "exemption_50c": "yes", "vat": "consumer"}
        claim(books, paid_in_germany(books, "xa", **facts), ("1", "10000"), rate_e4=0)

    settled(opener)

    assert taxed(opener) == []


def test_a_freelancer_at_home_is_paid_whole(opener):
    with opener()() as books:
        company(books)
        claim(books, paid_in_germany(books, "de"), ("1", "10000"), rate_e4=0)

    settled(opener)

    assert taxed(opener) == []


def test_each_german_form_is_handed_in_for_its_own_stretch_of_months(opener):
    with opener()() as books:
        company(books)
        contract = paid_in_germany(books, "xa", fees_for="performance", artist="yes")
        claim(books, contract, ("1", "10000"), rate_e4=0)
    settled(opener)

    run("filing", opener, as_of=date(2026, 12, 2))
    with opener()() as books:
        assert [(row.form, row.due_on) for row in rows(books, Filing)] == [
            ("de.13b.return", date(2026, 12, 10))
        ]
    run("filing", opener, as_of=NEW_YEAR)

    with opener(as_of=NEW_YEAR)() as books:
        found = {row.form: row for row in rows(books, Filing)}
        assert {form: (row.month, row.due_on) for form, row in found.items()} == {
            "de.13b.return": ("2026-11", date(2026, 12, 10)),
            "de.50a.return": ("2026-12", date(2027, 1, 11)),
            "de.ksa.report": ("2026-12", date(2027, 3, 31)),
        }
        owed = kept(books, found["de.13b.return"].file_sha256).decode()
        assert "tax owed,,,,1900.00," in owed
        levy = kept(books, found["de.ksa.report"].file_sha256).decode()
        assert "levy: typical exploiter,,,,490.00," in levy
        assert found["de.50a.return"].total_minor == 158_250
        assert broken(books) == []
