"""Writes a tax return from rows and the vault: the same rows always give the same bytes."""

import json
import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from sqlmodel import col, select

from vendorops.books import Books, vault
from vendorops.books.many import record_many
from vendorops.domain.jurisdiction import ReturnFacts, ReturnRow
from vendorops.domain.money import Money, total
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.law import jurisdiction
from vendorops.tables import (
    Filing,
    FilingLine,
    LegalEntity,
    Party,
    Settlement,
    Supplier,
    Withholding,
)

Declared = tuple[Withholding, Settlement, Supplier]
Identities = Mapping[int, str]
"""The identity number of each party, by the party's key."""
NAMED = 5
"""Payees that a refusal names."""


class PayeeUnidentified(Refused):
    """A payee has no number by which a tax office knows it."""


class PayeeTwice(Refused):
    """One person would be declared as two payees."""


def is_report(filing: Filing) -> bool:
    """Tell whether a version is a report, which rests on payments and declares no tax."""
    return not jurisdiction(filing.place).return_of(filing.form).taxes


def filing_file(books: Books, filing: Filing) -> bytes:
    """Return the bytes of a filing's form; each identity number read for it is recorded.

    Raises PayeeUnidentified and PayeeTwice, which name payees and never their numbers.
    """
    declared = declared_by(books, filing)
    parties = parties_of(books, filing, declared)
    record_many(
        books, "revealed", parties, f"for the return {filing.reference}", [""] * len(parties)
    )
    return _written(books, filing, declared, vault.reveal_many(books, parties, "identifier"))


def filing_file_again(books: Books, filing: Filing) -> bytes:
    """Return the same bytes for a check that shows them to nobody; nothing is recorded."""
    declared = declared_by(books, filing)
    parties = parties_of(books, filing, declared)
    return _written(books, filing, declared, vault.reveal_many(books, parties, "identifier"))


def declared_by(books: Books, filing: Filing) -> list[Declared]:
    """Return what a version declares, payee by payee."""
    query = (
        select(Withholding, Settlement, Supplier)
        .join(FilingLine, col(FilingLine.withholding_id) == col(Withholding.id))
        .join(Settlement, col(Settlement.id) == col(Withholding.settlement_id))
        .join(Supplier, col(Supplier.id) == col(Settlement.supplier_id))
        .where(col(FilingLine.filing_id) == filing.id)
        .order_by(col(Supplier.reference), col(Withholding.tax), col(Settlement.reference))
    )
    return [(row, of, supplier) for row, of, supplier in books.session.exec(query)]


def return_facts(
    books: Books, filing: Filing, declared: Sequence[Declared], identities: Identities
) -> ReturnFacts:
    """Return everything a version says, with the numbers given.

    Raises PayeeUnidentified and PayeeTwice.
    """
    _refuse_unidentified(filing, declared, identities)
    entity = books.get(LegalEntity, filing.legal_entity_id)
    form = jurisdiction(filing.place).return_of(filing.form)
    return ReturnFacts(
        agent=identities.get(entity.party_id, ""),
        period=form.period(Period.month(filing.month)),
        currency=filing.currency,
        rows=tuple(
            _row(books, filing, list(of_payee), identities)
            for _, of_payee in groupby(declared, key=_payee_and_tax)
        ),
    )


def _written(
    books: Books, filing: Filing, declared: Sequence[Declared], identities: Identities
) -> bytes:
    facts = return_facts(books, filing, declared, identities)
    return jurisdiction(filing.place).render_return(filing.form, facts)


def parties_of(books: Books, filing: Filing, declared: Sequence[Declared]) -> list[Party]:
    """Return our own company and the payees, each once, in the order of keys."""
    entity = books.get(LegalEntity, filing.legal_entity_id)
    wanted = sorted({entity.party_id, *(supplier.party_id for _, _, supplier in declared)})
    return [books.get(Party, ident) for ident in wanted]


def _refuse_unidentified(
    filing: Filing, declared: Sequence[Declared], identities: Identities
) -> None:
    """Refuse payees without a number, and two payees with one number, whatever it is called."""
    payees = {supplier.reference: supplier.party_id for _, _, supplier in declared}
    without = [name for name, ident in payees.items() if not identities.get(ident)]
    if without:
        raise PayeeUnidentified(
            f"E_FILING_UNIDENTIFIED: {_listed(without)} have no identity number on file, without "
            f"which {filing.form} declares nobody; have it handed in and approved first"
        )
    known: dict[str, str] = {}
    for name, ident in payees.items():
        number = re.sub(r"[^0-9A-Z]", "", identities[ident].upper())
        other = known.setdefault(number, name)
        if other != name:
            raise PayeeTwice(
                f"E_FILING_PAYEE_TWICE: {other} and {name} have one identity number, so that one "
                f"person would stand in {filing.form} twice and its tax was computed apart; find "
                "out which registration is right, stop the other, and correct what was settled"
            )


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(sorted(names)[:NAMED]) + more


def _payee_and_tax(declared: Declared) -> tuple[str, str]:
    row, _, supplier = declared
    return supplier.reference, row.tax


def _row(
    books: Books, filing: Filing, of_payee: list[Declared], identities: Identities
) -> ReturnRow:
    """Return what one payee earned in the month, and what was kept back, for one tax."""
    rows = [row for row, _, _ in of_payee]
    return ReturnRow(
        payee=of_payee[0][2].reference,
        identity=identities[rows[0].party_id],
        tax=rows[0].tax,
        income=total([Money(row.income_minor, row.currency) for row in rows], filing.currency),
        base=total([Money(row.base_minor, row.currency) for row in rows], filing.currency),
        withheld=total([Money(row.amount_minor, row.currency) for row in rows], filing.currency),
        version=_version(rows[-1]),
        home=books.get(Party, rows[0].party_id).place,
    )


def _version(row: Withholding) -> str:
    """Return the rule that was used: first day of the formula, then of each number it read."""
    read = ",".join(
        f"{cited['parameter']}@{cited['since']}" for cited in json.loads(row.citations)
    )
    return f"{row.tax}@{row.rule}({read})"
