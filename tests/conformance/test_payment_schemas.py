"""Whatever people are called, a payment file is as the standard wants it, or is refused."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.conformance.payment_orders import AMERICAN, CHINESE, ONE, ORDER, PAYEE, SEPA
from vendorops.domain.currencies import EXPONENTS
from vendorops.domain.money import Money
from vendorops.payments import cn_batch, nacha, pain001, pain001_03
from vendorops.payments._order import UnpayableOrder

SCHEMAS = Path("../shared/corpora/iso20022-schemas")
NEEDS_SCHEMAS = pytest.mark.skipif(
    not SCHEMAS.exists(), reason="the ISO 20022 schemas are not beside us"
)
VERSIONS = (pain001, pain001_03)
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=150)
LATIN = st.text("abcÄÖÜäöüßéèñøłŁçšž '&./-+,()", min_size=1, max_size=150)
ANYTHING = st.text(min_size=0, max_size=150)
"""Control characters, lone halves of surrogates, markup, marks of direction: all there is."""
NAMES = st.one_of(
    HAN, LATIN, ANYTHING, st.sampled_from(["<b>&amp;</b>", "]]>", "\ufffe", "a\x00b"])
)


@cache
def schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / name))


def paying(order, **changed):
    """The order with another first payee or text."""
    first = order.transfers[0]
    payee = first.payee._replace(holder=changed.get("holder", first.payee.holder))
    told = first._replace(payee=payee, remittance=changed.get("text", first.remittance))
    return replace(order, transfers=(told, *order.transfers[1:]))


@NEEDS_SCHEMAS
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("order", [ORDER, SEPA], ids=["any", "sepa"])
@settings(max_examples=60)
@given(holder=NAMES, text=NAMES)
def test_any_name_is_written_as_the_schema_wants_it_or_refused(version, order, holder, text):
    try:
        data = version.write(paying(order, holder=holder, text=text))
    except UnpayableOrder:
        return
    root = etree.fromstring(data)
    schema(version.SCHEMA).assertValid(root)
    if not order.details:
        assert root.findtext(".//{*}Cdtr/{*}Nm") == holder


@NEEDS_SCHEMAS
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("currency", sorted(EXPONENTS))
def test_every_currency_is_written_with_the_decimals_the_schema_allows(version, currency):
    largest = Money(10**12 + 1, currency)
    data = version.write(replace(ORDER, transfers=(ONE._replace(amount=largest),)))

    root = etree.fromstring(data)
    schema(version.SCHEMA).assertValid(root)
    assert root.findtext(".//{*}InstdAmt") == root.findtext(".//{*}CtrlSum") == largest.text


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("length", "taken"), [(140, True), (141, False)])
def test_a_name_of_140_letters_is_taken_and_one_more_refused(version, length, taken):
    order = paying(ORDER, holder="恒" * length)

    if taken:
        assert ("恒" * length).encode() in version.write(order)
    else:
        with pytest.raises(UnpayableOrder, match="1 to 140"):
            version.write(order)


@pytest.mark.parametrize(("module", "order"), [(cn_batch, CHINESE), (nacha, AMERICAN)])
@settings(max_examples=40)
@given(holder=NAMES)
def test_the_other_formats_take_a_name_or_refuse_it_and_their_totals_hold(module, order, holder):
    try:
        data = module.write(paying(order, holder=holder))
    except UnpayableOrder:
        return
    _, count, total = module.figures(data)
    assert count == len(order.transfers)
    assert total.minor == sum(each.amount.minor for each in order.transfers)


@pytest.mark.parametrize("version", VERSIONS)
def test_payments_of_two_currencies_are_no_file(version):
    other = ONE._replace(end_to_end_id="PAY-2", amount=Money(5, "USD"))

    with pytest.raises(UnpayableOrder, match="currenc"):
        version.write(replace(ORDER, transfers=(ONE, other)))


def test_the_payee_of_these_tests_is_one_of_the_worked_examples():
    assert ORDER.transfers[0].payee == PAYEE
