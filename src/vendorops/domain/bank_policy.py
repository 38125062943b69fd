"""How long a changed bank account is distrusted, and up to which amount it is tried out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from vendorops.domain.dated import Dated


@dataclass(frozen=True)
class BankPolicy:
    """The waiting periods and caps that hold from a day on."""

    contact_age: timedelta
    """How long before a proposal a number must have been on file to be called."""
    cooling: timedelta
    """Hours by the clock between approval and use."""
    cooling_days: int
    """Working days between approval and use; both have to be over."""
    first_payment_caps: Mapping[str, int]
    """Largest first payment that one person lets go, in minor units by currency."""
    cite: str

    def cap(self, currency: str) -> int:
        """Return the cap in a currency; one that is not listed always takes a second person."""
        return self.first_payment_caps.get(currency, 0)


POLICY = Dated(
    "protection of bank accounts",
    {
        date(2020, 1, 1): BankPolicy(
            contact_age=timedelta(days=30),
            cooling=timedelta(hours=72),
            cooling_days=3,
            first_payment_caps={
                "CNY": 50_000_000,
                "EUR": 5_000_000,
                "GBP": 5_000_000,
                "USD": 5_000_000,
            },
            cite="House rule on supplier accounts; a documented, risk-based procedure as the "
            "Nacha Operating Rules ask for since 2026 (fraud monitoring, false pretenses)",
        )
    },
)
"""Read on the day a proposal or an approval is stored with, never on the day it is looked at."""
