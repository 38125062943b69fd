"""A platform files VAT for its workers: whom it tells of, what it comes to, and how it goes on."""

from datetime import date

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.filing.carrying import TAX, accepted, handed_in
from tests.stages.filing.cells import tables
from tests.stages.settlement.month import (
    IDENTITY,
    claim,
    company,
    paid,
    rows,
    run,
    settled,
    staffing,
)
from tests.stages.settlement.test_withholding_abroad import known
from vendorops.documents import kept
from vendorops.documents.platform_reports import NotReported
from vendorops.domain.periods import Period
from vendorops.paying.filing_calendar import due_between
from vendorops.stages.filing import prepare_report
from vendorops.tables import CheckFinding, Event, Filing, LegalEntity, Payment

FORM = ("cn", "cn.vat.platform_workers")
NOVEMBER = Period.month("2026-11")
DECEMBER = date(2026, 12, 2)
OTHER = "360426199101010072"


def worker(books, number, amount, account, **facts):
    """A person who is owed an amount, of whom facts are recorded."""
    person = make.party(books, number, kind="person", name="李工", identifier_scheme="cn_ric")
    supplier = make.supplier(books, person, kind="freelancer")
    make.bank_account(books, person, account)
    make.compliance_document(books, supplier, kind="withholding_consent", status="verified")
    for name, value in facts.items():
        known(books, supplier, "cn", **{name: value})
    contract = make.contract(books, supplier, program="freelance")
    claim(books, contract, ("1", amount), rate_e4=0)


@pytest.fixture
def platform(opener):
    """Return what pays two workers of a platform, one of them above the threshold, and others."""

    def paid_out(**facts):
        with opener()() as books:
            company(books)
            make.only(books, LegalEntity).platform_since = date(2026, 1, 1)
            worker(books, IDENTITY, "120000", "6222020200012345671", **facts)
            worker(books, OTHER, "3000", "6222020200012345672")
            claim(books, staffing(books, "6222020200012345673"), ("1", "2000"))
        settled(opener)
        paid(opener)

    return paid_out


def prepared(opener):
    with opener(as_of=DECEMBER, actor="lin.buyer")() as books:
        return prepare_report(books, make.only(books, LegalEntity), FORM, NOVEMBER).id


def sheet(opener):
    """Return what the newest version says of each worker, by its heading."""
    with opener(as_of=DECEMBER)() as books:
        filing = [row for row in rows(books, Filing) if row.form == FORM[1]][-1]
        [(names, *lines)] = tables(kept(books, filing.file_sha256))[0].values()
        return [dict(zip(names, cells, strict=True)) for cells in lines]


def told(opener):
    with opener(as_of=DECEMBER)() as books:
        return " | ".join(row.message for row in rows(books, CheckFinding))


AMOUNTS = ("本平台不含税销售额", "免税销售额", "应税销售额", "增值税应纳税额")
SURCHARGES = ("城市维护建设税", "教育费附加", "地方教育附加", "应纳税费合计")


def test_each_worker_is_told_with_exempt_or_taxed_sales_and_what_is_to_pay(opener, platform):
    platform()

    prepared(opener)

    large, small = sheet(opener)
    assert [large[name] for name in AMOUNTS] == ["120000.00", "0.00", "120000.00", "1200.00"]
    assert [large[name] for name in SURCHARGES] == ["42.00", "18.00", "12.00", "1272.00"]
    assert [small[name] for name in AMOUNTS] == ["3000.00", "3000.00", "0.00", "0.00"]
    assert [small[name] for name in SURCHARGES] == ["0.00"] * 4
    assert (large["证件号码"], large["税款所属期起"]) == (IDENTITY, "2026-11-01")
    assert "tells of 2 payees: sales 123000.00 CNY, exempt_sales 3000.00 CNY" in told(opener)
    assert "to_pay 1272.00 CNY" in told(opener)
    assert "其他平台不含税销售额 stays empty for 2 of 2" in told(opener)
    with opener(as_of=DECEMBER)() as books:
        read = {row.subject_table for row in rows(books, Event) if "cn_proxy_vat" in row.reason}
        assert "bankaccount" not in read, "the sheet shows no account"


def test_a_platform_in_a_county_town_pays_less_urban_tax_for_its_workers(opener, platform):
    platform()
    with opener()() as books:
        known(books, make.only(books, LegalEntity), "cn", surcharge_location="county_town")

    prepared(opener)

    assert [sheet(opener)[0][name] for name in SURCHARGES] == [
        "30.00",
        "18.00",
        "12.00",
        "1260.00",
    ]


def test_who_declares_the_vat_alone_is_left_out_and_counted(opener, platform):
    platform(vat="declares")

    prepared(opener)

    assert [row["证件号码"] for row in sheet(opener)] == [OTHER]
    assert "leaves out 1 payees" in told(opener)


@pytest.mark.breaks("M11", "M110", "M111")
def test_money_that_came_back_is_not_told(opener, platform):
    platform()
    with opener()() as books:
        first = max(rows(books, Payment), key=lambda row: row.amount_minor)
        books.move(first, type(first).states("returned"), because="the account is closed")

    prepared(opener)

    assert [row["证件号码"] for row in sheet(opener)] == [OTHER]


def test_it_is_approved_by_another_person_handed_in_and_accepted(opener, platform):
    platform()
    prepared(opener)
    run("returns", opener, as_of=DECEMBER)
    make.reply(opener, "filing", TAX, as_of=DECEMBER)
    run("returns", opener, as_of=DECEMBER)
    handed_in(opener, "DB-2026-11", as_of=DECEMBER)
    accepted(opener, as_of=DECEMBER)

    with opener(as_of=DECEMBER)() as books:
        filing = make.only(books, Filing, form=FORM[1])
        assert (filing.status, filing.approved_by) == ("accepted", TAX)
        assert broken(books) == []


def test_the_calendar_wants_it_of_months_in_which_a_worker_was_paid(opener, platform):
    platform()

    with opener(as_of=DECEMBER)() as books:
        stretch = date(2026, 11, 1), date(2027, 2, 1)
        due = [each for each in due_between(books, *stretch) if each.form == FORM[1]]

    assert [each.due_on for each in due[:2]] == [date(2026, 11, 16), date(2026, 12, 15)]
    assert [(each.period, each.status) for each in due] == [
        ("2026-10", "nothing to declare"),
        ("2026-11", "outside"),
        ("2026-12", "to come"),
    ]
    assert ["VAT Law, art. 30" in said for said in due[1].findings] == [True]


def test_a_month_in_which_no_worker_was_paid_is_refused(opener, platform):
    platform()

    with (
        pytest.raises(NotReported, match=r"whom cn\.vat\.platform_workers tells of"),
        opener(as_of=DECEMBER, actor="lin.buyer")() as books,
    ):
        prepare_report(books, make.only(books, LegalEntity), FORM, Period.month("2026-10"))
