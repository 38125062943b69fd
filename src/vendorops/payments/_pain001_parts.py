"""The parts of a customer credit transfer initiation, and how its texts are spelled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from lxml import etree

from vendorops.domain.payment_order import Account, CreditTransfer, PaymentOrder
from vendorops.payments._characters import sepa
from vendorops.payments._order import UNPRINTABLE, UnpayableOrder, printable

ID_LONGEST, NAME_LONGEST, REMITTANCE_LONGEST, NUMBER_LONGEST = 35, 140, 140, 34
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}")
BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")
UNPLAIN = re.compile(f"[&<>\r]|{UNPRINTABLE.pattern}")
TRANSFER = (
    "<CdtTrfTxInf><PmtId><EndToEndId>%s</EndToEndId></PmtId>"
    '<Amt><InstdAmt Ccy="%s">%s</InstdAmt></Amt><CdtrAgt>%s</CdtrAgt><Cdtr><Nm>%s</Nm></Cdtr>'
    "<CdtrAcct>%s</CdtrAcct><RmtInf><Ustrd>%s</Ustrd></RmtInf></CdtTrfTxInf>"
)
"""End-to-end id, currency, amount, agent, name, account and remittance."""


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


def _node(name: str, *children: Any, **attributes: str) -> Any:  # noqa: ANN401 - lxml's element.
    node = etree.Element(name, attributes)
    for child in children:
        if isinstance(child, str):
            node.text = child
        else:
            node.append(child)
    return node


@dataclass(frozen=True)
class Parts:
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

    def transfers(self, some: Sequence[CreditTransfer]) -> str:
        """Return payments as they stand in the file, one after the other.

        Where all texts are plain, as most are, there is nothing to refuse or to escape in any.
        """
        if self.sepa or not _are_plain(some):
            return "".join(map(self.transfer, some))
        payees = [transfer.payee for transfer in some]
        banks = {payee.bank: payee for payee in payees}
        agents = {bank: self._agent(payee) for bank, payee in banks.items()}
        schemes = {payee.scheme for payee in payees}
        numbers = {scheme: _number("%s", scheme.replace("%", "%%")) for scheme in schemes}
        return "".join(
            TRANSFER
            % (
                *(each.end_to_end_id, each.amount.currency, each.amount.text, agents[payee.bank]),
                *(payee.holder, numbers[payee.scheme] % payee.number, each.remittance),
            )
            for each, payee in zip(some, payees, strict=True)
        )

    def transfer(self, transfer: CreditTransfer) -> str:
        """Return one payment as it stands in the file."""
        payee, ident, amount = transfer.payee, transfer.end_to_end_id, transfer.amount
        remittance = self._remittance(f"the remittance of {ident}", transfer.remittance)
        told = _text(printable("an end-to-end id", ident, ID_LONGEST))
        name = _text(self._name(f"the payee of {ident}", payee.holder))
        return TRANSFER % (
            *(told, amount.currency, amount.text, self._agent(payee)),
            *(name, self._account(payee), _text(remittance)),
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
            printable(f"the account scheme of {holder}", account.scheme, ID_LONGEST)
        elif not IBAN.fullmatch(number):
            raise UnpayableOrder(f"the IBAN of {holder} has not the form of one; correct it")
        return _number(_text(number), account.scheme)

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


def _number(number: str, scheme: str) -> str:
    """Return an account number that was looked at, spelled, as XML has it."""
    if scheme == "iban":
        return f"<Id><IBAN>{number}</IBAN></Id>"
    named = f"<SchmeNm><Prtry>{_text(scheme)}</Prtry></SchmeNm>"
    return f"<Id><Othr><Id>{number}</Id>{named}</Othr></Id>"


def _are_plain(some: Sequence[CreditTransfer]) -> bool:
    """Tell whether every text may be written as it is: none to refuse, and none to escape."""
    payees = [transfer.payee for transfer in some]
    columns: list[tuple[int, list[str]]] = [
        (ID_LONGEST, [transfer.end_to_end_id for transfer in some]),
        (ID_LONGEST, [*{payee.bank for payee in payees}, *{payee.scheme for payee in payees}]),
        (NAME_LONGEST, [payee.holder for payee in payees]),
        (NUMBER_LONGEST, [payee.number for payee in payees]),
        (REMITTANCE_LONGEST, [transfer.remittance for transfer in some]),
    ]
    ibans = (payee.number for payee in payees if payee.scheme == "iban")
    return all(
        max(map(len, texts)) <= longest
        and all(map(str.strip, texts))
        and not UNPLAIN.search("\n".join(texts))
        for longest, texts in columns
    ) and all(map(IBAN.fullmatch, ibans))
