"""What two suppliers and some strangers send in one month, by the act in which it arrives."""

import csv
from dataclasses import replace
from datetime import date

from tests.formats import foreign
from tests.gateways.containers import archive, mail
from tests.gateways.workbooks import workbook
from tests.stages.intake.claims import Known, line, paper, statement, written
from tests.stages.intake.pdfs import printed
from vendorops.domain.paper import InvoicePaper
from vendorops.domain.statement_mapping import StatementMapping

Files = dict[str, dict[str, bytes]]
OTHERS = {"quantity": "Qté", "price": "PU", "amount": "Montant", "description": "Prestation"}
"""Headings in a language whose words are not known."""
HEADINGS = (
    *("statement", "date", "currency", "seller id", "contract", "line"),
    *("description", "quantity", "price", "amount", "work reference"),
)
MAPPED = StatementMapping(tuple((OTHERS.get(name, name), name) for name in HEADINGS))
"""What finance says of them."""
OTHER = "91350100M000100Y43"
"""Number of the second supplier."""
ENTITY = b'<!DOCTYPE Invoice [<!ENTITY a "b">]>'


def files(first: Known, second: Known) -> Files:
    """Return name and content of each file of each act."""
    works = iter(first.items)
    early, dear, small, told, french, spoilt, untaxed, later = (next(works) for _ in range(8))
    # Work that nobody knows tells no month: that is the one before the claim was written.
    wrong = spoilt.reference.replace("0", "O")
    spelt = _of(first, "HX-104", spoilt, work_reference=wrong)
    again = _of(first, "HX-7781", early)
    both = _of(second, "YH-11", *second.items[:2])
    theirs = replace(both.seller, registration=OTHER, tax_number=OTHER, name="云禾科技有限公司")
    return {
        "printed": {
            "1.xml": written("ubl", _of(first, "HX-101", early)),
            "2.xml": written("cii", _of(first, "HX-102", dear, price_e6=dear.price_e6 * 2)),
            "3.pdf": written("hybrid_pdf", _of(first, "HX-103", small)),
        },
        "listed": {
            "1.csv": statement(first._replace(items=[told]), statement="S-1"),
            "2.csv": _french(statement(first._replace(items=[french]), statement="S-2")),
            "3.xlsx": _sheet(statement(first._replace(items=[later]), statement="S-3")),
            "4.xml": written("ubl", replace(spelt, issue_date=date(2026, 11, 2))),
        },
        "turned_away": {
            "1.xml": written("ubl", _untaxed(_of(first, "HX-105", untaxed))),
            "2.xml": _with(ENTITY, written("ubl", _of(first, "HX-106", untaxed))),
            "3.pdf": printed(),
        },
        "foreign": {
            "1.xml": foreign.FATTURA.encode(),
            "2.xml": foreign.DIGITAL.encode(),
            "3.ofd": foreign.ofd(foreign.TAX_CONTROL),
        },
        "mailed": {
            "1.eml": mail(
                ("october.zip", archive({"b.xml": written("ubl", replace(both, seller=theirs))})),
                ("again.xml", written("cii", again)),
            )
        },
    }


def _of(known: Known, number: str, *items, **told) -> InvoicePaper:
    lines = (line(item, number=str(at), **told) for at, item in enumerate(items, start=1))
    return paper(known, number=number, lines=tuple(lines))


def _untaxed(document: InvoicePaper) -> InvoicePaper:
    """Leave out the tax number of the seller, which EN 16931 wants (BR-S-02)."""
    return replace(document, seller=replace(document.seller, tax_number=""))


def _french(data: bytes) -> bytes:
    head, _, rows = data.decode().partition("\n")
    return (",".join(OTHERS.get(name, name) for name in head.split(",")) + "\n" + rows).encode()


def _sheet(data: bytes) -> bytes:
    return bytes(workbook(list(csv.reader(data.decode().splitlines())), name="statement"))


def _with(document_type: bytes, data: bytes) -> bytes:
    """Put a document type after the declaration of some XML."""
    declaration, end, rest = data.partition(b"?>")
    return declaration + end + document_type + rest
