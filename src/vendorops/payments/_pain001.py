"""ISO 20022 customer credit transfer initiation: what its versions have in common.

Up to version 03 the day of execution is written plain and a BIC is called BIC; since 08 the day
may be an instant, so it is wrapped, and a BIC is called BICFI.
"""

import re
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any

from lxml import etree

from vendorops.domain.money import Money, total
from vendorops.domain.payment_order import Account, CreditTransfer, PaymentOrder
from vendorops.payments._characters import RULES, sepa
from vendorops.payments._order import NotAPaymentFile, UnpayableOrder, one_currency, printable

ID_LONGEST, NAME_LONGEST, REMITTANCE_LONGEST, NUMBER_LONGEST = 35, 140, 140, 34
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}")
BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")
DETAILS = {"characters": "any unless sepa: the basic Latin set, IBANs and euro only"}


@dataclass(frozen=True)
class Version:
    """What differs between two versions of the message."""

    name: str
    bic: str
    """What the element of a BIC is called."""
    wraps_day: bool

    @property
    def namespace(self) -> str:
        """The namespace of the document."""
        return f"urn:iso:std:iso:20022:tech:xsd:{self.name}"


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
    parts = _Parts(version, rule == "sepa")
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
                    for transfer in order.transfers:
                        # As text: a node for each part takes five times as long.
                        buffer.write(parts.transfer(transfer).encode())
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


def _node(name: str, *children: Any, **attributes: str) -> Any:  # noqa: ANN401 - lxml's element.
    node = etree.Element(name, attributes)
    for child in children:
        if isinstance(child, str):
            node.text = child
        else:
            node.append(child)
    return node


@dataclass(frozen=True)
class _Parts:
    """Makes the parts of a message of one version, its texts by one rule of characters."""

    version: Version
    sepa: bool

    def group_header(self, order: PaymentOrder, counted: dict[str, str]) -> Any:  # noqa: ANN401 - lxml's element.
        return _node(
            "GrpHdr",
            _node("MsgId", printable("the message id", order.message_id, ID_LONGEST)),
            _node("CreDtTm", f"{order.created_day.isoformat()}T00:00:00Z"),
            *(_node(name, value) for name, value in counted.items()),
            _node("InitgPty", _node("Nm", self._name("the name of who orders", order.initiator))),
        )

    def payment_head(self, order: PaymentOrder, counted: dict[str, str]) -> list[Any]:
        holder = self._name("the holder of the debited account", order.debtor.holder)
        day = order.execution_day.isoformat()
        return [
            _node("PmtInfId", printable("the message id", order.message_id, ID_LONGEST)),
            _node("PmtMtd", "TRF"),
            *(_node(name, value) for name, value in counted.items()),
            *([_node("PmtTpInf", _node("SvcLvl", _node("Cd", "SEPA")))] if self.sepa else []),
            _node("ReqdExctnDt", _node("Dt", day) if self.version.wraps_day else day),
            _node("Dbtr", _node("Nm", holder)),
            _node("DbtrAcct", etree.fromstring(self._account(order.debtor))),
            _node("DbtrAgt", etree.fromstring(self._agent(order.debtor))),
            *([_node("ChrgBr", "SLEV")] if self.sepa else []),
        ]

    def transfer(self, transfer: CreditTransfer) -> str:
        """Return one payment as it stands in the file."""
        payee, ident = transfer.payee, transfer.end_to_end_id
        remittance = self._remittance(f"the remittance of {ident}", transfer.remittance)
        told = _text(printable("an end-to-end id", ident, ID_LONGEST))
        name = _text(self._name(f"the payee of {ident}", payee.holder))
        return (
            f"<CdtTrfTxInf><PmtId><EndToEndId>{told}</EndToEndId></PmtId>"
            f'<Amt><InstdAmt Ccy="{transfer.amount.currency}">{transfer.amount.text}</InstdAmt>'
            f"</Amt><CdtrAgt>{self._agent(payee)}</CdtrAgt><Cdtr><Nm>{name}</Nm></Cdtr>"
            f"<CdtrAcct>{self._account(payee)}</CdtrAcct>"
            f"<RmtInf><Ustrd>{_text(remittance)}</Ustrd></RmtInf></CdtTrfTxInf>"
        )

    def _name(self, what: str, text: str) -> str:
        return sepa(what, text, "name") if self.sepa else printable(what, text, NAME_LONGEST)

    def _remittance(self, what: str, text: str) -> str:
        if self.sepa:
            return sepa(what, text, "remittance")
        return printable(what, text, REMITTANCE_LONGEST)

    def _account(self, account: Account) -> str:
        holder = account.holder
        number = printable(f"the account number of {holder}", account.number, NUMBER_LONGEST)
        if account.scheme != "iban":
            if self.sepa:
                raise UnpayableOrder(f"the account of {holder} is no IBAN, as SEPA wants")
            named = printable(f"the account scheme of {holder}", account.scheme, ID_LONGEST)
            scheme = f"<SchmeNm><Prtry>{_text(named)}</Prtry></SchmeNm>"
            return f"<Id><Othr><Id>{_text(number)}</Id>{scheme}</Othr></Id>"
        if not IBAN.fullmatch(number):
            raise UnpayableOrder(f"the IBAN of {holder} has not the form of one; correct it")
        return f"<Id><IBAN>{number}</IBAN></Id>"

    def _agent(self, account: Account) -> str:
        if BIC.fullmatch(account.bank):
            code = f"<{self.version.bic}>{account.bank}</{self.version.bic}>"
        else:
            bank = printable(f"the bank code of {account.holder}", account.bank, ID_LONGEST)
            code = f"<ClrSysMmbId><MmbId>{_text(bank)}</MmbId></ClrSysMmbId>"
        return f"<FinInstnId>{code}</FinInstnId>"


def _text(value: str) -> str:
    """Return a text as XML has it; a carriage return would be read back as a new line."""
    return escape(value, quote=False).replace("\r", "&#13;")
