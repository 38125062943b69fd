"""Writes a tax return from rows and the vault: the same rows always give the same bytes."""

import json
from collections.abc import Callable
from itertools import groupby

from sqlmodel import col, select

from vendorops.books import Books, vault
from vendorops.domain.jurisdiction import ReturnFacts, ReturnRow
from vendorops.domain.money import Money, total
from vendorops.domain.periods import Period
from vendorops.law import jurisdiction
from vendorops.tables import Filing, LegalEntity, Party, Settlement, Supplier, Withholding

Declared = tuple[Withholding, Supplier]
Identity = Callable[[Party], str]
"""Gives the identity number of a party."""


def filing_file(books: Books, filing: Filing) -> bytes:
    """Return the bytes of a filing's form; each identity number read for it is recorded."""

    def recorded(party: Party) -> str:
        books.record("revealed", party, f"for the return {filing.reference}")
        return vault.reveal(books, party, "identifier")

    return _written(books, filing, recorded)


def filing_file_again(books: Books, filing: Filing) -> bytes:
    """Return the same bytes for a check that shows them to nobody; nothing is recorded."""
    return _written(books, filing, lambda party: vault.reveal(books, party, "identifier"))


def _written(books: Books, filing: Filing, identity: Identity) -> bytes:
    entity = books.get(LegalEntity, filing.legal_entity_id)
    form = jurisdiction(filing.place).return_of(filing.form)
    facts = ReturnFacts(
        agent=identity(books.get(Party, entity.party_id)),
        period=form.period(Period.month(filing.month)),
        currency=filing.currency,
        rows=tuple(
            _row(books, filing, list(of_payee), identity)
            for _, of_payee in groupby(_declared(books, filing), key=_payee_and_tax)
        ),
    )
    return jurisdiction(filing.place).render_return(filing.form, facts)


def _declared(books: Books, filing: Filing) -> list[Declared]:
    query = (
        select(Withholding, Supplier)
        .join(Settlement, col(Settlement.id) == col(Withholding.settlement_id))
        .join(Supplier, col(Supplier.id) == col(Settlement.supplier_id))
        .where(col(Withholding.filing_id) == filing.id)
        .order_by(col(Supplier.reference), col(Withholding.tax), col(Settlement.reference))
    )
    return [(row, supplier) for row, supplier in books.session.exec(query)]


def _payee_and_tax(declared: Declared) -> tuple[str, str]:
    row, supplier = declared
    return supplier.reference, row.tax


def _row(books: Books, filing: Filing, of_payee: list[Declared], identity: Identity) -> ReturnRow:
    """Return what one payee earned in the month, and what was kept back, for one tax."""
    rows = [row for row, _ in of_payee]
    payee = books.get(Party, rows[0].party_id)
    return ReturnRow(
        payee=of_payee[0][1].reference,
        identity=identity(payee),
        tax=rows[0].tax,
        income=total([Money(row.income_minor, row.currency) for row in rows], filing.currency),
        base=total([Money(row.base_minor, row.currency) for row in rows], filing.currency),
        withheld=total([Money(row.amount_minor, row.currency) for row in rows], filing.currency),
        version=_version(rows[-1]),
    )


def _version(row: Withholding) -> str:
    """Return the rule that was used: first day of the formula, then of each number it read."""
    read = ",".join(
        f"{cited['parameter']}@{cited['since']}" for cited in json.loads(row.citations)
    )
    return f"{row.tax}@{row.rule}({read})"
