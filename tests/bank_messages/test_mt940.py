"""SWIFT statements: references wherever banks put them, pages, reversals, what is hostile."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.bank_messages import message_of, read
from vendorops.bank_messages._iso import BadBankMessage
from vendorops.domain.bank_statement import Balance
from vendorops.domain.refusal import Refused
from vendorops.gateways.bank_reading import read_bank_file
from vendorops.gateways.child import Quarantined

DAY = date(2026, 11, 5)
PAID = ":61:2611051105D1971,60NTRFPAY-2026-000001//BANK-77\n:86:Lieferant\n"
PLAIN = (
    ":20:STM-1\n:25:DE02120300000000202051EUR\n:28C:12/1\n"
    ":60F:C261105EUR100000,00\n{lines}:62F:C261105EUR{closing}\n-\n"
)


def statement(*lines: str, closing: str = "98028,40") -> bytes:
    return PLAIN.format(lines="".join(lines), closing=closing).encode()


def test_a_statement_tells_its_account_balances_and_lines():
    [said] = read(statement(PAID))

    assert (said.kind, said.ident, said.sequence) == ("statement", "STM-1 12/1", "12/1")
    assert (said.account, said.currency) == ("DE02120300000000202051", "EUR")
    assert said.opening == Balance(10_000_000, DAY)
    assert said.closing == Balance(9_802_840, DAY)
    assert said.imbalance_minor == 0
    [line] = said.lines
    assert (line.direction, line.amount_minor, line.booked_on) == ("debit", 197_160, DAY)
    assert (line.end_to_end_id, line.bank_reference, line.code) == (
        *("PAY-2026-000001", "BANK-77"),
        "NTRF",
    )


@pytest.mark.parametrize(
    "details",
    [
        "177?00SEPA?20EREF+PAY-2026-000001?21KREF+X?22SVWZ+October",
        "/TRTP/SEPA/EREF/PAY-2026-000001/REMI/October",
        "a text that names PAY-2026-000001 and wraps somewhere",
        "a text of sixty-five letters and then the reference, that is PAY-2026-\n000001",
    ],
)
def test_our_reference_is_found_wherever_a_bank_writes_it(details: str):
    line = ":61:2611051105D1971,60NTRFNONREF//BANK-77\n"

    [said] = read(statement(line, f":86:{details}\n"))

    assert said.lines[0].named == ("PAY-2026-000001",)
    assert said.lines[0].end_to_end_id == ("PAY-2026-000001" if "EREF" in details else "")


@pytest.mark.parametrize(
    ("line", "direction", "returned"),
    [
        (":61:2611051105C10,NTRFNONREF\n", "credit", False),
        (":61:2611051105RD10,NTRFNONREF\n", "credit", True),
        (":61:2611051105RC10,NTRFNONREF\n", "debit", False),
        (":61:2611051105C10,NRTIPAY-2026-000001\n", "credit", True),
    ],
)
def test_reversals_and_returned_items_are_told_from_payments(line, direction, returned):
    [said] = read(statement(line, closing="0"))

    assert (said.lines[0].direction, said.lines[0].returned) == (direction, returned)
    assert said.lines[0].amount_minor == 1_000


def test_an_entry_of_the_other_year_is_booked_in_that_year():
    [said] = read(statement(":61:2612311 D1,NTRFX\n".replace("1 D", "0102D")))

    assert said.lines[0].booked_on == date(2027, 1, 2)


def test_several_messages_and_pages_of_one_are_statements_of_their_own():
    first = statement(PAID).replace(b":62F:", b":62M:")
    second = statement().replace(b":60F:C261105EUR100000,00", b":60M:C261105EUR98028,40")
    second = second.replace(b"12/1", b"12/2").replace(b"\n", b"\r\n")
    wrapped = b"{1:F01BANK}{2:O940}{4:\r\n" + second + b"}"

    said = read(first + wrapped)

    assert [each.sequence for each in said] == ["12/1", "12/2"]
    assert said[0].closing == said[1].opening == Balance(9_802_840, DAY)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (b"D1971,60", b"Dmuch", "E_BANK_FORMAT"),
        (b"2611051105D", b"2613451105D", "E_BANK_FORMAT"),
        (b":62F:", b":64:", "E_BANK_MISSING"),
        (b"1971,60", b"1971,601", "E_BANK_FORMAT"),
    ],
)
def test_a_statement_that_is_not_as_it_must_be_is_refused_whole(before, after, fault):
    with pytest.raises(Refused, match=fault):
        read(statement(PAID).replace(before, after))


def test_a_refusal_does_not_repeat_what_stood_in_the_field():
    bad = statement(PAID.replace("D1971,60", "Dmuch").replace("BANK-77", "SECRET-77"))

    with pytest.raises(BadBankMessage) as refused:
        read(bad)

    assert "SECRET" not in str(refused.value)


def test_an_amount_of_too_many_decimals_is_not_repeated():
    with pytest.raises(BadBankMessage) as refused:
        read(statement(PAID).replace(b"1971,60", b"1971,601"))

    assert "1971" not in str(refused.value)


def test_it_is_read_in_the_limited_child_and_told_apart_from_other_files():
    assert read_bank_file(statement(PAID))[0].lines[0].end_to_end_id == "PAY-2026-000001"
    assert message_of(b"date;amount;balance\n2026-11-05;1;2\n") is None


@given(st.text(":0123456789ABCDFMNR,\n/-?+ {}", max_size=400))
def test_whatever_follows_a_head_is_read_or_refused_and_never_fails(noise: str):
    try:
        read(statement(PAID, noise + "\n"))
    except (Refused, Quarantined):
        return
