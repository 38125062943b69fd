"""What a supplier claims: an invoice, credit note or statement, as its file says, before booking.

Terms are those of EN 16931 (BT numbers) whatever the file's own syntax. The figures of a credit
note are above zero where they take money back, as UNTDID 1001 code 381 writes them; a format that
writes them below zero (a red-letter invoice) is turned while it is read.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from vendorops.domain.money import Money


@dataclass(frozen=True)
class ClaimLine:
    """One line of the supplier's file."""

    number: str
    """BT-126, the line's identifier in its file."""
    description: str
    """BT-153/154."""
    quantity_e4: int
    """BT-129 in ten-thousandths."""
    unit: str
    """BT-130, UN/ECE Recommendation 20 code such as HUR, or as written."""
    price_e6: int
    """BT-146 per one unit, in millionths of the major currency unit."""
    net: Money
    """BT-131."""
    tax_category: str
    """BT-151 (UNCL 5305): S, Z, E, AE, O …"""
    tax_rate_e4: int
    """BT-152 in ten-thousandths of one: 0.06 is 600."""
    work_reference: str
    """What the supplier says was done: our work reference, from BT-128, BT-132 or BT-127."""
    tax: Money | None = None
    """The tax of this line alone, where the format states one; EN 16931 has none."""

    def turned(self) -> Self:
        """Return the line with the other sign; its price stays."""
        tax = None if self.tax is None else -self.tax
        return replace(self, quantity_e4=-self.quantity_e4, net=-self.net, tax=tax)


@dataclass(frozen=True)
class ClaimDocument:
    """The whole file."""

    format: str
    """Name of the format module that read it."""
    kind: str
    """`invoice`, `credit_note` or `statement`."""
    number: str
    """BT-1."""
    issue_date: date
    """BT-2."""
    currency: str
    """BT-5."""
    seller_name: str
    """BT-27."""
    seller_identifiers: tuple[str, ...]
    """BT-29, BT-30, BT-31, BT-32: every number by which the seller may be recognised."""
    buyer_name: str
    """BT-44."""
    contract_reference: str
    """BT-12."""
    net: Money
    """BT-109."""
    tax: Money
    """BT-110."""
    gross: Money
    """BT-112."""
    payable: Money
    """BT-115."""
    lines: tuple[ClaimLine, ...]
    guideline: str = ""
    """BT-24, the specification the file says it follows."""
    type_code: str = ""
    """BT-3 (UNTDID 1001), or the format's own code of the kind of document."""
    order_references: tuple[str, ...] = ()
    """BT-13: our orders that it names, each once."""
    preceding_numbers: tuple[str, ...] = ()
    """BT-25: the invoices that it corrects or takes back, by the number on each, each once."""
    payee_accounts: tuple[str, ...] = field(default=(), repr=False)
    """BT-84: the accounts it asks to be paid to, each once; compared, never shown or kept."""

    def turned(self) -> Self:
        """Return the claim with the other sign, as a credit note and what it takes back have."""
        return replace(
            self,
            net=-self.net,
            tax=-self.tax,
            gross=-self.gross,
            payable=-self.payable,
            lines=tuple(line.turned() for line in self.lines),
        )
