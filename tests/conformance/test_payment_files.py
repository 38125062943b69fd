"""What single formats promise: characters of SEPA, cells of text, fields and hashes of NACHA."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from tests.conformance.payment_orders import AMERICAN, CHINESE, ONE, ORDER, PAYEE, SEPA
from vendorops.domain.money import Money
from vendorops.domain.payment_order import PaymentOrder
from vendorops.payments import cn_batch, nacha, pain001, pain001_03
from vendorops.payments._nacha_records import fields
from vendorops.payments._order import NotAPaymentFile, UnpayableOrder
from vendorops.spreadsheets.xlsx import sheets_of

ACH = Path("../shared/corpora/moov-ach")
EXPECTED_ACH = """\
101 11100002512345678902611100000A094101Example Bank           Xinghe Manufacturing Gr        \r
5220Xinghe ManufactuPMB-2026-000001     1234567890CCDSERVICES        261112   1111000020000001\r
62223138010412345678         0000000001PAY-2026-000002Example Staffing Compa  0111000020000001\r
822000000100231380100000000000000000000000011234567890                         111000020000001\r
5220Xinghe ManufactuPMB-2026-000001     1234567890PPDSERVICES        261112   1111000020000002\r
63212104288299887766         0000150000PAY-2026-000001Renee Example           0111000020000002\r
82200000010012104288000000000000000000150000\
1234567890                         111000020000002\r
9000002000001000000020035242298000000000000000000150001                                       \r
"""


def to(order: PaymentOrder, **changed) -> PaymentOrder:
    """Return an order whose first payee is another one."""
    first = order.transfers[0]
    payee = first.payee._replace(**changed)
    return replace(order, transfers=(first._replace(payee=payee), *order.transfers[1:]))


def text_of(data: bytes, name: str) -> str:
    return str(etree.fromstring(data).findtext(f".//{{*}}{name}"))


def test_the_older_version_writes_day_and_bic_as_that_version_does():
    old, new = pain001_03.write(SEPA), pain001.write(SEPA)

    assert text_of(old, "ReqdExctnDt") == "2026-11-12"
    assert text_of(new, "ReqdExctnDt/{*}Dt") == "2026-11-12"
    assert (b"<BIC>BYLADEM1001" in old, b"<BICFI>BYLADEM1001" in new) == (True, True)


def test_the_sepa_rule_brings_latin_letters_and_marks_into_the_basic_set():
    assert text_of(pain001.write(SEPA), "Cdtr/{*}Nm") == "Lukasz + Sohne, Strasse 1"


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"holder": "恒信人力资源有限公司"}, "letters that the bank does not take"),
        ({"holder": "Smith @ Home"}, "a character that SEPA banks do not take"),
        ({"holder": "/Smith"}, "no slash at its ends"),
        ({"holder": "S" * 71}, "1 to 70 printable"),
        ({"scheme": "cn_card", "number": "6222020200012345670"}, "is no IBAN"),
    ],
)
def test_what_a_sepa_bank_would_refuse_is_refused_before_it_is_approved(changed, fault: str):
    with pytest.raises(UnpayableOrder, match=fault):
        pain001.write(to(SEPA, **changed))


def test_the_sepa_rule_takes_euro_only_and_another_rule_is_refused():
    dollars = replace(SEPA, transfers=(ONE._replace(amount=Money(5, "USD")),))

    with pytest.raises(UnpayableOrder, match="must be in EUR"):
        pain001.write(dollars)
    with pytest.raises(UnpayableOrder, match="any or sepa"):
        pain001.write(replace(ORDER, details={"characters": "swift"}))


def test_a_chinese_batch_holds_names_and_clearing_numbers_as_text_and_no_formula():
    data = cn_batch.write(CHINESE)

    (_, payments), _ = [(name, list(rows)) for name, rows in sheets_of(data)]
    told = [[text for text, _ in cells] for _, cells in payments]
    assert told[1][1:7] == [
        *("6222020200012345670", "=HYPERLINK(恒信)", "102584002119"),
        *("CNY", "1971.60", "SET-2026-000007 2026-10"),
    ]
    assert told[2][1] == "0000209200456789"
    assert {kind for _, cells in payments for _, kind in cells} == {""}
    with ZipFile(BytesIO(data)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"scheme": "iban", "number": PAYEE.number}, "of no bank in China"),
        ({"bank": "COBADEFF"}, "has no CNAPS number"),
        ({"holder": "恒" * 61}, "1 to 60 printable"),
    ],
)
def test_what_a_chinese_bank_cannot_be_told_is_refused(changed, fault: str):
    with pytest.raises(UnpayableOrder, match=fault):
        cn_batch.write(to(CHINESE, **changed))


def test_a_nacha_file_is_written_field_by_field_with_its_hashes():
    written = nacha.write(AMERICAN).decode("ascii")

    assert written == EXPECTED_ACH + ("9" * 94 + "\r\n") * 2


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"scheme": "iban"}, "of no bank in the United States"),
        ({"bank": "121042883"}, "routing number is none"),
        ({"kind": ""}, "no person and no company"),
        ({"number": "1" * 18}, "1 to 17 printable"),
        ({"holder": "恒信"}, "letters that the bank does not take"),
    ],
)
def test_what_an_ach_entry_cannot_say_is_refused(changed, fault: str):
    with pytest.raises(UnpayableOrder, match=fault):
        nacha.write(to(AMERICAN, **changed))


def test_a_paying_account_that_lacks_what_the_bank_wants_names_it():
    with pytest.raises(UnpayableOrder, match="lack destination, company_id"):
        nacha.write(
            replace(AMERICAN, details={**AMERICAN.details, "destination": "", "company_id": ""})
        )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"0000150000PAY", b"0000150001PAY"),
        (b"0035242298", b"0035242299"),
        (b"6321210428", b"6321210429"),
        (b"9000002000001", b"900000200000"),
    ],
)
def test_a_nacha_file_whose_totals_do_not_fit_is_refused(before: bytes, after: bytes):
    tampered = nacha.write(AMERICAN).replace(before, after)

    with pytest.raises(NotAPaymentFile):
        nacha.figures(tampered)


@pytest.mark.skipif(not ACH.exists(), reason="the ACH files of others are not beside us")
def test_the_table_of_fields_reads_the_credits_of_others_and_finds_the_same_totals():
    expected = json.loads((ACH / "controls.json").read_text("utf-8"))
    read = 0
    for name, control in expected.items():
        if not ("ppd" in name or "ccd" in name) or not name.endswith(".ach"):
            continue
        lines = (ACH / name).read_text("ascii").splitlines()
        if not (control["all94"] and control["hash_ok"] and control["credit_ok"]):
            continue
        records = [fields(line) for line in lines if line[0] in "15689" and line != "9" * 94]
        entries = [each for each in records if each["type"] == "6"]
        hashed = sum(int(each["receiver"]) for each in entries) % 10**10
        assert (name, hashed) == (name, int(records[-1]["hash"]))
        assert len(entries) == control["entries"]
        read += 1
    assert read >= 3


@pytest.mark.parametrize("holder", ["a & b <c> \"d\" 'e'", "恒信人力", "x\ty", "]]>", "&amp;"])
def test_what_a_payee_is_called_is_read_back_as_it_was_written(holder):
    data = pain001.write(to(ORDER, holder=holder))

    assert text_of(data, "Cdtr/{*}Nm") == holder
    assert etree.tostring(etree.fromstring(data), encoding="unicode") == data.decode().replace(
        "<?xml version='1.0' encoding='UTF-8'?>\n", ""
    )
