"""A spreadsheet of invented applicants of an invented country, each of them in order."""

import csv
from collections.abc import Iterator
from io import StringIO

from stdnum.iso7064 import mod_97_10

LICENCE = "registration.pdf"
BUYER = "ACME"
COMPANY = """
legal_entities:
  - code: ACME
    currency: EUR
    party:
      kind: organization
      name: Acme of Exampleland
      place: xa
      identifier: {scheme: xa_number, number: "1000202697"}
      address: 1 Harbour Road
      email: buying@acme.example
    account:
      scheme: cn_account
      number: "100000000001"
      bank: "102290002916"
      holder: Acme of Exampleland
      currency: EUR
      proposed_by: treasury
people:
  - handle: treasury
    roles: []
tolerances: []
"""
FIRST = 20_000_000
"""Company numbers begin here; two check digits follow."""


def spreadsheet(count: int) -> bytes:
    """Return so many applications as CSV; the same count gives the same bytes."""
    text = StringIO(newline="")
    rows = list(map(_applicant, range(count)))
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _applicant(number: int) -> dict[str, str]:
    digits = str(FIRST + number)
    registered = digits + mod_97_10.calc_check_digits(digits)
    name = f"Supply No. {number} of Exampleland Ltd."
    return {
        "key": f"A{number}",
        "legal_entity": BUYER,
        "program": "bpo",
        "place": "xa",
        "supplier_kind": "bpo",
        "signer": f"signer.{number}",
        "party.kind": "organization",
        "party.name": name,
        "party.place": "xa",
        "party.identifier.scheme": "xa_number",
        "party.identifier.number": registered,
        "party.address": f"{number} Harbour Road",
        "party.email": f"contracts@supply{number}.example",
        "bank_account.scheme": "cn_account",
        "bank_account.number": str(10**15 + number),
        "bank_account.bank": "102290002916",
        "bank_account.holder": name,
        "bank_account.currency": "EUR",
        **dict(_contract()),
        "documents.1.kind": "registration",
        "documents.1.issuer": "Companies Registry",
        "documents.1.number": registered,
        "documents.1.valid_from": "2020-01-01",
        "documents.1.valid_to": "2040-01-01",
        "documents.1.file": LICENCE,
    }


def _contract() -> Iterator[tuple[str, str]]:
    yield "contract.currency", "EUR"
    yield "contract.start", "2027-01-01"
    yield "contract.end", "2028-01-01"
    yield "contract.cap", "60000.00"
    yield "contract.scope", "capture and checking of documents, customer calls"
    terms = (("document_processed", "0.85", "One document"), ("call_handled", "4.20", "One call"))
    for at, (code, value, description) in enumerate(terms, start=1):
        yield f"contract.terms.{at}.code", code
        yield f"contract.terms.{at}.value", value
        yield f"contract.terms.{at}.description", description
    yield "contract.particulars.quality_target", "98.5 %"
    yield "contract.particulars.service_credit", "5 %"
