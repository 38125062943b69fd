"""Invoices to print: say what the test is about, the rest is sensible."""

import string
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from vendorops.domain.claim import ClaimDocument, ClaimLine
from vendorops.domain.paper import InvoicePaper, PaperLine, PaperParty, PaymentMeans, Preceding

TEXTS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"]) | st.just(" "), min_size=1
).filter(lambda text: text == text.strip() and text.isprintable())
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
PLAIN = st.text(string.ascii_letters + string.digits + "-/#[]$*_\\&<>", min_size=1, max_size=30)


def party(name="Arbeit & Söhne GmbH", country="DE", **told):
    return replace(PaperParty(name, country, "HRB 1", "DE123456789", "Weg 1", "Ulm", "1"), **told)


def line(number="1", **told):
    said: dict[str, Any] = {
        "description": "Payroll run",
        "quantity_e4": 75_000,
        "unit": "HUR",
        "price_e6": 33_330_000,
        "tax_category": "S",
        "tax_rate_e4": 1900,
        "work_reference": f"WRK-{number}",
    }
    return PaperLine(number=number, **(said | told))


def paper(**told):
    said: dict[str, Any] = {
        "number": "INV-2026-000123",
        "issue_date": date(2026, 10, 31),
        "due_date": date(2026, 11, 30),
        "type_code": "380",
        "currency": "EUR",
        "seller": party(),
        "buyer": party("远航人力资源有限公司", "CN", tax_number=""),
        "contract_reference": "CTR-2026-000007",
        "lines": (line("1"), line("2", tax_rate_e4=700)),
    }
    return InvoicePaper(**(said | told))


def lines_of(texts):
    taxed = st.tuples(st.just("S"), st.integers(1, 3000)) | st.sampled_from(
        [("Z", 0), ("E", 0), ("AE", 0), ("O", 0)]
    )
    return st.builds(
        lambda tax, **told: line(tax_category=tax[0], tax_rate_e4=tax[1], **told),
        taxed,
        number=PLAIN,
        description=texts,
        quantity_e4=st.integers(-(10**8), 10**8),
        unit=st.sampled_from(["HUR", "DAY", "EA"]),
        price_e6=st.integers(0, 10**10),
        work_reference=PLAIN | st.just(""),
    )


def papers(texts=TEXTS):
    return st.builds(
        paper,
        number=PLAIN,
        issue_date=DAYS,
        type_code=st.sampled_from(["380", "381", "384", "389", "261"]),
        currency=st.sampled_from(["EUR", "CNY", "JPY", "KWD"]),
        seller=st.builds(party, texts, registration=PLAIN, tax_number=PLAIN | st.just("")),
        contract_reference=PLAIN | st.just(""),
        order_reference=PLAIN | st.just(""),
        preceding=st.lists(st.builds(Preceding, PLAIN, DAYS), max_size=2).map(tuple),
        means=st.none() | st.builds(PaymentMeans, st.just("30"), PLAIN),
        exemption=texts,
        lines=st.lists(lines_of(texts), min_size=1, max_size=4).map(tuple),
    )


def claimed(paper, format_name):
    """Return what a reader must find in a printed paper."""
    seller = paper.seller
    hidden = paper.is_outside_tax and seller.has_vat_number
    numbers = (seller.reference, seller.registration, "" if hidden else seller.tax_number)
    identifiers = dict.fromkeys(filter(None, numbers))
    return ClaimDocument(
        format=format_name,
        kind="credit_note" if paper.type_code in {"381", "261"} else "invoice",
        number=paper.number,
        issue_date=paper.issue_date,
        currency=paper.currency,
        seller_name=seller.name,
        seller_identifiers=tuple(identifiers),
        buyer_name=paper.buyer.name,
        contract_reference=paper.contract_reference,
        net=paper.net,
        tax=paper.tax,
        gross=paper.gross,
        payable=paper.gross,
        lines=tuple(
            ClaimLine(
                number=printed.number,
                description=printed.description,
                quantity_e4=printed.quantity_e4,
                unit=printed.unit,
                price_e6=printed.price_e6,
                net=printed.net(paper.currency),
                tax_category=printed.tax_category,
                tax_rate_e4=printed.tax_rate_e4,
                work_reference=printed.work_reference,
            )
            for printed in paper.lines
        ),
        guideline="urn:cen.eu:en16931:2017",
        type_code=paper.type_code,
        order_references=(paper.order_reference,) if paper.order_reference else (),
        preceding_numbers=tuple(dict.fromkeys(source.number for source in paper.preceding)),
        payee_accounts=(paper.means.account,) if paper.means and paper.means.account else (),
    )
