"""Files beside a return, as the layouts of offices have them."""

import csv
import io
from datetime import date

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.filing.carrying import DECEMBER, filed, two_payments
from tests.stages.filing.cells import tables
from tests.stages.settlement.month import (
    IDENTITY,
    OUR_NUMBER,
    claim,
    company,
    freelance,
    rows,
    run,
    settled,
)
from tests.stages.settlement.test_withholding_abroad import paid_in_germany
from vendorops.documents import kept
from vendorops.documents.filing_sheets import filing_sheets
from vendorops.domain.money import Money
from vendorops.paying.standing import Told, record
from vendorops.tables import (
    CheckFinding,
    Effect,
    Event,
    Filing,
    FilingSheet,
    LegalEntity,
    Party,
    Withholding,
)

NEW_YEAR = date(2027, 1, 4)
IMPORT = "cn_withholding_import"


def test_the_import_sheets_of_china_are_laid_out_beside_the_return(opener):
    two_payments(opener)

    filed(opener)

    with opener(as_of=DECEMBER)() as books:
        sheet = make.only(books, FilingSheet)
        found, kinds = tables(kept(books, sheet.sha256))
        assert kinds == {""}
        people, paid = found["人员信息采集"], found["劳务报酬所得"]
        assert people[0][:4] == ["工号", "*姓名", "*证件类型", "*证件号码"]
        assert people[1][:9] == [
            *("SUP-2026-000001", "王小明", "居民身份证", IDENTITY, "中国"),
            *("女", "1949-12-31", "正常", "其他"),
        ]
        assert len(people) == len(paid) == 2
        assert paid[1][1:6] == ["王小明", "居民身份证", IDENTITY, "一般劳务报酬所得", "6000.00"]
        names = [row.name for row in rows(books, Effect) if row.name.startswith("RET")]
        assert names == ["RET-2026-000001.csv", f"RET-2026-000001-{IMPORT}.xlsx"]
        assert broken(books) == []


def test_what_the_books_do_not_know_and_what_is_not_confirmed_is_told(opener):
    two_payments(opener)

    run("filing", opener, as_of=DECEMBER)

    with opener(as_of=DECEMBER)() as books:
        found = [(row.code, row.place_in_source) for row in rows(books, CheckFinding)
                 if row.subject_table == "filing"]  # fmt: skip
        assert found == [
            ("layout-unconfirmed", IMPORT),
            ("sheet-incomplete", f"{IMPORT}: 人员信息采集: *手机号码"),
            ("layout-unconfirmed", f"{IMPORT}: 劳务报酬所得: *所得项目"),
        ]
        revealed = [row for row in rows(books, Event) if row.action == "revealed"]
        assert "for the return RET-2026-000001" in {row.reason for row in revealed}


def test_income_that_no_sheet_of_the_import_takes_is_told_with_people_and_sums(opener):
    with opener()() as books:
        company(books)
        claim(books, freelance(books), ("1", "3000"), rate_e4=0)
        number = {"identifier": "536-90-4399", "identifier_scheme": "us_ssn"}
        foreign = make.party(books, number.pop("identifier"), kind="person", place="us", **number)
        supplier = make.supplier(books, foreign, kind="freelancer")
        consent = {"kind": "withholding_consent", "status": "verified"}
        make.compliance_document(books, supplier, **consent)
        abroad = make.contract(books, supplier, program="freelance")
        claim(books, abroad, ("1", "10000"), rate_e4=0)
        claim(books, abroad, ("1", "500"), rate_e4=0)
    settled(opener)

    run("filing", opener, as_of=DECEMBER)

    with opener(as_of=DECEMBER)() as books:
        form = make.only(books, Filing)
        held = make.only(books, Withholding, tax="cn.iit.nonresident")
        (told,) = [row for row in rows(books, CheckFinding) if row.code == "sheet-leaves-out"]
        assert told.place_in_source == f"{IMPORT}: cn.iit.nonresident"
        left = Money(held.amount_minor, "CNY")
        assert f"of 1 people, 10500.00 CNY with {left} withheld: the client takes" in told.message
        assert (
            form.total_minor
            == left.minor
            + make.only(books, Withholding, tax="cn.iit.labor_remuneration").amount_minor
        )
        found, _ = tables(kept(books, make.only(books, FilingSheet).sha256))
        assert [row[5] for row in found["劳务报酬所得"][1:]] == ["3000.00"]
        assert broken(books) == []


@pytest.mark.breaks("R01")
def test_a_name_that_looks_like_a_formula_stays_text(opener):
    two_payments(opener)
    with opener()() as books:
        payee = make.only(books, Party, kind="person")
        payee.name = "=HYPERLINK(1)"
    run("filing", opener, as_of=DECEMBER)

    with opener(as_of=DECEMBER)() as books:
        found, kinds = tables(kept(books, make.only(books, FilingSheet).sha256))
        assert found["人员信息采集"][1][1] == "=HYPERLINK(1)"
        assert kinds == {""}


def test_the_same_rows_give_the_same_bytes_on_every_day(opener):
    two_payments(opener)
    run("filing", opener, as_of=DECEMBER)

    with opener(as_of=date(2027, 5, 1))() as books:
        (again,) = filing_sheets(books, make.only(books, Filing))

        assert again.data == kept(books, make.only(books, FilingSheet).sha256)


def test_vat_of_persons_and_its_surcharges_are_laid_out_payee_by_payee(opener):
    with opener()() as books:
        company(books)
        told = Told("cn", "persons_vat", "withheld", date(2026, 11, 1), "the office's answer")
        record(make.by(books, "qian.tax"), make.only(books, LegalEntity), told)
        claim(books, freelance(books), ("1", "3000"), rate_e4=0)
    settled(opener)

    run("filing", opener, as_of=DECEMBER)

    with opener(as_of=DECEMBER)() as books:
        form = make.only(books, Filing, form="cn.vat.withholding")
        sheet = make.only(books, FilingSheet, filing_id=form.id)
        found, kinds = tables(kept(books, sheet.sha256))
        assert kinds == {""}
        # 3000 / 1.01 = 2970.30 and 29.70 of VAT, of which 3.5 % are 1.04.
        assert found["增值税"][1] == [
            *("1", "星河制造集团有限公司", OUR_NUMBER, "2026-11-01", "2026-11-30"),
            *("王小明", "居民身份证", IDENTITY, "3000.00", "2970.30", "29.70"),
            "SUP-2026-000001",
        ]
        assert found["附加税费"][1][4:6] == ["29.70", "1.04"]
        declared = sum(float(row[-2]) for name in found for row in found[name][1:])
        assert round(declared * 100) == form.total_minor
        unsure = {row.place_in_source for row in rows(books, CheckFinding)
                  if row.subject_id == form.id and row.code == "layout-unconfirmed"}  # fmt: skip
        assert "cn_withheld_vat" in unsure
        assert broken(books) == []


@pytest.fixture
def artist(opener):
    """An artist paid twice in Germany."""
    with opener()() as books:
        company(books)
        contract = paid_in_germany(books, "de", artist="yes")
        claim(books, contract, ("1", "10000"), rate_e4=0)
        claim(books, contract, ("1", "500"), rate_e4=0)
    settled(opener)


@pytest.mark.usefixtures("artist")
def test_fees_of_artists_are_summed_up_payee_by_payee(opener):
    run("filing", opener, as_of=NEW_YEAR)

    with opener(as_of=NEW_YEAR)() as books:
        report = make.only(books, Filing, form="de.ksa.report")
        sheet = make.only(books, FilingSheet, filing_id=report.id)
        text = kept(books, sheet.sha256).decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(text))
        assert (row["Nummer"], row["Zahlungen"], row["Entgelte"]) == (
            "SUP-2026-000001",
            "1",
            "10500.00",
        )
        assert row["Zeitraum"] == "2026-01-01/2026-12-31"
