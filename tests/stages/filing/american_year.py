"""A year of payees in the United States, carried to the tax office by the people who have to."""

from datetime import date

from tests import make
from tests.stages.filing.carrying import TAX, accepted, handed_in
from tests.stages.settlement.month import claim, company, run, settled
from tests.stages.settlement.test_recorded_facts import HEADER
from tests.stages.settlement.test_withholding_abroad import NEW_YEAR, american
from vendorops.documents.office_templates import record_template

FORM = "us.1099nec"
NAMES = HEADER + ",Form Account Number"
TOLD = "IRIS portal, 2027-01-04"
JANE = {"identifier_scheme": "us_ssn", "identifier": "536-90-4399", "name": "Jane Doe"}
JOHN = {"identifier_scheme": "us_ssn", "identifier": "219-09-9998", "name": "John Roe"}
NOBODY_KNOWS = {"identifier_scheme": "xa_number", "identifier": "XA1", "name": "Max Moe"}
LATER = date(2027, 1, 5)


def template(opener, header=NAMES, year=2026):
    with opener(as_of=NEW_YEAR)() as books:
        return record_template(make.by(books, TAX), (FORM, year), header.encode(), TOLD).sha256


def earned(opener, *earnings):
    """Settle an amount of each person, and return the contracts."""
    with opener()() as books:
        company(books)
        contracts = [american(books, **who) for who, _ in earnings]
        for contract, (_, amount) in zip(contracts, earnings, strict=True):
            claim(books, contract, ("1", amount), rate_e4=0)
        idents = [contract.id for contract in contracts]
    settled(opener)
    return idents


def carried(opener, as_of, receipt="", says="approve", *, approves=True):
    """Prepare, check, approve and write; with a receipt hand it in, and let the office answer."""
    run("filing", opener, as_of=as_of)
    run("returns", opener, as_of=as_of)
    if approves:
        make.reply(opener, "filing", TAX, as_of=as_of)
        run("returns", opener, as_of=as_of)
    if receipt:
        handed_in(opener, receipt, as_of=as_of)
    if receipt and says:
        accepted(opener, says, as_of=as_of)
