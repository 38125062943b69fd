"""A supplier for whom we write the invoices: its contract, its accepted work, its agreement."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tests import make
from vendorops.books import Books, Opener
from vendorops.stages import Outcome, sweep
from vendorops.tables import (
    Contract,
    Invoice,
    LegalEntity,
    Party,
    SelfBilledInvoice,
    SelfBillingAgreement,
    ServiceSheet,
)
from vendorops.working.self_billing import propose

OpenerMaker = Callable[..., Opener]
PROPOSED = date(2026, 10, 5)
OVER = date(2026, 11, 2)
"""October is over."""
LATE = date(2026, 11, 12)
"""The days to object to what was shown on OVER are over."""
SCHEMES = {"xa": "xa_number", "de": "eu_vat", "cn": "cn_uscc", "us": "us_ein"}
OURS = {
    "xa": "1000300085",
    "de": "DE811907980",
    "cn": "91310000MA1FL0X123",
    "us": "91-1144442",
}
THEIRS = {"xa": "1000202697", "de": "DE136695976", "cn": "91350100M000100Y43", "us": "12-3456789"}
IBAN = "DE02120300000000202051"
SIGNER = "he.hengxin"


def company(books: Books, place: str = "xa") -> LegalEntity:
    """Our company and the people who decide in it."""
    make.people(books)
    ours = make.party(
        books,
        OURS[place],
        name="Xinghe Europe AG",
        place=place,
        identifier_scheme=SCHEMES[place],
        address="Ring 7, 10115 Berlin",
    )
    return make.legal_entity(books, party_id=ours.id, currency="EUR")


def contract(books: Books, place: str = "xa", **changed: Any) -> Contract:
    """A contract in euro whose supplier has a signer and an account in use."""
    if not make.rows_of(books, LegalEntity):
        company(books, place)
    theirs = make.party(
        books,
        THEIRS[place],
        name="恒信 Hengxin Personal GmbH",
        place=place,
        identifier_scheme=SCHEMES[place],
        address="Weg 1, 89073 Ulm",
    )
    make.signer(books, theirs, SIGNER)
    make.bank_account(
        books, theirs, IBAN, scheme="iban", currency="EUR", bank="BYLADEM1001", holder="Hengxin"
    )
    supplier = make.supplier(books, theirs)
    return make.contract(books, supplier, place=place, currency="EUR", **changed)


def worked(
    books: Books, of: Contract, *days: int, month: str = "2026-10", **changed: Any
) -> ServiceSheet:
    """An accepted sheet of forty hours on each of some days of a month."""
    year, number = map(int, month.split("-"))
    items = [
        make.done(performed_on=date(year, number, day), description=f"分拣 sorting, {day}")
        for day in days
    ]
    items = [item | changed for item in items]
    return make.service_sheet(books, of, items, month=month)


def form(of: Contract, **changed: Any) -> bytes:
    """What is proposed to the supplier."""
    said = {
        "contract": of.reference,
        "series": "SB-HX",
        "tax_treatment": "standard",
        "format": "ubl",
        "silence_agrees": "yes",
        "valid_from": "2026-10-01",
        "valid_until": "2027-09-30",
    }
    return json.dumps(said | changed).encode()


def proposed(opener: OpenerMaker, of: Contract, as_of: date = PROPOSED, **changed: Any) -> str:
    """Propose an agreement as a buyer; return its reference."""
    with opener(as_of=as_of, actor="lin.buyer")() as books:
        return propose(books, form(of, **changed)).reference


def agreed(opener: OpenerMaker, of: Contract, as_of: date = PROPOSED, **changed: Any) -> str:
    """Propose an agreement and let the supplier agree; return its reference."""
    reference = proposed(opener, of, as_of, **changed)
    run("self_billing", opener, as_of)
    make.reply(opener, "self_billing_agreement", SIGNER, as_of=as_of)
    run("self_billing", opener, as_of)
    return reference


def run(stage: str, opener: OpenerMaker, as_of: date = OVER, month: str = "") -> Outcome:
    """Run a stage as its flow would; nothing may be refused."""
    outcome = sweep(stage, opener(as_of=as_of, actor=f"system:{stage}", month=month or None))
    assert not outcome.refused, outcome.refused
    return outcome


def shown(opener: OpenerMaker, as_of: date = OVER) -> Mapping[str, SelfBilledInvoice]:
    """Draft what is due and ask the supplier; return every invoice of ours by its reference."""
    run("self_billing", opener, as_of)
    run("pro_formas", opener, as_of)
    return invoices(opener)


def issued(opener: OpenerMaker, as_of: date = OVER) -> Mapping[str, SelfBilledInvoice]:
    """The same, agreed to at once by the supplier and issued."""
    shown(opener, as_of)
    make.reply(opener, "pro_forma", SIGNER, as_of=as_of)
    run("pro_formas", opener, as_of)
    return invoices(opener)


def invoices(opener: OpenerMaker) -> Mapping[str, SelfBilledInvoice]:
    """Return every invoice of ours by its reference, without the year."""
    with opener()() as books:
        rows = make.rows_of(books, SelfBilledInvoice)
        books.session.expunge_all()
    return {row.reference.removeprefix("SBI-2026-00000"): row for row in rows}


def claims(opener: OpenerMaker) -> list[Invoice]:
    """Return every claim there is."""
    with opener()() as books:
        rows = make.rows_of(books, Invoice)
        books.session.expunge_all()
    return rows


def agreement_of(books: Books) -> SelfBillingAgreement:
    """Return the one agreement there is."""
    return make.only(books, SelfBillingAgreement)


def party_named(books: Books, part: str) -> Party:
    """Return the party whose name has a part."""
    [found] = [row for row in make.rows_of(books, Party) if part in row.name]
    return found
