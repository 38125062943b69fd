"""What banks send us, one message each; modules here offer TITLE, `recognises` and `read`."""

import sys
from collections.abc import Sequence
from typing import Protocol, cast

from vendorops.domain.bank_statement import StatementRead
from vendorops.domain.refusal import Refused
from vendorops.registry import members


class NotFromABank(Refused):
    """The file is no message of a bank that we know."""


class BankMessage(Protocol):
    """What a module of this folder offers."""

    TITLE: str

    def recognises(self, data: bytes) -> bool:
        """Tell by a cheap look whether a file is one."""
        ...

    def read(self, data: bytes) -> Sequence[StatementRead]:
        """Return what the file tells, or refuse it whole."""
        ...


def messages() -> dict[str, BankMessage]:
    """Return all messages by name."""
    return cast("dict[str, BankMessage]", members(sys.modules[__name__]))


def message_of(data: bytes) -> BankMessage | None:
    """Return which message a file is, if it is one."""
    return next((each for each in messages().values() if each.recognises(data)), None)


def read(data: bytes) -> Sequence[StatementRead]:
    """Return what a file tells. Raises NotFromABank, or the message's own refusal."""
    message = message_of(data)
    if message:
        return message.read(data)
    titles = "; ".join(message.TITLE for message in messages().values())
    raise NotFromABank(f"E_BANK_FORMAT: the file is none of: {titles}; export it as one of them")
