"""A contract whose parties are known by numbers that are electronic addresses."""

from tests import make
from vendorops.books import Books
from vendorops.tables import Contract

OURS, THEIRS, SIGNER = "DE811907980", "DE136695976", "he.hengxin"
IBAN = "DE02120300000000202051"
NUMBERED = {"place": "xa", "identifier_scheme": "eu_vat"}


def contract(books: Books) -> Contract:
    """In euro; the supplier has a signer and an account in use."""
    make.people(books)
    ours = make.party(books, OURS, name="Xinghe Europe AG", **NUMBERED)
    make.legal_entity(books, party_id=ours.id, currency="EUR")
    theirs = make.party(books, THEIRS, name="恒信 Hengxin Personal GmbH", **NUMBERED)
    make.signer(books, theirs, SIGNER)
    make.bank_account(
        books, theirs, IBAN, scheme="iban", currency="EUR", bank="BYLADEM1001", holder="Hengxin"
    )
    return make.contract(books, make.supplier(books, theirs), place="xa", currency="EUR")
