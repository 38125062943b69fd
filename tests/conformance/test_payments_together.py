"""Payments that are spelled together stand in the file as those spelled one by one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conformance.payment_orders import ONE
from vendorops.domain.money import Money
from vendorops.domain.payment_order import Account, CreditTransfer
from vendorops.payments import pain001
from vendorops.payments._order import UnpayableOrder
from vendorops.payments._pain001_parts import Parts

PLAIN = st.text("abcXYZ小明 019%", min_size=1, max_size=20)
WILD = st.text(min_size=0, max_size=36) | st.sampled_from(
    ["Söhne & Co <x>", "a\rb", "a\nb", "a\tb", " ", "\u2028", "\ufffe", "x" * 141, '"quoted"']
)
NUMBERS = st.sampled_from(["DE89370400440532013000", "DE89 3704", "6222020200012345670"])


def transfers(texts):
    accounts = st.builds(
        Account,
        holder=texts,
        scheme=st.sampled_from(["iban", "cn_account", "50%s", "a<b"]),
        number=NUMBERS | texts,
        bank=st.sampled_from(["COBADEFF", "102100099996"]) | texts,
    )
    amounts = st.builds(Money, st.integers(1, 10**12), st.sampled_from(["EUR", "JPY"]))
    made = st.builds(CreditTransfer, texts, amounts, accounts, texts)
    return st.lists(made, min_size=1, max_size=4)


def told(spell):
    """What is written, or the words in which it is refused."""
    try:
        return spell()
    except UnpayableOrder as refusal:
        return f"refused: {refusal}"


@settings(deadline=None)
@given(some=transfers(PLAIN) | transfers(PLAIN | WILD))
def test_payments_together_are_written_or_refused_as_one_by_one(some):
    parts = Parts(pain001.VERSION, sepa=False)

    together = told(lambda: parts.transfers(some))

    assert together == told(lambda: "".join(map(parts.transfer, some)))


def test_one_name_that_must_be_escaped_is_escaped_among_plain_ones():
    names = ["Lin", "Söhne & <Co>", "Wang"]
    payees = [ONE.payee._replace(holder=name) for name in names]

    written = Parts(pain001.VERSION, sepa=False).transfers(
        [ONE._replace(payee=payee) for payee in payees]
    )

    assert written.count("<Nm>") == len(names)
    assert "<Nm>Söhne &amp; &lt;Co&gt;</Nm>" in written
