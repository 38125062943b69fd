"""By how much prices may stray under each contract, chosen for a month and written down."""

import json
from collections.abc import Iterable

from sqlmodel import col, select

from vendorops.books import Books, canonical
from vendorops.documents import revisions
from vendorops.domain.matching import RULES, VERSION, ToleranceFacts
from vendorops.domain.periods import DAY
from vendorops.tables import Contract, Tolerance

SHOWN = 12
"""Digits of a hash by which facts are cited."""


def rules(books: Books, contracts: Iterable[Contract]) -> str:
    """Return the rules of a reconciliation as canonical JSON: name, version, tolerances used."""
    terms = [
        {
            "contract": contract.reference,
            "facts_sha256": contract.facts_sha256,
            **_tolerance(books, contract),
        }
        for contract in sorted(contracts, key=lambda contract: contract.reference)
    ]
    return canonical({"name": RULES, "version": VERSION, "tolerances": terms}).decode()


def _tolerance(books: Books, contract: Contract) -> dict[str, int | str]:
    """Return what holds on the last day of the month.

    The contract's own tolerance goes before the company's, a supplier's before the general.
    """
    last = books.month.end - DAY
    known = revisions(books, contract)
    agreed = known.on(last).tolerance
    if agreed:
        cite = f"{contract.reference}, facts {contract.facts_sha256[:SHOWN]}"
        since = max(contract.starts_on, known.since(last))
        limits = {"share_e6": agreed.share_e6, "amount_minor": agreed.amount_minor}
        return {**limits, "since": since.isoformat(), "cite": cite}
    query = select(Tolerance).where(
        col(Tolerance.step) == "price",
        col(Tolerance.program) == contract.program,
        col(Tolerance.currency) == contract.currency,
        col(Tolerance.valid_from) <= last,
        (col(Tolerance.supplier_id) == contract.supplier_id)
        | col(Tolerance.supplier_id).is_(None),
    )
    found = books.session.exec(query).all()
    best = max(
        found, key=lambda row: (row.supplier_id is not None, row.valid_from, row.id), default=None
    )
    if best is None:
        return {"share_e6": 0, "amount_minor": 0, "cite": "none agreed"}
    limits = {"share_e6": best.share_e6, "amount_minor": best.amount_minor}
    return {**limits, "since": best.valid_from.isoformat(), "cite": best.cite}


def tolerances(written: str) -> dict[str, ToleranceFacts]:
    """Return the tolerances of written rules by reference of the contract."""
    return {
        term["contract"]: ToleranceFacts(int(term["share_e6"]), int(term["amount_minor"]))
        for term in json.loads(written)["tolerances"]
    }
