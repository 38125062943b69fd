"""Writes the files that a tax office wants beside a return's own form, as its layout has them.

Every cell is text: no name becomes a formula, and no number loses digits. The same rows always
give the same bytes, on whatever day a version is prepared; so one can tell that two say the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import itemgetter

from sqlmodel import col, select

from vendorops.books import Books, vault
from vendorops.documents.information_returns import told_by
from vendorops.documents.portal_files import portal_files
from vendorops.documents.sheet_findings import left_out, sheet_findings
from vendorops.documents.table_files import WRITERS
from vendorops.documents.tax_returns import (
    declared_by,
    is_report,
    parties_of,
    return_facts,
)
from vendorops.domain.finding import Finding
from vendorops.domain.jurisdiction import ReturnRow
from vendorops.domain.money import Money, total
from vendorops.domain.periods import DAY, Period
from vendorops.filing_layouts import Column, Layout, Sheet, layouts_of
from vendorops.identifiers import birth_date, tells_birth
from vendorops.tables import Filing, FilingSheet, LegalEntity, Party

SEX_DIGIT = 16
"""Position of the digit of a Chinese identity number that is odd for men (GB 11643)."""
Facts = Mapping[str, str]


@dataclass(frozen=True)
class WrittenSheets:
    """One file beside a return, and what a person should know of it."""

    layout: str
    suffix: str
    data: bytes
    findings: tuple[Finding, ...]


def filing_sheets(books: Books, filing: Filing) -> list[WrittenSheets]:
    """Return the files beside a version, by the layouts that hold on the day it was prepared.

    That numbers are read for them is recorded with the form. Raises PayeeUnidentified and
    PayeeTwice.
    """
    if is_report(filing):
        return []  # The layout of a report is the report.
    return _all(books, filing, layouts_of(filing.form, filing.prepared_on))


def filing_sheets_again(books: Books, filing: Filing) -> dict[str, tuple[str, bytes]]:
    """Return the hash of each file that was kept beside a version, and its bytes written anew.

    A layout that joined the shelf since changes nothing of it.
    """
    query = select(FilingSheet).where(col(FilingSheet.filing_id) == filing.id)
    kept_then = list(books.session.exec(query))
    known = {row.layout: row.sha256 for row in kept_then}
    holding = layouts_of(filing.form, filing.prepared_on)
    again = {
        sheets.layout: sheets.data
        for sheets in _all(
            books, filing, {name: holding[name] for name in sorted(known.keys() & holding.keys())}
        )
    }
    templates = sorted({row.template_sha256 for row in kept_then if row.template_sha256})
    told = told_by(books, filing) if templates else []
    for template in templates:
        files = portal_files(books, filing, told, template).files
        again |= {each.name: each.text.encode() for each in files}
    return {name: (sha256, again.get(name, b"")) for name, sha256 in sorted(known.items())}


def _all(books: Books, filing: Filing, wanted: Mapping[str, Layout]) -> list[WrittenSheets]:
    if not wanted:
        return []
    rows = _rows(books, filing)
    return [_written(filing, name, layout, rows) for name, layout in wanted.items()]


def _rows(books: Books, filing: Filing) -> list[Facts]:
    """Return the facts of each payee and tax, in the order of the form."""
    declared = declared_by(books, filing)
    parties = parties_of(books, filing, declared)
    identities = vault.reveal_many(books, parties, "identifier")
    facts = return_facts(books, filing, declared, identities)
    paid: dict[str, dict[int, int]] = {}
    payees: dict[str, Party] = {}
    for row, settlement, supplier in declared:
        paid.setdefault(supplier.reference, {})[settlement.id] = row.income_minor
        payees[supplier.reference] = books.get(Party, supplier.party_id)
    payer = books.get(Party, books.get(LegalEntity, filing.legal_entity_id).party_id)
    of_all = {
        "payer": facts.agent,
        "payer_name": payer.name,
        "payer_address": payer.address,
        "currency": filing.currency,
        "period": filing.month if facts.period.end - facts.period.start < 40 * DAY else "",
        "from": facts.period.start.isoformat(),
        "until": (facts.period.end - DAY).isoformat(),
    }
    of_all["period"] = of_all["period"] or f"{of_all['from']}/{of_all['until']}"
    return [
        of_all
        | payee_facts(row.payee, payees[row.payee], row.identity)
        | _amounts(row)
        | _paid(paid[row.payee], filing.currency)
        for row in facts.in_order
    ]


def _paid(by_settlement: Mapping[int, int], currency: str) -> dict[str, str]:
    """Return how often a payee was paid, and how much, whatever taxes that was subject to."""
    paid = Money(sum(by_settlement.values()), currency)
    return {"payments": str(len(by_settlement)), "paid": paid.text}


def payee_facts(reference: str, payee: Party, identity: str) -> dict[str, str]:
    """Return who a payee is, with the number given, as layouts name it."""
    first, _, last = payee.name.rpartition(" ")
    is_person = payee.kind == "person"
    return {
        "payee": reference,
        "name": payee.name,
        "first_name": first if is_person else "",
        "last_name": last if is_person else "",
        "kind": payee.kind,
        "place": payee.place,
        "address": payee.address,
        "email": payee.email,
        "identity": identity,
        "scheme": payee.identifier_scheme,
        "born_on": _born(payee.identifier_scheme, identity),
        "sex": _sex(payee.identifier_scheme, identity),
    }


def _amounts(row: ReturnRow) -> dict[str, str]:
    return {
        "tax": row.tax,
        "income": row.income.text,
        "base": row.base.text,
        "withheld": row.withheld.text,
    }


def _born(scheme: str, number: str) -> str:
    if not tells_birth(scheme):
        return ""
    try:
        return birth_date(scheme, number).isoformat()
    except ValueError:
        return ""  # It tells no day that there is; the column is then told to be empty.


def _sex(scheme: str, number: str) -> str:
    if scheme != "cn_ric":
        return ""
    return "male" if int(number[SEX_DIGIT]) % 2 else "female"


def _written(filing: Filing, name: str, layout: Layout, rows: Sequence[Facts]) -> WrittenSheets:
    version = layout.on(filing.prepared_on)
    tables = {
        sheet.name: table_of(sheet, _wanted(sheet, filing, rows)) for sheet in version.sheets
    }
    about = Period.month(filing.month).start
    written = laid_out(name, layout, filing.prepared_on, tables, about)
    missing = left_out(name, version, rows, filing.currency)
    return replace(written, findings=(*missing, *written.findings))


def laid_out(
    name: str,
    layout: Layout,
    day: date,
    tables: Mapping[str, Sequence[Sequence[str]]],
    about: date,
) -> WrittenSheets:
    """Return the file of a layout that holds on a day, its tables filled, and what to tell.

    A day of the period that it is about dates the file, whenever that is made.
    """
    findings = sheet_findings(name, layout.on(day), tables)
    data = WRITERS[layout.file](tables, about)
    return WrittenSheets(name, f".{layout.file}", data, tuple(findings))


def _wanted(sheet: Sheet, filing: Filing, rows: Sequence[Facts]) -> list[Facts]:
    """Return the rows of a return that a sheet shows."""
    wanted = [row for row in rows if not sheet.taxes or row["tax"] in sheet.taxes]
    if sheet.rows != "payee":
        return wanted
    ordered = sorted(wanted, key=itemgetter("payee"))
    return [
        _together(list(of_payee), filing)
        for _, of_payee in groupby(ordered, key=itemgetter("payee"))
    ]


def table_of(sheet: Sheet, rows: Sequence[Facts]) -> list[list[str]]:
    """Return the headings of a sheet and what stands below each."""
    cells = [
        [_cell(column, {**row, "number": str(at)}) for column in sheet.columns]
        for at, row in enumerate(rows, start=1)
    ]
    return [[column.title for column in sheet.columns], *cells]


def _together(rows: Sequence[Facts], filing: Filing) -> Facts:
    """Return one payee's rows as one; a payment subject to two taxes is one income."""
    first = {**rows[0], "income": rows[0]["paid"]}
    for name in ("base", "withheld"):
        amounts = [Money.parse(row[name], filing.currency) for row in rows]
        first[name] = total(amounts, filing.currency).text
    return first


def _cell(column: Column, row: Facts) -> str:
    if not column.field:
        return column.says
    value = row[column.field]
    return column.words.get(value, "") if column.words else value
