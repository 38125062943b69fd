"""What a bank tells of an account, in ISO 20022 words: balances, entries, answers to orders."""

import re
from dataclasses import dataclass
from datetime import date

OURS = re.compile(r"\b(?:PAY|SET|BAT|RET)-[0-9]{4}-[0-9]{6}\b")
"""References of ours that a text may name; nothing else of a text is kept."""
NOT_PROVIDED = "NOTPROVIDED"
KINDS = ("statement", "notification", "answer")
"""What books an account day by day (camt.053), what tells beside it (camt.054), and what the bank
says of an order (pain.002)."""


CHARGE = re.compile(r"CHRG|COMM|FEES|[FNS]CHG")
"""Codes by which a bank says that a debit is its own charge: ISO 20022 sub-families of charges,
commission and fees, and the type CHG of SWIFT statements."""


@dataclass(frozen=True)
class Balance:
    """What stood on an account at one end of a statement; above zero in our favour."""

    minor: int
    day: date


@dataclass(frozen=True)
class BankLine:
    """One transaction of one entry; an entry booked whole has one line."""

    entry: int
    """Number of the entry in its statement, from one."""
    part: int
    """Number of the transaction in its entry, from one."""
    direction: str
    """`debit` or `credit` as booked on the account, `answer` where nothing was booked."""
    amount_minor: int
    booked_on: date | None = None
    bank_reference: str = ""
    code: str = ""
    """Domain, family and sub-family of the bank's code, or the status of an answer."""
    end_to_end_id: str = ""
    batch_ids: tuple[str, ...] = ()
    """Message ids of ours that the entry names."""
    named: tuple[str, ...] = ()
    """References of ours in its texts."""
    returned: bool = False
    reason: str = ""
    """The bank's code for why money came back or an order was refused."""
    charges_minor: int = 0
    """What of the amount the bank says it took for itself: on top of a debit, off a credit."""
    charges_unsaid_minor: int = 0
    """What it says it took without saying whether the amount holds it, as camt.053.001.02 cannot:
    believed only where it explains what the amount is more or less than a payment, to the cent."""


@dataclass(frozen=True)
class StatementRead:
    """One statement, notification or answer of a file."""

    kind: str
    ident: str
    sequence: str
    account: str
    """The number as the bank writes it; of an answer our message, of a table our own reference."""
    currency: str
    opening: Balance | None
    closing: Balance | None
    lines: tuple[BankLine, ...]

    @property
    def moved_minor(self) -> int:
        """What the entries come to, above zero in our favour."""
        signs = {"credit": 1, "debit": -1, "answer": 0}
        return sum(signs[line.direction] * line.amount_minor for line in self.lines)

    @property
    def imbalance_minor(self) -> int:
        """Closing less opening less entries; zero where a balance is not told.

        >>> day = date(2026, 11, 5)
        >>> line = BankLine(1, 1, "debit", 30)
        >>> said = ("statement", "1", "1", "DE02", "EUR")
        >>> StatementRead(*said, Balance(100, day), Balance(70, day), (line,)).imbalance_minor
        0
        >>> StatementRead(*said, Balance(100, day), Balance(71, day), (line,)).imbalance_minor
        1
        """
        if self.opening is None or self.closing is None:
            return 0
        return self.closing.minor - self.opening.minor - self.moved_minor


def is_charge(code: str) -> bool:
    """Tell whether a bank says by its code that a line is its own charge.

    >>> is_charge("PMNT.MDOP.CHRG"), is_charge("NCHG"), is_charge("NTRF")
    (True, True, False)
    """
    return bool(CHARGE.fullmatch(code.rpartition(".")[2]))


def provided(ident: str) -> str:
    """Return an id as a bank gives it, or nothing where it says that there was none."""
    plain = ident.strip()
    return "" if plain.upper() == NOT_PROVIDED else plain
