"""ISO 20022 customer credit transfer initiation, pain.001.001.09."""

from vendorops.domain.money import Money
from vendorops.domain.payment_order import PaymentOrder
from vendorops.payments import _pain001
from vendorops.payments._pain001_parts import Version

TITLE = "ISO 20022 pain.001.001.09"
SUFFIX = ".xml"
SCHEMA = "pain.001.001.09.xsd"
DETAILS = _pain001.DETAILS
VERSION = Version("pain.001.001.09", bic="BICFI", wraps_day=True)


def write(order: PaymentOrder) -> bytes:
    """Write the file; the same order always gives the same bytes. Raises UnpayableOrder."""
    return _pain001.write(order, VERSION)


def figures(data: bytes) -> tuple[str, int, Money]:
    """Read back message id, number of payments and control sum. Raises NotAPaymentFile."""
    return _pain001.figures(data, VERSION)
