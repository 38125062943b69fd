"""Customer statements of SWIFT (MT940), as the `mt-940` library takes them apart.

What it reads are fields; here each message of a file becomes one statement, and pages of one
statement (60M, 62M) are statements that follow each other. Years are of this century.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import mt940

from vendorops.bank_messages._iso import BadBankMessage
from vendorops.domain.bank_statement import OURS, Balance, BankLine, StatementRead, provided
from vendorops.domain.money import BadAmount, Money

TITLE = "SWIFT customer statement (MT940)"
HEAD = 4000
"""Bytes within which the first message begins."""
LOOK = re.compile(rb"^:20:.*?^:25:.*?^:60[FM]:", re.MULTILINE | re.DOTALL)
BEGINS = re.compile(r"^(?=:20:)", re.MULTILINE)
REFERENCE = re.compile(r"EREF[+/]\s*([^\s?/]+)")
"""The end-to-end id in field 86, in the words of German and Dutch banks."""
SUBFIELD = re.compile(r"\?[0-9]{2}")
NO_REFERENCE = "NONREF"
RETURNED = "RTI"
"""Transaction type of a returned item."""
LONGEST = 140
TEXTS = (
    *("extra_details", "transaction_details", "purpose", "additional_purpose"),
    "end_to_end_reference",
)
"""Where a text may stand: of a structured field 86 the library has taken the parts apart."""
DIRECTIONS = {"C": "credit", "D": "debit", "RC": "debit", "RD": "credit"}
"""Marks of field 61; those with R take an entry back."""

logging.getLogger("mt940").setLevel(logging.CRITICAL + 1)  # It would log names and numbers.


def recognises(data: bytes) -> bool:
    """Tell by a cheap look whether a file is one."""
    return bool(LOOK.search(data[:HEAD].replace(b"\r", b"")))


def read(data: bytes) -> Sequence[StatementRead]:
    """Return the statements of a file. Raises BadBankMessage."""
    text = _decoded(data).replace("\r", "")
    return [_read(part) for part in BEGINS.split(text) if part.startswith(":20:")]


def _read(text: str) -> StatementRead:
    try:
        return _statement(text)
    except BadAmount:
        raise _not_as_wanted(text) from None


def _not_as_wanted(text: str) -> BadBankMessage:
    """Return a refusal without what stood in the field: it may be a name or a number."""
    return BadBankMessage(
        f"E_BANK_FORMAT: a field of statement {_named(text)!r} is not as MT940 wants it; "
        "export it again, as camt.053 where the bank offers it"
    )


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _statement(text: str) -> StatementRead:
    read = mt940.models.Transactions(options=mt940.Options.all())
    try:
        read.parse(text)
    except (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError):
        raise _not_as_wanted(text) from None
    said = read.data
    opening, closing = (_balance(said, end) for end in ("opening", "closing"))
    account, currency = str(said.get("account_identification", "")), read.currency or ""
    if opening is None or closing is None or not account:
        raise BadBankMessage(
            f"E_BANK_MISSING: statement {_named(text)!r} lacks its account or a balance (25, 60, "
            "62); ask the bank"
        )
    number = "/".join(filter(None, (said.get("statement_number"), said.get("sequence_number"))))
    return StatementRead(
        kind="statement",
        ident=f"{said.get('transaction_reference', '')} {number}".strip(),
        sequence=number,
        account=_number(account, currency),
        currency=currency,
        opening=opening,
        closing=closing,
        lines=tuple(_lines(read.transactions, currency)),
    )


def _named(text: str) -> str:
    return text.partition("\n")[0].removeprefix(":20:")[:35]


def _balance(said: dict[str, Any], end: str) -> Balance | None:
    """Return a balance, of a whole statement or of a page of one."""
    found = said.get(f"final_{end}_balance") or said.get(f"intermediate_{end}_balance")
    if found is None or found.amount is None or found.date is None:
        return None
    sign = -1 if str(found.status).upper() == "D" else 1
    minor = _minor(found.amount.amount, str(found.amount.currency))
    return Balance(sign * minor, found.date)


def _minor(amount: Decimal, currency: str) -> int:
    return Money.parse(f"{abs(amount):f}", currency).minor


def _number(account: str, currency: str) -> str:
    """Return the number of field 25, without the bank before it and the currency behind it."""
    number = account.replace(" ", "").rpartition("/")[2]
    return number.removesuffix(currency) if number[:2].isalpha() else number


def _lines(transactions: Sequence[Any], currency: str) -> Iterator[BankLine]:
    told = [each.data for each in transactions if each.data.get("amount") is not None]
    for number, entry in enumerate(told, start=1):
        minor = _minor(entry["amount"].amount, currency)
        if minor:
            yield _line(entry, number, minor)


def _line(entry: dict[str, Any], number: int, minor: int) -> BankLine:
    mark, kind = str(entry["status"]).upper(), str(entry.get("id") or "")
    reference = str(entry.get("customer_reference") or "").strip().partition("\n")[0]
    text = "\n".join(str(entry.get(name) or "") for name in TEXTS)
    return BankLine(
        entry=number,
        part=1,
        direction=DIRECTIONS[mark],
        amount_minor=minor,
        booked_on=entry.get("entry_date") or entry["date"],
        bank_reference=str(entry.get("bank_reference") or "").strip()[:LONGEST],
        code=kind,
        end_to_end_id=_end_to_end(entry, reference, text)[:LONGEST],
        named=_ours(f"{reference}\n{text}"),
        returned=mark == "RD" or kind.endswith(RETURNED),
    )


def _end_to_end(entry: dict[str, Any], reference: str, text: str) -> str:
    told = REFERENCE.search(SUBFIELD.sub(" ", text).replace("\n", ""))
    ident = provided(str(entry.get("end_to_end_reference") or (told[1] if told else "")))
    return ident or ("" if reference.upper() == NO_REFERENCE else provided(reference))


def _ours(text: str) -> tuple[str, ...]:
    """Return our references in a text whose lines may break anywhere."""
    plain = SUBFIELD.sub(" ", text)
    found = OURS.findall(plain) + OURS.findall(plain.replace("\n", ""))
    return tuple(dict.fromkeys(found))
