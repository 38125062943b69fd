"""What every payment format asks of an order before it writes it."""

import re

from vendorops.domain.payment_order import PaymentOrder
from vendorops.domain.refusal import Refused

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class UnpayableOrder(Refused):
    """The order cannot be said in this format."""


class NotAPaymentFile(Refused):
    """The bytes are no payment file of this format, or do not add up."""


def one_currency(order: PaymentOrder, *only: str) -> str:
    """Return the currency of an order; `only` are those that the format can say, any if none.

    Raises UnpayableOrder for an empty order, two currencies, amounts not above zero, or an
    end-to-end id used twice.
    """
    currencies = sorted({transfer.amount.currency for transfer in order.transfers})
    if len(currencies) != 1:
        named = ", ".join(currencies) or "no payment"
        raise UnpayableOrder(f"{order.message_id} must be of one currency and has {named}")
    if only and currencies[0] not in only:
        raise UnpayableOrder(
            f"{order.message_id} must be in {', '.join(only)}, not {currencies[0]}"
        )
    seen: set[str] = set()
    for transfer in order.transfers:
        if transfer.amount.minor <= 0:
            raise UnpayableOrder(f"{transfer.end_to_end_id} pays nothing; leave it out")
        if transfer.end_to_end_id in seen:
            raise UnpayableOrder(f"{transfer.end_to_end_id} is ordered twice; order it once")
        seen.add(transfer.end_to_end_id)
    return currencies[0]


def printable(what: str, text: str, longest: int) -> str:
    """Return a text that is not blank, printable and short enough; `what` names it for people."""
    # The text itself is not shown: it may be an account number.
    if not text.strip() or len(text) > longest or UNPRINTABLE.search(text):
        raise UnpayableOrder(f"{what} must be 1 to {longest} printable characters; correct it")
    return text
