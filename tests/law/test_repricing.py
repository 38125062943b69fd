"""What a change of the law moves in the settlements of a month, on books with real payees."""

from datetime import date

import pytest

from tests import make
from tests.cli.conftest import find
from tests.stages.settlement.month import claim, company, freelance, rows, settled
from vendorops.domain.periods import Period
from vendorops.law import NUMBERS, BadLawFile, laid_over, texts
from vendorops.paying.repricing import Version, moved
from vendorops.paying.standing import Told, record
from vendorops.tables import Contract, Event, LegalEntity, Withholding

MONTH = Period.month(make.MONTH)
RELIEF = """
small_expense:
  about: Fixed expense deduction from a small income.
  unit: CNY
  since:
    2026-11-01: {is: 1000, cite: "Bill 9 of 2026, not passed"}
"""


DOUBLED = """
reduced_rate:
  about: The levy rate as it is cut.
  unit: /1
  since:
    2026-01-01: {is: 0.02, cite: "Bill 10 of 2026, not passed"}
"""


@pytest.fixture
def two_payments(opener):
    """One person in China is paid 1,500 twice in one month, another in Exampleland 1,000."""
    with opener()() as books:
        company(books)
        contract = freelance(books)
        claim(books, contract, ("1", "1500"), rate_e4=0)
        person = make.party(books, "XA1", kind="person", place="xa", identifier_scheme="xa_number")
        abroad = make.contract(
            books, make.supplier(books, person), program="freelance", place="xa", currency="EUR"
        )
        claim(books, abroad, ("1", "1000"), rate_e4=0)
    settled(opener)
    with opener()() as books:
        claim(books, books.get(Contract, contract.id), ("1", "1500"), rate_e4=0)
    settled(opener)


def told(found):
    return [
        (each.payee[-1], each.rule, each.before.text, each.after.text, each.difference.text)
        for each in found
    ]


@pytest.mark.usefixtures("two_payments")
def test_the_same_law_twice_moves_nothing(opener):
    with opener()() as books:
        assert len(rows(books, Withholding)) == 3
        assert moved(books, MONTH, Version(), Version()) == []


@pytest.mark.usefixtures("two_payments")
def test_a_rate_that_changed_between_two_days_moves_whom_it_applies_to(opener):
    with opener()() as books:
        before, after = Version(date(2026, 6, 30)), Version(date(2026, 7, 1))
        found = moved(books, MONTH, before, after)

    assert told(found) == [("2", "xa.fee_withholding", "100.00", "110.00", "10.00")]
    assert found[0].because == ("fee_withholding.rate",)


@pytest.mark.usefixtures("two_payments")
def test_a_formula_that_changed_is_named(opener):
    with opener()() as books:
        found = moved(books, MONTH, Version(date(2023, 12, 31)), Version(date(2025, 7, 1)))

    assert told(found) == [("2", "xa.fee_withholding", "0.00", "100.00", "100.00")]
    assert "formula" in found[0].because


@pytest.mark.usefixtures("two_payments")
def test_other_numbers_move_each_payment_and_what_builds_on_it(opener):
    place, numbers = laid_over(RELIEF, "per_payment", "cn")
    with opener()() as books:
        found = moved(books, MONTH, Version(), Version(numbers={place: numbers}))

    # By hand: (1500 - 800) * 20 % = 140 and (3000 - 800) * 20 % = 440, so 300 on the second;
    # with 1000 it is 100 and 400, so 300 on the second, which does not move.
    assert told(found) == [
        ("1", "cn.iit.labor_remuneration", "140.00", "100.00", "-40.00"),
    ]
    assert found[0].because == ("per_payment.small_expense",)


@pytest.mark.usefixtures("two_payments")
def test_what_moves_in_the_month_adds_up_to_the_month_computed_at_once(opener):
    place, numbers = laid_over(RELIEF.replace("1000,", "2000,"), "per_payment", "cn")
    with opener()() as books:
        found = moved(books, MONTH, Version(), Version(numbers={place: numbers}))

    # 1500 is covered whole; 3000 is not: (3000 - 2000) * 20 % = 200 on the second payment.
    assert [each.after.text for each in found] == ["0.00", "200.00"]
    assert sum(each.difference.minor for each in found) == 20_000 - 44_000


def test_another_rate_of_vat_moves_the_vat_and_what_is_on_what_it_leaves(opener):
    with opener()() as books:
        company(books)
        told = Told("cn", "persons_vat", "withheld", date(2026, 11, 1), "a letter")
        record(make.by(books, "qian.tax"), make.only(books, LegalEntity), told)
        contract = freelance(books).id
    for _ in range(2):
        with opener()() as books:
            claim(books, books.get(Contract, contract), ("1", "1515"), rate_e4=0)
        settled(opener)
    place, numbers = laid_over(DOUBLED, "vat_small_scale", "cn")

    with opener()() as books:
        found = moved(books, MONTH, Version(), Version(numbers={place: numbers}))

    # By hand: 3030 / 1.02 = 2970.59 and 1515 / 1.02 = 1485.29, so 29.71 and 29.70 of VAT in place
    # of 15.00 each; (2970.59 - 800) x 20 % = 434.12 in place of 440.00, of 137.06 and 140.00.
    moves: dict[str, list[tuple[str, str]]] = {}
    for each in found:
        moves.setdefault(each.rule, []).append((each.before.text, each.after.text))
    assert moves == {
        "cn.vat.natural_person": [("15.00", "29.71"), ("15.00", "29.70")],
        "cn.iit.labor_remuneration": [("140.00", "137.06"), ("300.00", "297.06")],
        "cn.surcharges.natural_person": [("0.53", "1.04"), ("0.53", "1.04")],
    }


@pytest.mark.usefixtures("two_payments")
def test_comparing_two_laws_writes_nothing_to_the_books(opener):
    with opener()() as books:
        before = len(rows(books, Event))
        moved(books, MONTH, Version(date(2026, 6, 30)), Version(date(2026, 7, 1)))

    with opener()() as books:
        assert len(rows(books, Event)) == before


def test_a_month_without_settlements_has_nothing_to_move(opener):
    with opener()() as books:
        assert moved(books, Period.month("2020-01"), Version(), Version(date(2026, 7, 1))) == []


@pytest.mark.parametrize(
    ("text", "stem", "place", "why"),
    [
        (RELIEF, "moon", "", "a file of none of the places asked"),
        (RELIEF, "per_payment", "xa", "a file of none of the places asked"),
        (texts("cn", NUMBERS)["withholding_return"], "withholding_return", "", "cn, xa"),
        (RELIEF.replace("small_expense", "small_expanse"), "per_payment", "cn", "no rule reads"),
        (RELIEF.replace(', cite: "Bill 9 of 2026, not passed"', ""), "per_payment", "cn", "cite"),
    ],
)
def test_numbers_that_would_change_nothing_known_are_refused(text, stem, place, why):
    with pytest.raises(BadLawFile, match=why):
        laid_over(text, stem, place)


@pytest.mark.usefixtures("two_payments")
def test_the_command_lists_what_moves_and_its_total(run_command, monkeypatch, settings, tmp_path):
    find(monkeypatch, settings)
    file = tmp_path / "per_payment.yaml"
    file.write_text(RELIEF, "utf-8")

    by_day = run_command(
        *("law", "diff", "--from", "2026-06-30", "--to", "2026-07-01"),
        *("--month", make.MONTH, "--json"),
    )
    by_numbers = run_command(
        "law", "diff", "--numbers", file, "--jurisdiction", "cn", "--month", make.MONTH, "--json"
    )

    (line,) = by_day.of("moved")
    assert (line["before"], line["after"], line["currency"]) == ("100.00", "110.00", "EUR")
    assert by_day.of("total")[0]["difference"] == "10.00"
    assert by_numbers.of("total")[0]["difference"] == "-40.00"
    assert run_command("law", "diff", "--month", make.MONTH).code == 2
