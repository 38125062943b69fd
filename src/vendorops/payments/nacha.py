"""ACH credits in the NACHA format: PPD for persons, CCD for companies, with hash totals.

No library in good care writes these files, so they are written from the table of their fields.
Names that are longer than their field are cut, as the rules have it; nothing else is.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from stdnum.exceptions import ValidationError
from stdnum.us import rtn

from vendorops.domain.money import Money, total
from vendorops.domain.payment_order import CreditTransfer, PaymentOrder
from vendorops.payments._characters import latin
from vendorops.payments._nacha_records import (
    BATCH_CONTROL,
    BATCH_HEADER,
    ENTRY,
    FILE_CONTROL,
    FILE_HEADER,
    LENGTH,
    fields,
    line,
)
from vendorops.payments._order import NotAPaymentFile, UnpayableOrder, one_currency, printable

TITLE = "NACHA file of ACH credits (PPD, CCD)"
SUFFIX = ".ach"
SCHEMA = ""
DETAILS = {
    "destination": "routing number of the bank that takes the file",
    "destination_name": "its name, up to 23 characters",
    "origin": "who sends the file, as agreed with the bank: up to 10 characters",
    "company_id": "our identification at the bank: up to 10 characters",
    "description": "what payees read, such as SERVICES: up to 10 characters",
}
CREDITS_ONLY = "220"
CLASSES = {"person": "PPD", "organization": "CCD"}
TRANSACTIONS = {"us_checking": "22", "us_savings": "32"}
BLOCK, HASH_DIGITS = 10, 10
NAME, COMPANY, NUMBER = 22, 16, 17
LARGEST_MINOR = 10**10 - 1
"""Ten digits of cents."""


def write(order: PaymentOrder) -> bytes:
    """Write the file; the same order always gives the same bytes.

    Raises UnpayableOrder for another currency than dollars, an account that is not of a bank in
    the United States, a detail that the account's data lack, and texts or amounts too long.
    """
    one_currency(order, "USD")
    missing = [name for name in DETAILS if not order.details.get(name)]
    if missing:
        raise UnpayableOrder(
            f"the data of the paying account lack {', '.join(missing)}; ask the bank for them and "
            "load the company file with them"
        )
    routing = _routing(order.debtor.holder, order.debtor.bank)
    records = [line(FILE_HEADER, _file_header(order))]
    traces = (f"{routing[:8]}{at:07}" for at in count(1))
    for number, (entry_class, transfers) in enumerate(_by_class(order.transfers), start=1):
        head = {**_company(order, routing, number), "entry class": entry_class}
        entries = [_entry(each, next(traces)) for each in transfers]
        records += [line(BATCH_HEADER, head), *(line(ENTRY, each) for each in entries)]
        records.append(line(BATCH_CONTROL, {**head, "type": 8, **_totals(entries)}))
    every = [fields(record) for record in records if record[0] == "6"]
    blocks = -(-(len(records) + 1) // BLOCK)
    control = {"type": 9, "batches": number, "blocks": blocks, **_totals(every)}
    records.append(line(FILE_CONTROL, control))
    records += ["9" * LENGTH] * (blocks * BLOCK - len(records))
    return "".join(f"{record}\r\n" for record in records).encode("ascii")


def figures(data: bytes) -> tuple[str, int, Money]:
    """Read back message id, number of payments and control sum, recounted from the entries.

    Raises NotAPaymentFile for other files, and for one whose totals or hashes say otherwise.
    """
    try:
        lines = data.decode("ascii").splitlines()
    except UnicodeDecodeError:
        raise NotAPaymentFile(
            "the file is not in the NACHA format; look which file it is"
        ) from None
    records = [fields(text) for text in lines if text != "9" * LENGTH]
    entries = [record for record in records if record["type"] == "6"]
    heads = [record for record in records if record["type"] == "5"]
    if not (entries and heads and records[-1]["type"] == "9") or len(lines) % BLOCK:
        raise NotAPaymentFile(f"the file is no whole {TITLE}; look which file it is")
    said = {name: int(records[-1][name] or 0) for name in ("entries", "hash", "debit", "credit")}
    if (
        said != {**_totals(entries), "debit": 0}
        or len({head["discretionary"] for head in heads}) != 1
    ):
        raise NotAPaymentFile("the totals are not those of the entries; write the file anew")
    return heads[0]["discretionary"], len(entries), Money(said["credit"], "USD")


def _by_class(transfers: Iterable[CreditTransfer]) -> Iterator[tuple[str, list[CreditTransfer]]]:
    """Yield a batch for companies and one for persons, those that have any."""
    listed = list(transfers)
    unknown = next((each for each in listed if each.payee.kind not in CLASSES), None)
    if unknown:
        raise UnpayableOrder(f"{unknown.end_to_end_id}: the payee is no person and no company")
    for kind in sorted(CLASSES):
        if chosen := [each for each in listed if each.payee.kind == kind]:
            yield CLASSES[kind], chosen


def _file_header(order: PaymentOrder) -> dict[str, object]:
    details = order.details
    destination = _routing("the bank that takes the file", details["destination"])
    return {
        "type": 1,
        "priority": 1,
        "destination": destination.rjust(10),
        "origin": details["origin"].rjust(10),
        "day": f"{order.created_day:%y%m%d}",
        "modifier": "A",
        "record size": LENGTH,
        "blocking": BLOCK,
        "format": 1,
        "destination name": details["destination_name"],
        "origin name": latin("the name of who orders", order.initiator)[:23],
    }


def _company(order: PaymentOrder, routing: str, number: int) -> dict[str, object]:
    return {
        "type": 5,
        "service class": CREDITS_ONLY,
        "company": latin("the name of who orders", order.initiator)[:COMPANY],
        "discretionary": printable("the message id", order.message_id, 20),
        "company id": order.details["company_id"],
        "description": order.details["description"],
        "effective day": f"{order.execution_day:%y%m%d}",
        "status": "1",
        "originator": routing[:8],
        "batch": number,
    }


def _entry(transfer: CreditTransfer, trace: str) -> dict[str, object]:
    payee, ident = transfer.payee, transfer.end_to_end_id
    if payee.scheme not in TRANSACTIONS:
        raise UnpayableOrder(f"the account of {payee.holder} is of no bank in the United States")
    if transfer.amount.minor > LARGEST_MINOR:
        raise UnpayableOrder(f"{ident} is more than an ACH entry can say; pay it another way")
    routing = _routing(payee.holder, payee.bank)
    return {
        "type": 6,
        "transaction": TRANSACTIONS[payee.scheme],
        "receiver": routing[:8],
        "check digit": routing[8],
        "account": printable(f"the account number of {payee.holder}", payee.number, NUMBER),
        "amount": transfer.amount.minor,
        "identification": printable("an end-to-end id", ident, 15),
        "name": printable(
            f"the payee of {ident}", latin(f"the payee of {ident}", payee.holder)[:NAME], NAME
        ),
        "addenda": 0,
        "trace": trace,
    }


def _totals(entries: Sequence[dict[str, object]] | Sequence[dict[str, str]]) -> dict[str, int]:
    """Return number, hash of the receiving banks, and sum of entries."""
    hashed = sum(int(str(each["receiver"])) for each in entries) % 10**HASH_DIGITS
    amounts = [Money(int(str(each["amount"])), "USD") for each in entries]
    return {"entries": len(entries), "hash": hashed, "credit": total(amounts, "USD").minor}


def _routing(whose: str, number: str) -> str:
    try:
        return str(rtn.validate(number))
    except ValidationError:
        raise UnpayableOrder(f"{whose}: the routing number is none; ask the bank for it") from None
