"""The documents that several programs ask of suppliers, once: dated and cited for each place."""

from datetime import date

from vendorops.domain.program import Requirement

REGISTRATION = (
    Requirement(
        "business_licence",
        ("cn",),
        ("organization",),
        date(2022, 3, 1),
        "award",
        "Regulations on Registration of Market Entities (Order 746), art. 3",
    ),
    Requirement(
        "registration",
        ("xa",),
        ("organization",),
        date(2024, 1, 1),
        "award",
        "Trade Act, s. 3",
    ),
)
"""That a company is entered in the register of its place."""
