"""The records of a NACHA file, 94 characters each: fields by name, width and kind.

Positions and kinds are those of the Nacha Operating Rules, appendix three (ACH record format). A
number stands to the right after zeros, a text to the left before blanks.
"""

from collections.abc import Mapping, Sequence

from vendorops.payments._order import NotAPaymentFile, UnpayableOrder

LENGTH = 94
Field = tuple[str, int, str]
"""Name, width, and `n` for a number or `a` for a text."""
Record = Sequence[Field]

FILE_HEADER: Record = (
    ("type", 1, "n"), ("priority", 2, "n"), ("destination", 10, "a"), ("origin", 10, "a"),
    ("day", 6, "n"), ("time", 4, "n"), ("modifier", 1, "a"), ("record size", 3, "n"),
    ("blocking", 2, "n"), ("format", 1, "n"), ("destination name", 23, "a"),
    ("origin name", 23, "a"), ("reference", 8, "a"),
)  # fmt: skip
BATCH_HEADER: Record = (
    ("type", 1, "n"), ("service class", 3, "n"), ("company", 16, "a"), ("discretionary", 20, "a"),
    ("company id", 10, "a"), ("entry class", 3, "a"), ("description", 10, "a"),
    ("descriptive day", 6, "a"), ("effective day", 6, "n"), ("settlement day", 3, "a"),
    ("status", 1, "a"), ("originator", 8, "n"), ("batch", 7, "n"),
)  # fmt: skip
ENTRY: Record = (
    ("type", 1, "n"), ("transaction", 2, "n"), ("receiver", 8, "n"), ("check digit", 1, "n"),
    ("account", 17, "a"), ("amount", 10, "n"), ("identification", 15, "a"), ("name", 22, "a"),
    ("discretionary", 2, "a"), ("addenda", 1, "n"), ("trace", 15, "n"),
)  # fmt: skip
BATCH_CONTROL: Record = (
    ("type", 1, "n"), ("service class", 3, "n"), ("entries", 6, "n"), ("hash", 10, "n"),
    ("debit", 12, "n"), ("credit", 12, "n"), ("company id", 10, "a"), ("code", 19, "a"),
    ("reserved", 6, "a"), ("originator", 8, "n"), ("batch", 7, "n"),
)  # fmt: skip
FILE_CONTROL: Record = (
    ("type", 1, "n"), ("batches", 6, "n"), ("blocks", 6, "n"), ("entries", 8, "n"),
    ("hash", 10, "n"), ("debit", 12, "n"), ("credit", 12, "n"), ("reserved", 39, "a"),
)  # fmt: skip
BY_TYPE = {"1": FILE_HEADER, "5": BATCH_HEADER, "6": ENTRY, "8": BATCH_CONTROL, "9": FILE_CONTROL}


def line(record: Record, values: Mapping[str, object]) -> str:
    """Return a record; what is not given is blank or zero. Raises UnpayableOrder."""
    return "".join(_cell(*field, str(values.get(field[0], ""))) for field in record)


def _cell(name: str, width: int, kind: str, value: str) -> str:
    if len(value) > width or not value.isascii() or not value.isprintable():
        raise UnpayableOrder(
            f"{name} of a NACHA record takes {width} ASCII characters; correct it"
        )
    if kind == "a":
        return value.ljust(width)
    if value and not value.isdigit():
        raise UnpayableOrder(f"{name} of a NACHA record takes digits only; correct it")
    return value.rjust(width, "0")


def fields(text: str) -> dict[str, str]:
    """Return the fields of a record without blanks around them. Raises NotAPaymentFile."""
    record = BY_TYPE.get(text[:1])
    if record is None or len(text) != LENGTH:
        raise NotAPaymentFile("a record is not of a credit file in the NACHA format; look at it")
    found, at = {}, 0
    for name, width, _ in record:
        found[name] = text[at : at + width].strip()
        at += width
    return found
