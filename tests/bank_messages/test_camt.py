"""Statements as banks write them: every version, batch bookings, what is hostile."""

import json
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from tests.stages.bank_statements.told import Booked, answer, statement
from vendorops.bank_messages import read
from vendorops.bank_messages._iso import BadBankMessage
from vendorops.domain.bank_statement import Balance
from vendorops.domain.refusal import Refused
from vendorops.gateways.bank_reading import read_bank_file
from vendorops.gateways.child import Limits, Quarantined

GENKGO = Path("../shared/corpora/genkgo-camt")
SCHEMAS = Path("../shared/corpora/iso20022-schemas")
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">&b;</Document>'
)


def test_a_statement_tells_balances_and_each_transaction_of_a_batch_booking():
    batch = Booked("30.00", ["A", "B"], ["10.00", "20.00"], message="BAT-2026-000001")

    [said] = read(statement(batch, Booked("5.00", ["C"], direction="CRDT", reason="AC04")))

    assert (said.kind, said.ident, said.currency) == ("statement", "STM-1", "CNY")
    assert said.opening == Balance(10_000_000, date(2026, 11, 5))
    assert said.closing == Balance(9_997_500, date(2026, 11, 5))
    assert [
        (each.entry, each.part, each.end_to_end_id, each.amount_minor) for each in said.lines
    ] == [
        *((1, 1, "A", 1000), (1, 2, "B", 2000), (2, 1, "C", 500)),
    ]
    assert said.lines[0].batch_ids == ("BAT-2026-000001",)
    assert [(each.returned, each.reason) for each in said.lines][2] == (True, "AC04")
    assert said.imbalance_minor == 0


def test_transactions_that_do_not_come_to_their_entry_are_not_believed():
    [said] = read(statement(Booked("30.00", ["A", "B"], ["10.00", "19.99"])))

    assert [(each.end_to_end_id, each.amount_minor) for each in said.lines] == [("", 3000)]


@pytest.mark.parametrize("version", ["camt.053.001.02", "camt.053.001.08", "camt.054.001.08"])
@pytest.mark.skipif(not SCHEMAS.exists(), reason="the ISO 20022 schemas are not beside us")
def test_the_statements_of_these_tests_are_what_the_standard_allows(version: str):
    data = statement(Booked("30.00", ["A", "B"], ["10.00", "20.00"]), version=version)

    etree.XMLSchema(etree.parse(SCHEMAS / f"{version}.xsd")).assertValid(etree.fromstring(data))


@pytest.mark.skipif(not GENKGO.exists(), reason="the statements of others are not beside us")
def test_entries_of_others_come_to_what_another_reader_found():
    compared, refused = 0, set()
    for path in sorted(GENKGO.glob("camt05[34]*.xml")):
        try:
            ours = entries_of(path.read_bytes())
        except Refused as refusal:
            refused.add(str(refusal).partition(":")[0])
            continue
        theirs = json.loads(path.with_suffix(".json").read_text("utf-8"))["getEntries"]
        told = [each["getAmount"] for each in theirs if int(each["getAmount"]["getAmount"])]
        assert (path.name, ours) == (
            path.name,
            [(abs(int(each["getAmount"])), each["getCurrency"]["getCode"]) for each in told],
        )
        compared += 1
    assert compared >= 3
    assert refused <= {"E_BANK_CURRENCY", "E_BANK_AMOUNT"}


def entries_of(data: bytes) -> list[tuple[int, str]]:
    """Amount and currency of each entry of a file, its transactions added up."""
    return [
        (sum(line.amount_minor for line in said.lines if line.entry == number), said.currency)
        for said in read(data)
        for number in sorted({line.entry for line in said.lines})
    ]


@pytest.mark.skipif(not GENKGO.exists(), reason="the statements of others are not beside us")
def test_an_intraday_report_is_refused_because_its_entries_are_not_final():
    with pytest.raises(BadBankMessage, match="E_BANK_INTRADAY"):
        read((GENKGO / "camt052.v8.xml").read_bytes())


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (b"<CdtDbtInd>DBIT", b"<CdtDbtInd>BOTH", "E_BANK_DIRECTION"),
        (b">30.00</Amt>", b">3e1</Amt>", "E_BANK_AMOUNT"),
        (b">30.00</Amt>", b">-30.00</Amt>", "E_BANK_AMOUNT"),
        (b">30.00</Amt>", b">30.001</Amt>", "E_BANK_AMOUNT"),
        (b'<Ntry><Amt Ccy="CNY">', b'<Ntry><Amt Ccy="EUR">', "E_BANK_CURRENCY"),
        (b"</Amt><CdtDbtInd>DBIT", b'</Amt><Amt Ccy="CNY">1</Amt><CdtDbtInd>DBIT', "REPEATED"),
        (b"<Acct>", b"<Other>", "well-formed"),
        (b"<BookgDt><Dt>2026-11-05", b"<BookgDt><Dt>05.11.2026", "E_BANK_DAY"),
    ],
)
def test_a_statement_that_does_not_say_what_it_must_is_refused(before, after, fault: str):
    data = statement(Booked("30.00", ["A"])).replace(before, after)

    with pytest.raises(Refused, match=fault):
        read(data)


def test_an_amount_of_hundreds_of_digits_is_told_by_its_first_and_their_number():
    data = statement(Booked("30.00", ["A"])).replace(
        b">30.00</Amt>", b">" + b"9" * 400 + b"</Amt>"
    )

    with pytest.raises(BadBankMessage, match=r"'9{24}'… has 400 digits, more than any figure"):
        read(data)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (BOMB, "DOCTYPE"),
        (b"<a>" * 10, "E_BANK_FORMAT"),
        (statement(*[Booked("1.00", ["A"])] * 2)[:-40], "well-formed"),
        (statement().replace(b"<Id>STM-1</Id>", b"<x>" * 60 + b"</x>" * 60), "deep"),
    ],
    ids=["entities", "no message", "cut off", "deep"],
)
def test_hostile_files_are_refused_in_the_child(data: bytes, fault: str):
    with pytest.raises(Refused, match=fault):
        read_bank_file(data)


def test_a_file_that_takes_too_long_is_set_aside():
    many = statement(*[Booked("1.00", ["A"], text="x" * 100)] * 4000)

    with pytest.raises(Quarantined, match="says more than a file of its kind"):
        read_bank_file(many, limits=Limits(answer_bytes=10_000))


def test_an_answer_names_our_message_each_payment_its_status_and_the_reason():
    [said] = read(answer("BAT-2026-000001", ("A", "RJCT", "AC01"), ("B", "ACSP", "")))

    assert (said.kind, said.account) == ("answer", "BAT-2026-000001")
    assert [(each.end_to_end_id, each.code, each.reason) for each in said.lines] == [
        *(("A", "RJCT", "AC01"), ("B", "ACSP", "")),
    ]
