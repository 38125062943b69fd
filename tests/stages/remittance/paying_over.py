"""A return that was handed in, a tax office to pay, and the people who let the money go."""

from tests import make
from tests.stages.bank_statements.told import our_company, unsound
from tests.stages.filing.carrying import DECEMBER, filed, handed_in
from tests.stages.settlement.month import claim, freelance, paid, rows, run, settled
from vendorops.tables import LegalEntity, Payment, TaxOffice

OFFICE_ACCOUNT = "6222020200055550001"


def office(books, **changed):
    """The tax office of our company in China, with an account in use."""
    party = make.party(books, name="国家税务总局上海市税务局")
    make.bank_account(books, party, OFFICE_ACCOUNT, **changed)
    row = TaxOffice(
        id=books.key(),
        reference=books.reference("TXO"),
        legal_entity_id=make.only(books, LegalEntity).id,
        place="cn",
        party_id=party.id,
    )
    return books.enter(row)


def declared(opener):
    """A return for November of what was kept back from one person, handed in."""
    with opener()() as books:
        our_company(books)
        claim(books, freelance(books), ("1", "3000"), rate_e4=0)
    settled(opener)
    paid(opener)
    filed(opener)
    handed_in(opener)


def paid_over(opener, as_of=DECEMBER):
    run("remittance", opener, as_of=as_of)
    run("release", opener, as_of=as_of)
    make.reply(opener, "payment_approval", "wang.approver", as_of=as_of)
    run("release", opener, as_of=as_of)
    make.reply(opener, "payment_release", "sun.releaser", as_of=as_of)
    return run("release", opener, as_of=as_of)


def tax_payments(opener):
    with opener(as_of=DECEMBER)() as books:
        assert unsound(books) == []
        return [
            (row.status, row.amount_minor)
            for row in rows(books, Payment)
            if row.filing_id is not None
        ]
