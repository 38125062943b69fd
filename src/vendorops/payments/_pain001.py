"""ISO 20022 customer credit transfer initiation: what its versions have in common.

Up to version 03 the day of execution is written plain and a BIC is called BIC; since 08 the day
may be an instant, so it is wrapped, and a BIC is called BICFI.
"""

from io import BytesIO
from typing import Any

from lxml import etree

from vendorops.domain.money import Money, total
from vendorops.domain.payment_order import PaymentOrder
from vendorops.payments._characters import RULES
from vendorops.payments._order import NotAPaymentFile, UnpayableOrder, one_currency
from vendorops.payments._pain001_parts import Parts, Version

TOGETHER = 100
"""Payments that are spelled together, if the texts of all of them are plain."""
DETAILS = {"characters": "any unless sepa: the basic Latin set, IBANs and euro only"}


def write(order: PaymentOrder, version: Version) -> bytes:
    """Write the file; the same order always gives the same bytes.

    Raises UnpayableOrder for an empty order, two currencies, amounts not above zero, an end-to-end
    id used twice, or texts that are too long, unprintable or against the rule of characters.
    """
    rule = order.details.get("characters", "any")
    if rule not in RULES:
        raise UnpayableOrder(f"characters may be {' or '.join(RULES)}, not {rule[:20]!r}")
    currency = one_currency(order, *(("EUR",) if rule == "sepa" else ()))
    amounts = [transfer.amount for transfer in order.transfers]
    figures = {"NbOfTxs": str(len(amounts)), "CtrlSum": total(amounts, currency).text}
    parts = Parts(version, rule == "sepa")
    buffer = BytesIO()
    with etree.xmlfile(buffer, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element("Document", nsmap={None: version.namespace}):  # noqa: SIM117 - as nested as the file.
            with file.element("CstmrCdtTrfInitn"):
                file.write(parts.group_header(order, figures))
                with file.element("PmtInf"):
                    for part in parts.payment_head(order, figures):
                        file.write(part)
                    file.flush()
                    for start in range(0, len(order.transfers), TOGETHER):
                        # As text: a node for each part takes five times as long.
                        some = order.transfers[start : start + TOGETHER]
                        buffer.write(parts.transfers(some).encode())
    return buffer.getvalue()


def figures(data: bytes, version: Version) -> tuple[str, int, Money]:
    """Read back message id, number of payments and control sum, recounted from the payments.

    Raises NotAPaymentFile for other files, and for one whose header says something else.
    """
    root, names = _opened(data), {"p": version.namespace}
    paid = root.findall(".//p:CdtTrfTxInf/p:Amt/p:InstdAmt", names)
    if not paid:
        raise NotAPaymentFile(f"the file orders no payment as {version.name}; look which it is")
    amounts = [Money.parse(str(node.text), str(node.get("Ccy"))) for node in paid]
    if len({amount.currency for amount in amounts}) != 1:
        raise NotAPaymentFile("the file orders payments of several currencies; do not send it")
    said = [
        str(root.findtext(f".//p:GrpHdr/p:{name}", namespaces=names))
        for name in ("MsgId", "NbOfTxs", "CtrlSum")
    ]
    control_sum = total(amounts, amounts[0].currency)
    if said[1:] != [str(len(amounts)), control_sum.text]:
        raise NotAPaymentFile(
            f"the header of {said[0]} is not the sum of its payments; write the file anew"
        )
    return said[0], len(amounts), control_sum


def _opened(data: bytes) -> Any:  # noqa: ANN401 - lxml's element.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotAPaymentFile("the file is not XML; look which file it is") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotAPaymentFile("the file brings a document type, which no payment file has")
    return root
