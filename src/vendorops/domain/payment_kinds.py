"""Who pays whom for what, in the kinds that tax laws treat differently."""

from enum import StrEnum


class PayerKind(StrEnum):
    """Who pays, as far as tax law treats payers differently."""

    ENTERPRISE = "enterprise"
    """An ordinary unit that pays for its own needs."""
    PLATFORM = "platform"
    """An internet platform, or its operator, that settles with the people working through it."""
    RECYCLER = "recycler"
    """A recycler of scrap that writes the invoices of those it buys from."""


class PayeeKind(StrEnum):
    """Who is paid."""

    PERSON = "person"
    """A natural person who acts in the own name."""
    COMPANY = "company"
    """A legal person or registered business, which files its own returns."""
    SOLE_TRADER = "sole_trader"
    """A natural person registered as a business, who files the own returns."""


class Group(StrEnum):
    """People for whom a place has other rules, whoever pays them."""

    GENERAL = "general"
    STUDENT_INTERN = "student_intern"
    """In full-time education, paid for an internship."""
    INSURANCE_MARKETER = "insurance_marketer"
    SECURITIES_BROKER = "securities_broker"


GROUP = "group"
"""The fact of a payee that says that it belongs to one of them."""


class LeviedOn(StrEnum):
    """What a tax is on: taxes kept back from one payment are taken in this order."""

    SALES = "sales"
    """The price, which includes it: taxes on income are on what is left."""
    INCOME = "income"
    VAT = "vat"
    """The VAT that was kept back, as far as anything of the payment is left."""


class IncomeKind(StrEnum):
    """What the money is paid for."""

    LABOR_REMUNERATION = "labor_remuneration"
    AUTHOR_REMUNERATION = "author_remuneration"
    ROYALTY = "royalty"
    SERVICE_FEE = "service_fee"


INCOME = "income"
"""The fact of a payee that says what it is paid for, where that is not what its program is."""
