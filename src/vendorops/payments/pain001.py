"""ISO 20022 customer credit transfer initiation, pain.001.001.09."""

import re
from io import BytesIO
from typing import Any

from lxml import etree

from vendorops.domain.money import Money, total
from vendorops.domain.payment_order import Account, CreditTransfer, PaymentOrder
from vendorops.domain.refusal import Refused

TITLE = "ISO 20022 pain.001.001.09"
SUFFIX = ".xml"
NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_NS = {"p": NAMESPACE}
_ID_LONGEST, _NAME_LONGEST, _REMITTANCE_LONGEST = 35, 140, 140
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class UnpayableOrder(Refused):
    """The order cannot be said in this format."""


def write(order: PaymentOrder) -> bytes:
    """Write the file; the same order always gives the same bytes.

    Raises UnpayableOrder for an empty order, two currencies, amounts not above zero, or texts that
    are too long or unprintable.
    """
    currency = _one_currency(order)
    amounts = [transfer.amount for transfer in order.transfers]
    figures = {"NbOfTxs": str(len(amounts)), "CtrlSum": total(amounts, currency).text}
    buffer = BytesIO()
    with etree.xmlfile(buffer, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element("Document", nsmap={None: NAMESPACE}), file.element("CstmrCdtTrfInitn"):
            file.write(_group_header(order, figures))
            with file.element("PmtInf"):
                for part in _payment_head(order, figures):
                    file.write(part)
                for transfer in order.transfers:
                    file.write(_transfer(transfer))
    return buffer.getvalue()


def figures(data: bytes) -> tuple[str, int, Money]:
    """Read back message id, number of payments and control sum, recounted from the payments."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(data, parser)
    paid = root.findall(".//p:CdtTrfTxInf/p:Amt/p:InstdAmt", _NS)
    amounts = [Money.parse(str(node.text), str(node.get("Ccy"))) for node in paid]
    message_id = str(root.findtext(".//p:GrpHdr/p:MsgId", namespaces=_NS))
    return message_id, len(amounts), total(amounts, amounts[0].currency)


def _one_currency(order: PaymentOrder) -> str:
    currencies = sorted({transfer.amount.currency for transfer in order.transfers})
    if len(currencies) != 1:
        named = ", ".join(currencies) or "no payment"
        raise UnpayableOrder(f"{order.message_id} must be of one currency and has {named}")
    for transfer in order.transfers:
        if transfer.amount.minor <= 0:
            raise UnpayableOrder(f"{transfer.end_to_end_id} pays nothing; leave it out")
    return currencies[0]


def _node(name: str, *children: Any, **attributes: str) -> Any:  # noqa: ANN401 - lxml's element.
    node = etree.Element(name, attributes)
    for child in children:
        if isinstance(child, str):
            node.text = child
        else:
            node.append(child)
    return node


def _text(text: str, longest: int) -> str:
    if not text or len(text) > longest or _UNPRINTABLE.search(text):
        raise UnpayableOrder(f"{text[:40]!r} must be 1 to {longest} printable characters")
    return text


def _group_header(order: PaymentOrder, counted: dict[str, str]) -> Any:  # noqa: ANN401 - lxml's element.
    return _node(
        "GrpHdr",
        _node("MsgId", _text(order.message_id, _ID_LONGEST)),
        _node("CreDtTm", f"{order.created_day.isoformat()}T00:00:00Z"),
        *(_node(name, value) for name, value in counted.items()),
        _node("InitgPty", _node("Nm", _text(order.initiator, _NAME_LONGEST))),
    )


def _payment_head(order: PaymentOrder, counted: dict[str, str]) -> list[Any]:
    return [
        _node("PmtInfId", _text(order.message_id, _ID_LONGEST)),
        _node("PmtMtd", "TRF"),
        *(_node(name, value) for name, value in counted.items()),
        _node("ReqdExctnDt", _node("Dt", order.execution_day.isoformat())),
        _node("Dbtr", _node("Nm", _text(order.debtor.holder, _NAME_LONGEST))),
        _node("DbtrAcct", _account(order.debtor)),
        _node("DbtrAgt", _agent(order.debtor)),
    ]


def _transfer(transfer: CreditTransfer) -> Any:  # noqa: ANN401 - lxml's element.
    payee = transfer.payee
    return _node(
        "CdtTrfTxInf",
        _node("PmtId", _node("EndToEndId", _text(transfer.end_to_end_id, _ID_LONGEST))),
        _node("Amt", _node("InstdAmt", transfer.amount.text, Ccy=transfer.amount.currency)),
        _node("CdtrAgt", _agent(payee)),
        _node("Cdtr", _node("Nm", _text(payee.holder, _NAME_LONGEST))),
        _node("CdtrAcct", _account(payee)),
        _node("RmtInf", _node("Ustrd", _text(transfer.remittance, _REMITTANCE_LONGEST))),
    )


def _account(account: Account) -> Any:  # noqa: ANN401 - lxml's element.
    if account.scheme == "iban":
        return _node("Id", _node("IBAN", account.number))
    scheme = _node("SchmeNm", _node("Prtry", account.scheme))
    return _node("Id", _node("Othr", _node("Id", _text(account.number, 34)), scheme))


def _agent(account: Account) -> Any:  # noqa: ANN401 - lxml's element.
    if re.fullmatch(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", account.bank):
        return _node("FinInstnId", _node("BICFI", account.bank))
    return _node("FinInstnId", _node("ClrSysMmbId", _node("MmbId", _text(account.bank, 35))))
