"""Every payment format keeps its promises; pain.001 is judged by the standard's own schemas."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.conformance.payment_orders import (
    CARD,
    DEBTOR,
    EXAMPLES,
    IBAN,
    ONE,
    ORDER,
    PAYEE,
    SEPA,
)
from vendorops.domain.money import Money, total
from vendorops.domain.payment_order import Account, CreditTransfer, PaymentOrder
from vendorops.payments import codes, pain001, pain001_03, payment_format
from vendorops.payments._order import NotAPaymentFile, UnpayableOrder
from vendorops.registry import Unknown

SCHEMAS = Path("../shared/corpora/iso20022-schemas")
ISO = (pain001, pain001_03)
LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
NAMES = st.text(LETTERS, min_size=1, max_size=140).filter(lambda text: text.strip())
ACCOUNTS = st.one_of(
    st.builds(Account, NAMES, st.just("iban"), st.just(IBAN), st.just("COBADEFFXXX")),
    st.builds(
        Account,
        NAMES,
        st.sampled_from(["cn_account", "cn_card"]),
        st.text("0123456789", min_size=1, max_size=34),
        st.text("0123456789", min_size=1, max_size=12),
    ),
)


@st.composite
def orders(draw: st.DrawFn) -> PaymentOrder:
    currency = draw(st.sampled_from(["EUR", "CNY", "JPY", "KWD"]))
    amounts = draw(st.lists(st.integers(1, 10**12), min_size=1, max_size=6))
    transfers = tuple(
        CreditTransfer(f"PAY-{at:06}", Money(minor, currency), draw(ACCOUNTS), draw(NAMES))
        for at, minor in enumerate(amounts)
    )
    return replace(ORDER, initiator=draw(NAMES), debtor=draw(ACCOUNTS), transfers=transfers)


@cache
def schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / name))


def payable(order: PaymentOrder, name: str) -> PaymentOrder:
    """Return an order as the accounts and currency of a format have it; its amounts stay."""
    if name in ("pain001", "pain001_03"):
        return order
    example = EXAMPLES[name]
    transfers = tuple(
        each._replace(
            amount=Money(each.amount.minor % 10**9 + 1, example.transfers[0].amount.currency),
            payee=example.transfers[0].payee,
            remittance="SET-2026-000007",
        )
        for each in order.transfers
    )
    return replace(example, transfers=transfers)


def test_every_payment_format_has_a_worked_example():
    assert set(codes()) == set(EXAMPLES)


@pytest.mark.parametrize("name", codes())
def test_every_payment_format_reads_back_what_it_wrote(name: str):
    order = EXAMPLES[name]
    amounts = [transfer.amount for transfer in order.transfers]

    written = payment_format(name).write(order)

    expected = (order.message_id, len(amounts), total(amounts, amounts[0].currency))
    assert payment_format(name).figures(written) == expected
    assert payment_format(name).write(replace(order)) == written
    assert payment_format(name).TITLE
    assert payment_format(name).SUFFIX.startswith(".")
    assert set(order.details) <= set(payment_format(name).DETAILS)


@pytest.mark.parametrize("name", codes())
@settings(max_examples=20, deadline=None)
@given(order=orders())
def test_the_control_sum_is_the_sum_of_the_payments(name: str, order: PaymentOrder):
    order = payable(order, name)
    amounts = [transfer.amount for transfer in order.transfers]

    written = payment_format(name).write(order)

    expected = (order.message_id, len(amounts), total(amounts, amounts[0].currency))
    assert payment_format(name).figures(written) == expected
    assert payment_format(name).write(order) == written


@pytest.mark.skipif(not SCHEMAS.exists(), reason="the ISO 20022 schemas are not beside us")
@pytest.mark.parametrize("version", ISO)
@settings(deadline=None, max_examples=25)
@given(order=orders())
def test_any_order_is_written_as_the_standard_schema_wants(version, order: PaymentOrder):
    document = etree.fromstring(version.write(order))

    schema(version.SCHEMA).assertValid(document)


@pytest.mark.skipif(not SCHEMAS.exists(), reason="the ISO 20022 schemas are not beside us")
@pytest.mark.parametrize("version", ISO)
def test_an_order_by_the_sepa_rule_is_as_the_schema_wants_too(version):
    schema(version.SCHEMA).assertValid(etree.fromstring(version.write(SEPA)))


def test_names_and_remittances_come_back_as_they_went_in():
    root = etree.fromstring(pain001.write(ORDER))
    names = {"p": pain001.VERSION.namespace}

    assert root.findtext(".//p:Cdtr/p:Nm", namespaces=names) == PAYEE.holder
    assert root.findtext(".//p:Ustrd", namespaces=names) == ONE.remittance
    assert root.findtext(".//p:ReqdExctnDt/p:Dt", namespaces=names) == "2026-11-12"
    assert root.findtext(".//p:CreDtTm", namespaces=names) == "2026-11-10T00:00:00Z"


def test_an_iban_and_a_domestic_account_are_told_apart():
    domestic = PAYEE._replace(scheme="cn_card", number=CARD, bank="102100099996")
    written = pain001.write(replace(ORDER, transfers=(ONE._replace(payee=domestic),)))

    assert b"<IBAN>" not in written
    assert b"<Prtry>cn_card</Prtry>" in written
    assert b"<MmbId>102100099996</MmbId>" in written
    assert b"<BICFI>COBADEFF</BICFI>" in pain001.write(ORDER)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"amount": Money(0, "EUR")}, "pays nothing"),
        ({"amount": Money(-5, "EUR")}, "pays nothing"),
        ({"end_to_end_id": "P" * 36}, "end-to-end id must be 1 to 35"),
        ({"remittance": "x" * 141}, "remittance of PAY-2026-000001 must be 1 to 140"),
        ({"remittance": "bell \x07"}, "printable"),
        ({"payee": PAYEE._replace(holder="")}, "payee of PAY-2026-000001"),
        ({"payee": PAYEE._replace(holder="\ud800")}, "printable"),
        ({"payee": PAYEE._replace(number="89370400440532013000")}, "has not the form of one"),
        ({"payee": PAYEE._replace(scheme="cn_card", number="1" * 35)}, "must be 1 to 34"),
        ({"payee": PAYEE._replace(bank=" ")}, "bank code of"),
    ],
)
def test_what_the_format_cannot_say_is_refused_in_words(change, fault: str):
    order = replace(ORDER, transfers=(ONE._replace(**change),))

    with pytest.raises(UnpayableOrder, match=fault):
        pain001.write(order)


@pytest.mark.parametrize("scheme", ["iban", "cn_card"])
def test_a_refusal_never_shows_the_account_number(scheme: str):
    number = "62220202000123456701234567890123456789"
    order = replace(ORDER, debtor=DEBTOR._replace(scheme=scheme, number=number))

    with pytest.raises(UnpayableOrder) as caught:
        pain001.write(order)

    assert number[:8] not in str(caught.value)


def test_an_order_of_nothing_is_refused_before_it_is_written():
    with pytest.raises(UnpayableOrder, match="has no payment"):
        pain001.write(replace(ORDER, transfers=()))


def test_two_currencies_do_not_go_into_one_file():
    other = ONE._replace(end_to_end_id="PAY-2", amount=Money(1, "CNY"))

    with pytest.raises(UnpayableOrder, match="CNY, EUR"):
        pain001.write(replace(ORDER, transfers=(ONE, other)))


def test_one_end_to_end_id_is_never_ordered_twice():
    with pytest.raises(UnpayableOrder, match="ordered twice"):
        pain001.write(replace(ORDER, transfers=(ONE, ONE)))


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (b"19.99</InstdAmt>", b"91.99</InstdAmt>", "not the sum of its payments"),
        (b"<NbOfTxs>1<", b"<NbOfTxs>2<", "not the sum of its payments"),
        (b"<CstmrCdtTrfInitn>", b"<CstmrCdtTrfInitn", "not XML"),
        (b"pain.001.001.09", b"pain.001.001.03", "orders no payment"),
        (b"<Document", b"<!DOCTYPE Document []><Document", "document type"),
    ],
)
def test_a_file_that_was_tampered_with_is_refused(before: bytes, after: bytes, fault: str):
    tampered = pain001.write(ORDER).replace(before, after)

    with pytest.raises(NotAPaymentFile, match=fault):
        pain001.figures(tampered)


def test_a_payment_format_that_is_not_on_the_shelf_is_refused():
    with pytest.raises(Unknown, match="payments knows no 'no_such_format'"):
        payment_format("no_such_format")
