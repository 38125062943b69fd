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
_ID_LONGEST, _NAME_LONGEST, _REMITTANCE_LONGEST, _NUMBER_LONGEST = 35, 140, 140, 34
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class UnpayableOrder(Refused):
    """The order cannot be said in this format."""


class NotAPaymentFile(Refused):
    """The bytes are no payment file of this format, or do not add up."""


def write(order: PaymentOrder) -> bytes:
    """Write the file; the same order always gives the same bytes.

    Raises UnpayableOrder for an empty order, two currencies, amounts not above zero, an end-to-end
    id used twice, or texts that are too long or unprintable.
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
    """Read back message id, number of payments and control sum, recounted from the payments.

    Raises NotAPaymentFile for other files, and for one whose header says something else.
    """
    root = _opened(data)
    paid = root.findall(".//p:CdtTrfTxInf/p:Amt/p:InstdAmt", _NS)
    if not paid:
        raise NotAPaymentFile(f"the file orders no payment as {TITLE}; look which file it is")
    amounts = [Money.parse(str(node.text), str(node.get("Ccy"))) for node in paid]
    if len({amount.currency for amount in amounts}) != 1:
        raise NotAPaymentFile("the file orders payments of several currencies; do not send it")
    said = [
        str(root.findtext(f".//p:GrpHdr/p:{name}", namespaces=_NS))
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


def _one_currency(order: PaymentOrder) -> str:
    currencies = sorted({transfer.amount.currency for transfer in order.transfers})
    if len(currencies) != 1:
        named = ", ".join(currencies) or "no payment"
        raise UnpayableOrder(f"{order.message_id} must be of one currency and has {named}")
    seen: set[str] = set()
    for transfer in order.transfers:
        if transfer.amount.minor <= 0:
            raise UnpayableOrder(f"{transfer.end_to_end_id} pays nothing; leave it out")
        if transfer.end_to_end_id in seen:
            raise UnpayableOrder(f"{transfer.end_to_end_id} is ordered twice; order it once")
        seen.add(transfer.end_to_end_id)
    return currencies[0]


def _node(name: str, *children: Any, **attributes: str) -> Any:  # noqa: ANN401 - lxml's element.
    node = etree.Element(name, attributes)
    for child in children:
        if isinstance(child, str):
            node.text = child
        else:
            node.append(child)
    return node


def _text(what: str, text: str, longest: int) -> str:
    # The text itself is not shown: it may be an account number.
    if not text.strip() or len(text) > longest or _UNPRINTABLE.search(text):
        raise UnpayableOrder(f"{what} must be 1 to {longest} printable characters; correct it")
    return text


def _group_header(order: PaymentOrder, counted: dict[str, str]) -> Any:  # noqa: ANN401 - lxml's element.
    return _node(
        "GrpHdr",
        _node("MsgId", _text("the message id", order.message_id, _ID_LONGEST)),
        _node("CreDtTm", f"{order.created_day.isoformat()}T00:00:00Z"),
        *(_node(name, value) for name, value in counted.items()),
        _node(
            "InitgPty",
            _node("Nm", _text("the name of who orders", order.initiator, _NAME_LONGEST)),
        ),
    )


def _payment_head(order: PaymentOrder, counted: dict[str, str]) -> list[Any]:
    return [
        _node("PmtInfId", _text("the message id", order.message_id, _ID_LONGEST)),
        _node("PmtMtd", "TRF"),
        *(_node(name, value) for name, value in counted.items()),
        _node("ReqdExctnDt", _node("Dt", order.execution_day.isoformat())),
        _node(
            "Dbtr",
            _node(
                "Nm",
                _text("the holder of the debited account", order.debtor.holder, _NAME_LONGEST),
            ),
        ),
        _node("DbtrAcct", _account(order.debtor)),
        _node("DbtrAgt", _agent(order.debtor)),
    ]


def _transfer(transfer: CreditTransfer) -> Any:  # noqa: ANN401 - lxml's element.
    payee, ident = transfer.payee, transfer.end_to_end_id
    remittance = _text(f"the remittance of {ident}", transfer.remittance, _REMITTANCE_LONGEST)
    return _node(
        "CdtTrfTxInf",
        _node("PmtId", _node("EndToEndId", _text("an end-to-end id", ident, _ID_LONGEST))),
        _node("Amt", _node("InstdAmt", transfer.amount.text, Ccy=transfer.amount.currency)),
        _node("CdtrAgt", _agent(payee)),
        _node("Cdtr", _node("Nm", _text(f"the payee of {ident}", payee.holder, _NAME_LONGEST))),
        _node("CdtrAcct", _account(payee)),
        _node("RmtInf", _node("Ustrd", remittance)),
    )


def _account(account: Account) -> Any:  # noqa: ANN401 - lxml's element.
    number = _text(f"the account number of {account.holder}", account.number, _NUMBER_LONGEST)
    if account.scheme != "iban":
        named = _text(f"the account scheme of {account.holder}", account.scheme, _ID_LONGEST)
        scheme = _node("SchmeNm", _node("Prtry", named))
        return _node("Id", _node("Othr", _node("Id", number), scheme))
    if not _IBAN.fullmatch(number):
        raise UnpayableOrder(f"the IBAN of {account.holder} has not the form of one; correct it")
    return _node("Id", _node("IBAN", number))


def _agent(account: Account) -> Any:  # noqa: ANN401 - lxml's element.
    if re.fullmatch(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", account.bank):
        return _node("FinInstnId", _node("BICFI", account.bank))
    bank = _text(f"the bank code of {account.holder}", account.bank, _ID_LONGEST)
    return _node("FinInstnId", _node("ClrSysMmbId", _node("MmbId", bank)))
