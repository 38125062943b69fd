"""What platforms report of those they paid: China by the quarter, Germany by the year."""

import stat
from datetime import date

import pytest

from tests import make
from tests.cli.conftest import find
from tests.stages.filing.carrying import two_payments
from tests.stages.filing.cells import tables
from tests.stages.settlement.month import (
    ACCOUNT,
    IDENTITY,
    OUR_NUMBER,
    claim,
    company,
    paid,
    rows,
    settled,
)
from tests.stages.settlement.test_withholding_abroad import paid_in_germany
from vendorops.domain.money import Money
from vendorops.tables import Event, LegalEntity, Party, Payment, Supplier

CHINA, GERMANY = "cn_platform_report", "de_platform_sellers"
DAY = ("--month", "2026-11", "--as-of", "2027-01-04")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "report.xlsx"


@pytest.fixture
def report(run, settings, monkeypatch, file):
    """Return `report(layout)`: what the command said, and the sheets with their kinds of cell."""
    find(monkeypatch, settings)

    def written(layout, *words):
        asked = ("filing", "report", layout, "--entity", "XH", *DAY, *words, "-o", file)
        ran = run(*asked, "--as", "qian.tax", "--json")
        return ran, tables(file.read_bytes()) if file.exists() else ({}, set())

    return written


def below_headings(sheet):
    names, *lines = sheet
    return [dict(zip(names, cells, strict=True)) for cells in lines]


def is_platform(opener):
    with opener()() as books:
        make.only(books, LegalEntity).platform_since = date(2026, 1, 1)


def test_a_quarter_tells_who_was_paid_and_how_much_and_where_to(report, opener, file):
    two_payments(opener)
    is_platform(opener)

    ran, (found, kinds) = report(CHINA)

    assert ran.code == 0, ran.err
    (person,), (income,) = (below_headings(found[name]) for name in ("身份信息", "收入信息"))
    assert person["姓名或名称"] == "王小明"
    assert kinds == {""}
    assert (person["统一社会信用代码"], person["证件号码"], person["银行账号"]) == (
        *(OUR_NUMBER, IDENTITY, ACCOUNT),
    )
    assert (person["类型"], person["所属期起"]) == ("从业人员", "2026-10-01")
    assert (income["服务收入总额"], income["订单数"]) == ("6000.00", "2")
    assert any("联系电话 stays empty for 1 of 1" in noted for noted in ran.rows[0]["noted"])
    assert any("could not be confirmed" in noted for noted in ran.rows[0]["noted"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with opener()() as books:
        told = [row.subject_table for row in rows(books, Event) if CHINA in row.reason]
        assert sorted(told) == ["bankaccount", "legalentity", "party", "party"]


def test_money_that_came_back_is_not_reported(report, opener):
    two_payments(opener)
    is_platform(opener)
    with opener()() as books:
        first, _ = rows(books, Payment)
        books.move(first, type(first).states("returned"), because="the account is closed")

    _, (found, _) = report(CHINA)

    assert found["收入信息"][1][5:7] == ["3000.00", "1"]


def test_a_year_of_a_seller_in_germany_is_summed_by_quarter(report, opener):
    with opener()() as books:
        company(books)
        contract = paid_in_germany(books, "de")
        supplier = books.get(Supplier, contract.supplier_id)
        make.compliance_document(books, supplier, kind="vat_proof", status="verified")
        payee = books.get(Party, supplier.party_id)
        make.bank_account(books, payee, "DE89370400440532013000", scheme="iban", currency="EUR")
        ours = books.get(Party, make.only(books, LegalEntity).party_id)
        make.bank_account(books, ours, "DE02120300000000202051", scheme="iban", currency="EUR")
        claim(books, contract, ("1", "10000"), ("2", "250"), rate_e4=1900)
    settled(opener)
    paid(opener)
    is_platform(opener)

    ran, (found, _) = report(GERMANY)

    assert ran.code == 0, ran.err
    (row,) = below_headings(found["Vergütungen"])
    with opener()() as books:
        money = sum(row.amount_minor for row in rows(books, Payment))
    assert (row["Quartal"], row["Zahl der Tätigkeiten"]) == ("2026Q4", "2")
    assert row["Vergütung"] == Money(money, "EUR").text == "12495.00"
    assert found["Anbieter"][1][2] == "2026-01-01/2026-12-31"
    assert "DE89370400440532013000" in found["Anbieter"][1]
    assert any("Geburtsdatum" in noted for noted in ran.rows[0]["noted"])


@pytest.mark.parametrize(
    ("layout", "words", "why"),
    [
        ("cn_platform", (), "there are cn_platform_report, cn_proxy_vat"),
        (CHINA, ("--as-of", "2026-12-31"), "from 2027-01-01 on"),
        (CHINA, ("--month", "2025-05"), "for periods from 2025-07-01 on"),
        (CHINA, ("--month", "2026-05"), "paid nobody in cn"),
        (GERMANY, (), "paid nobody in de"),
    ],
)
def test_what_cannot_be_reported_is_refused(report, opener, layout, words, why):
    two_payments(opener)
    is_platform(opener)

    ran, (found, _) = report(layout, *words)

    assert (ran.code, why in ran.err) == (1, True), ran.err
    assert not found


def test_who_is_no_platform_reports_nothing(report, opener):
    two_payments(opener)

    ran, _ = report(CHINA)

    assert (ran.code, "XH is not entered as one" in ran.err) == (1, True)


@pytest.mark.usefixtures("report")
def test_a_report_that_is_to_be_handed_in_is_prepared_as_a_version(run, opener):
    two_payments(opener)
    is_platform(opener)
    asked = ("filing", "report", CHINA, "--entity", "XH", *DAY, "--as", "qian.tax", "--json")

    ran, twice, neither = run(*asked, "--prepare"), run(*asked, "--prepare"), run(*asked)

    (row,) = ran.rows
    assert (row["form"], row["month"], row["status"]) == (
        *("cn.platform.report", "2026-12", "prepared"),
    )
    assert (twice.code, f"{row['return']} is prepared" in twice.err) == (1, True)
    assert (neither.code, "--prepare" in neither.err) == (1, True)
