"""Returns carried from preparation to the office's word by the people who have to."""

from datetime import date

from tests import make
from tests.stages.settlement.month import (
    OpenerMaker,
    claim,
    company,
    freelance,
    paid,
    run,
    settled,
)
from vendorops.tables import Contract

DECEMBER = date(2026, 12, 2)
"""The month of payment is over."""
TAX = "qian.tax"


def two_payments(opener: OpenerMaker) -> None:
    """Pay one person twice in November, and keep tax back."""
    with opener()() as books:
        company(books)
        contract = freelance(books)
        claim(books, contract, ("1", "3000"), rate_e4=0)
    settled(opener)
    one_more(opener)
    paid(opener)


def one_more(opener: OpenerMaker) -> None:
    """Settle another 3000.00 of the person as of a day in November, whatever was filed since."""
    with opener()() as books:
        claim(books, make.only(books, Contract, program="freelance"), ("1", "3000"), rate_e4=0)
    settled(opener)


def prepared(opener: OpenerMaker, as_of: date = DECEMBER) -> None:
    """Prepare what is due, check it, and ask for its approval."""
    run("filing", opener, as_of=as_of)
    run("returns", opener, as_of=as_of)


def filed(opener: OpenerMaker, says: str = "approve", as_of: date = DECEMBER) -> None:
    """Prepare, check and approve what is due; its file is written."""
    prepared(opener, as_of)
    make.reply(opener, "filing", TAX, says, as_of=as_of)
    run("returns", opener, as_of=as_of)


def handed_in(
    opener: OpenerMaker,
    receipt: str = "SH-2026-11-0001",
    says: str = "approve",
    as_of: date = DECEMBER,
) -> None:
    """Record that the file was handed in, or was not."""
    detail = {"receipt": receipt} if says == "approve" else None
    make.reply(opener, "filing_submission", TAX, says, detail=detail, as_of=as_of)
    run("returns", opener, as_of=as_of)


def accepted(opener: OpenerMaker, says: str = "approve", as_of: date = DECEMBER) -> None:
    """Record what the office said."""
    make.reply(opener, "filing_outcome", TAX, says, as_of=as_of)
    run("returns", opener, as_of=as_of)
