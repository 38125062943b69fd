"""Money to be sent, as a bank wants to be told (ISO 20022 words)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from vendorops.domain.money import Money


class Account(NamedTuple):
    """Where money lies: an IBAN, or a domestic number with its bank's code."""

    holder: str
    scheme: str
    """`iban` or the name of a domestic scheme such as `cn_account`."""
    number: str
    bank: str
    """BIC (ISO 9362) for an IBAN; else the clearing-system member id of the bank."""
    kind: str = ""
    """`person` or `organization`, where the format tells them apart."""


class CreditTransfer(NamedTuple):
    """One payment to one payee."""

    end_to_end_id: str
    """Fixed before approval, unique for ever, 35 characters at most."""
    amount: Money
    payee: Account
    remittance: str
    """What the payee reads: the references this pays."""


@dataclass(frozen=True)
class PaymentOrder:
    """One file of payments of one currency from one account on one day."""

    message_id: str
    initiator: str
    """Name of the company that orders the payments."""
    debtor: Account
    execution_day: date
    created_day: date
    """The business day of the batch; part of the bytes, so never the clock."""
    transfers: tuple[CreditTransfer, ...]
    details: Mapping[str, str] = field(default_factory=dict)
    """What the bank of the debited account wants to know besides, named as the format does."""
