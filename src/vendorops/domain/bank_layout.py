"""What the columns of a bank's table mean, as a person said it."""

from dataclasses import dataclass

from vendorops.domain.refusal import Refused
from vendorops.domain.statement_mapping import DATE_ORDERS, DECIMALS, IGNORED, layout_sha256

SINGLE = ("booked_on", "amount", "debit", "credit", "balance", "end_to_end_id", "reference")
"""Meanings that one column may have."""
MEANINGS = (*SINGLE, "text", IGNORED)
"""`text` is looked through for our own references; several columns may be text."""


class BadLayout(Refused):
    """A mapping of a bank's columns that cannot be followed."""


@dataclass(frozen=True)
class BankLayout:
    """The columns of one bank's table, and the account it is of."""

    account: str
    """Reference of our account."""
    currency: str
    columns: tuple[tuple[str, str], ...]
    """Heading and meaning of each column, in their order."""
    decimal: str = ""
    date_order: str = ""

    @property
    def sha256(self) -> str:
        """The hash of the headings, by which a mapping is found for a file."""
        return layout_sha256([heading for heading, _ in self.columns])

    def at(self, meaning: str) -> int | None:
        """Return the column of a meaning, counted from zero, if there is one."""
        found = [number for number, (_, means) in enumerate(self.columns) if means == meaning]
        return found[0] if found else None


def check(layout: BankLayout) -> None:
    """Refuse a mapping that names unknown meanings, one of them twice, or lacks a needed one.

    Needed are the day, the balance after each row, and either one amount with its sign or a column
    of debits and one of credits.
    """
    meanings = [meaning for _, meaning in layout.columns]
    for meaning in meanings:
        if meaning not in MEANINGS:
            raise BadLayout(
                f"E_MAPPING_MEANING: {meaning[:40]!r} is no meaning of a column; write one of "
                f"{', '.join(MEANINGS)}"
            )
    twice = next((meaning for meaning in SINGLE if meanings.count(meaning) > 1), "")
    if twice:
        raise BadLayout(f"E_MAPPING_TWICE: two columns mean {twice}; ignore one of them")
    amounts = {"amount", "debit", "credit"} & set(meanings)
    if amounts not in ({"amount"}, {"debit", "credit"}):
        raise BadLayout("E_MAPPING_MISSING: name amount, or both debit and credit")
    missing = [name for name in ("booked_on", "balance") if name not in meanings]
    if missing:
        raise BadLayout(f"E_MAPPING_MISSING: no column means {', '.join(missing)}; name one")
    if layout.decimal not in DECIMALS or layout.date_order not in DATE_ORDERS:
        raise BadLayout("E_MAPPING_MARK: decimal is . or , and date_order is dmy or mdy")
