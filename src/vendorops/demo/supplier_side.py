"""What the suppliers' own bookkeeping sends: invoices and a statement, one line in five wrong.

The files shipped in samples/claims were written by this module; a test holds them equal to it.
"""

import csv
from dataclasses import replace
from datetime import date
from io import StringIO
from random import Random
from typing import cast

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.vault import reveal
from vendorops.domain.measure import extended, price_text, quantity_text
from vendorops.domain.paper import InvoicePaper, PaperLine, PaperParty
from vendorops.formats import PrintedFormat, formats
from vendorops.programs import program
from vendorops.tables import Contract, LegalEntity, Party, Supplier, WorkItem

SEED = 202610
ISSUED, DUE = date(2026, 10, 31), date(2026, 11, 30)
FORMATS = {"rpo": "ubl", "bpo": "cii", "staffing": "hybrid_pdf"}
"""Which supplier sends what; the freelancer keeps a spreadsheet instead."""
VAT_E4 = 600
"""Six per cent on services, as the suppliers charge it."""
WRONG_EACH = 5
"""One line in so many is wrong."""


def claims(books: Books) -> dict[str, bytes]:
    """Return the files by name, the same for the same work."""
    contracts = books.session.exec(select(Contract).order_by(col(Contract.reference))).all()
    random = Random(SEED)  # noqa: S311 - mistakes are to be repeatable, not secret.
    return dict(_claim(books, contract, random) for contract in contracts)


def _claim(books: Books, contract: Contract, random: Random) -> tuple[str, bytes]:
    lines = _with_mistakes(_lines(books, contract), random)
    number = f"{contract.program.upper()}-2610-01"
    if contract.program not in FORMATS:
        return f"{number}.csv", _statement(books, contract, lines)
    written = cast("PrintedFormat", formats()[FORMATS[contract.program]])
    paper = InvoicePaper(
        number=number,
        issue_date=ISSUED,
        due_date=DUE,
        type_code="380",
        currency=contract.currency,
        seller=_party(books, books.get(Supplier, contract.supplier_id).party_id),
        buyer=_party(books, books.get(LegalEntity, contract.legal_entity_id).party_id),
        contract_reference=contract.reference,
        lines=tuple(lines),
    )
    return f"{number}{written.SUFFIX}", written.write(paper)


def _party(books: Books, ident: int) -> PaperParty:
    party = books.get(Party, ident)
    number = reveal(books, party, "identifier")
    return PaperParty(
        name=party.name,
        country=party.place.upper(),
        registration=number,
        tax_number=number,  # In China the unified social credit code is also the tax number.
        street=party.address,
    )


def _lines(books: Books, contract: Contract) -> list[PaperLine]:
    query = select(WorkItem).where(WorkItem.contract_id == contract.id)
    items = books.session.exec(query.order_by(col(WorkItem.reference))).all()
    kind = program(contract.program)
    return [
        PaperLine(
            number=str(number),
            description=item.description,
            quantity_e4=item.quantity_e4,
            unit=kind.term(item.term).unit,
            price_e6=item.price_e6,
            tax_category="S",
            tax_rate_e4=VAT_E4,
            work_reference=item.reference,
        )
        for number, item in enumerate(items, start=1)
    ]


def _with_mistakes(lines: list[PaperLine], random: Random) -> list[PaperLine]:
    """Make one line in five wrong, each in another of the ways that suppliers' lines are wrong."""
    chosen = random.sample(range(len(lines)), len(lines) // WRONG_EACH)
    mistakes = [dearer, unknown, more, slightly_dearer, twice, cheaper]
    random.shuffle(mistakes)
    made = list(lines)
    for at, mistake in zip(chosen, mistakes, strict=False):
        made[at : at + 1] = mistake(made[at])
    return [replace(line, number=str(number)) for number, line in enumerate(made, start=1)]


def _at_price(line: PaperLine, per_mille: int) -> list[PaperLine]:
    cents = 10_000  # Prices are quoted in whole cents.
    return [replace(line, price_e6=line.price_e6 * per_mille // 1000 // cents * cents)]


def dearer(line: PaperLine) -> list[PaperLine]:
    """Charge eight per cent above the contract."""
    return _at_price(line, 1080)


def slightly_dearer(line: PaperLine) -> list[PaperLine]:
    """Charge a little above the contract, within what is tolerated."""
    return _at_price(line, 1004)


def cheaper(line: PaperLine) -> list[PaperLine]:
    """Charge five per cent below the contract."""
    return _at_price(line, 950)


def unknown(line: PaperLine) -> list[PaperLine]:
    """Quote a reference that was never given."""
    return [replace(line, work_reference=line.work_reference.replace("-0000", "-9000"))]


def more(line: PaperLine) -> list[PaperLine]:
    """Charge a tenth more than was delivered."""
    return [replace(line, quantity_e4=line.quantity_e4 * 11 // 10)]


def twice(line: PaperLine) -> list[PaperLine]:
    """Charge the same work on two lines."""
    return [line, replace(line, description=f"{line.description} (final)")]


HEAD = (
    *("对账单号", "日期", "币种", "供应商", "供应商编号", "合同号", "行号"),
    *("说明", "数量", "单位", "单价", "金额", "工作编号"),
)


def _statement(books: Books, contract: Contract, lines: list[PaperLine]) -> bytes:
    """Write a spreadsheet as a Chinese office program exports it: GB 18030, no tax."""
    supplier = books.get(Supplier, contract.supplier_id)
    party = books.get(Party, supplier.party_id)
    text = StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(HEAD)
    whole = (f"{contract.program.upper()}-2610-01", ISSUED.isoformat(), contract.currency)
    for line in lines:
        figures = (
            quantity_text(line.quantity_e4),
            line.unit,
            price_text(line.price_e6),
            extended(line.quantity_e4, line.price_e6, contract.currency).text,
        )
        known = (party.name, supplier.reference, contract.reference, line.number)
        table.writerow((*whole, *known, line.description, *figures, line.work_reference))
    return text.getvalue().encode("gb18030")
