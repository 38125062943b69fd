"""Statements as suppliers write them: titles, totals, three languages, two decimal marks."""

from datetime import date

import pytest

from tests.gateways.workbooks import altered, workbook
from vendorops.domain.claim_suggestion import NeedsReview
from vendorops.domain.refusal import Refused
from vendorops.domain.statement_mapping import StatementMapping
from vendorops.formats import format_of, statement_csv, statement_workbook

GERMAN = """Abrechnung der Nordlicht Personal GmbH;;;;;;
Abrechnungsnummer:;A-77;;Abrechnungsdatum: 31.10.2026;;;
Lieferantennummer;SUP-2026-000001;;Vertrag;CON-2026-000001;;
;;;;;;
Pos.;Leistung;Menge;Einheit;Einzelpreis (EUR);Nettobetrag;MwSt-Satz
1;Größe prüfen;1.250,5;Std;40,00 €;50.020,00;19 %
2;Fahrt;3;Stk;1.000,00;3.000,00;19 %
Zwischensumme;;1.253,5;;;53.020,00;
3;Reise;2;Stk;10,00;20,00;19 %
Summe:;;;;;53.040,00;
Bitte zahlen Sie bis zum Monatsende.;;;;;;
"""
CHINESE = [
    ["恒信劳务对账单"],
    ["对账单号", "DZ-10", "", "日期\uff1a2026年10月31日"],
    ["供应商编号\uff1a", "SUP-2026-000001", "", "合同编号", "CON-2026-000001"],
    ["序号", "服务内容", "数量", "单价\uff08元\uff09", "金额", "税率", "税额", "价税合计", "备注"],
]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-16"])
def test_a_german_statement_with_a_title_and_sums_is_read_to_the_cent(encoding):
    data = GERMAN.encode(encoding)

    claim = statement_csv.read(data)

    assert format_of(data, "Abrechnung") is statement_csv
    assert (claim.number, claim.issue_date, claim.currency) == ("A-77", date(2026, 10, 31), "EUR")
    assert (claim.seller_identifiers, claim.contract_reference) == (
        ("SUP-2026-000001",),
        "CON-2026-000001",
    )
    assert [(line.number, line.net.text, line.tax_rate_e4) for line in claim.lines] == [
        ("1", "50020.00", 1900),
        ("2", "3000.00", 1900),
        ("3", "20.00", 1900),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("53.040,00", "53.041,00", "row 10, column amount: the lines above make 53040.00 EUR"),
        ("53.020,00", "53.000,00", "row 8, column amount: the lines above make 53020.00 EUR"),
        ("2;Fahrt;3;Stk;1.000,00", "2;Fahrt;3;Stk;1,000.00", "write their decimals differently"),
        ("50.020,00", "50.020,01", "row 6: 1250.5 x 40.00 is 50020.00 EUR, but the amount"),
        ("3;Reise;2", "3;Reise;", "row 9, column quantity: the cell is empty"),
        ("1.250,5", "1.25,5", "row 6, column quantity: '1.25,5' is not a plain decimal"),
        ("40,00 €", "40,00 £", "row 6, column price: '40,00 £' is not a plain decimal"),
        ("Nettobetrag", "Nettobetrag USD", "row 5: the headings name EUR, USD"),
        ("A-77;;", "A-77;Rechnungsnummer: A-78;", "row 2, column statement: it differs"),
    ],
)
def test_a_statement_that_contradicts_itself_is_refused_with_its_row(old, new, said):
    with pytest.raises(Refused, match=r"E_STATEMENT_") as refused:
        statement_csv.read(GERMAN.replace(old, new).encode())

    assert said in str(refused.value)


SHORT = "statement;date;currency;seller id;line;description;quantity;price;amount\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "S;2026-10-31;EUR;V;1;Runs;1;1,234;1,234",
            "row 2, column price: '1,234' may be 1234 or 1.234",
        ),
        ("S;03/04/2026;EUR;V;1;Runs;2;5;10", "row 2, column date: '03/04/2026' may be"),
    ],
)
def test_a_figure_or_day_that_may_be_two_is_never_guessed(row, said):
    with pytest.raises(NeedsReview) as doubt:
        statement_csv.read((SHORT + row).encode())

    assert said in str(doubt.value)


def test_a_person_says_what_a_doubtful_figure_and_day_mean():
    data = (SHORT + "S;03/04/2026;EUR;V;1;Runs;1;1,234;1,234").encode()
    columns = tuple((name, name) for name in SHORT.strip().split(";"))

    grouped = statement_csv.opened(data).read(StatementMapping(columns, ".", "mdy"))

    assert (grouped.net.text, grouped.issue_date) == ("1234.00", date(2026, 3, 4))
    with pytest.raises(Refused, match=r"row 2, column amount: '1\.234' is finer"):
        statement_csv.opened(data).read(StatementMapping(columns, ",", "mdy"))


def test_a_saved_mapping_reads_headings_that_nobody_knows():
    data = "Réf;Prestation;Qté;PU;Montant;Remise\nL1;Tri;2;4,50;9,00;\n".encode()
    meanings = ("line", "description", "quantity", "price", "amount", "ignored")
    headings = ("Réf", "Prestation", "Qté", "PU", "Montant", "Remise")
    mapping = StatementMapping(tuple(zip(headings, meanings, strict=True)), currency="EUR")
    opened = statement_csv.opened(data)

    with pytest.raises(NeedsReview, match="does not say its number, issue_date; a person"):
        opened.read(mapping, "SUP-2026-000001")
    with pytest.raises(NeedsReview, match="column 'Réf' is not known"):
        opened.read()


def chinese(*rows, **cells):
    return workbook([*CHINESE, *rows], "对账单", **cells)


LINE = ["1", "数据标注", "2", "50.00", "100.00", "6%", "6.00", "106.00", "十月"]


def test_a_chinese_workbook_is_read_whether_its_figures_are_text_or_numbers():
    as_text = statement_workbook.read(chinese(LINE, ["合计", "", "", "", "100", "", "6", "106"]))
    numbers = dict(
        zip(("C5", "D5", "E5", "F5", "G5", "H5"), (2, 50, 100, 0.06, 6, 106), strict=True)
    )
    typed = statement_workbook.read(chinese(["1", "数据标注"], **numbers))

    assert as_text == typed
    assert (typed.number, typed.currency, typed.net.text, typed.tax.text) == (
        *("DZ-10", "CNY"),
        *("100.00", "6.00"),
    )
    assert typed.lines[0].tax_rate_e4 == 600


def test_a_formula_is_read_as_the_value_it_had_when_it_was_saved():
    line = [*LINE[:4], "", *LINE[5:]]

    with pytest.raises(Refused, match=r"E_STATEMENT_LINE: row 5: 2 x 50\.00 is 100\.00 CNY, but"):
        statement_workbook.read(chinese(line, E5="=C5*D5"))  # Saved as 42, whatever it says.


def test_a_rate_that_may_be_two_is_never_guessed():
    rows = [["1", "数据标注", "2", "50", "100", "", "", ""]]

    with pytest.raises(NeedsReview, match=r"row 5, column tax rate: 0\.06 may be 0\.06 %"):
        statement_workbook.read(chinese(*rows, F5=0.06))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: altered(chinese(LINE), xl__vbaProject_DOT_bin=b"x"), "E_XLSX_MACRO"),
        (lambda: altered(chinese(LINE), xl__externalLinks__l_DOT_xml=b"x"), "E_XLSX_LINK"),
        (lambda: altered(chinese(LINE), a_DOT_zip=b"x"), "E_XLSX_NESTED"),
        (lambda: chinese(LINE)[:-400], "E_XLSX_BROKEN"),
        (lambda: chinese(["x"] * 300), "E_STATEMENT_LIMIT"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "E_XLSX_BROKEN"),
        (lambda: xls_with("_VBA_PROJECT"), "E_XLSX_MACRO"),
        (lambda: xls_with("EncryptedPackage"), "E_XLSX_LOCKED"),
    ],
    ids=["macro", "link", "nested", "cut off", "wide", "xls", "xls macro", "locked"],
)
def test_a_workbook_that_is_unsafe_is_refused_by_name(make, code):
    with pytest.raises(Refused, match=code):
        statement_workbook.read(make())


def xls_with(stream):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le")
