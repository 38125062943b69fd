"""What buyers accept of a month's sheets, and what suppliers claim of it, as files they send."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from tests.year.company import Partner
from tests.year.entering import UNIT
from tests.year.facts import REGULAR, Facts
from tests.year.ordered import Orders
from vendorops.books import Books
from vendorops.documents import keep_ahead
from vendorops.domain.measure import quantity_text
from vendorops.domain.paper import InvoicePaper, PaperLine, PaperParty
from vendorops.formats import ubl
from vendorops.programs import program
from vendorops.stages.intake import receive
from vendorops.tables import OrderLine, ServiceSheet, WorkItem

ACCEPTED = ("accepted", "partly_accepted")


class Claims:
    """Which sheets were claimed, and by how much more than was accepted."""

    def __init__(self, facts: Facts, orders: Orders) -> None:
        self.facts, self.orders = facts, orders
        self.done: set[int] = set()
        self.contracts = {each.contract_id: each for each in orders.partners.values()}
        self.agencies = {each.number: each for each in facts.agencies}
        self.outsourcers = {each.number: each for each in facts.outsourcers}

    def accepts(self, books: Books, sheet: ServiceSheet, label: str) -> dict[str, Any] | None:
        """Return what a buyer says of a sheet when a month is closed; None: nothing yet."""
        number = self.contracts[sheet.contract_id].number
        if sheet.month != label:
            return {}
        less: tuple[WorkItem, int] | None = None
        if number in self.agencies:
            agency = self.agencies[number]
            if label in agency.late:
                return None
            if label in agency.cut:
                person, hundredths = agency.cut[label]
                less = self._hours_of(books, sheet, person), hundredths * 100
        elif number in self.outsourcers and label in self.outsourcers[number].cut:
            first = _items(books, sheet, UNIT)[0]
            less = first, self.outsourcers[number].cut[label] * 10**4
        if less is None:
            return {}
        item, by = less
        return {"accept": {item.reference: quantity_text(item.quantity_e4 - by)}}

    def send(self, books: Books, day: date, label: str) -> int:
        """Let suppliers claim every sheet that was accepted and not claimed yet."""
        query = select(ServiceSheet).where(
            col(ServiceSheet.status).in_(ACCEPTED), col(ServiceSheet.submitted_on) > _ago(day)
        )
        sheets = [row for row in books.session.exec(query) if row.id not in self.done]
        for start in range(0, len(sheets), 500):
            self._send(books, sheets[start : start + 500], day, label)
        self.done |= {row.id for row in sheets}
        return len(sheets)

    def _send(self, books: Books, sheets: list[ServiceSheet], day: date, label: str) -> None:
        items: dict[int, list[WorkItem]] = defaultdict(list)
        found = select(WorkItem).where(
            col(WorkItem.service_sheet_id).in_([row.id for row in sheets]),
            col(WorkItem.accepted_e4) > 0,
        )
        for item in books.session.exec(found.order_by(col(WorkItem.line))):
            items[item.service_sheet_id].append(item)
        papers: dict[str, bytes] = {}
        for sheet in sheets:
            of = self.contracts[sheet.contract_id]
            more = self._more(books, sheet, of, label)
            lines = [
                _line(number, item, of.program, more.get(item.id, 0))
                for number, item in enumerate(items[sheet.id], start=1)
            ]
            if lines:
                paper = _paper(of, f"{of.number}-{sheet.reference}", day, lines)
                papers[f"{sheet.reference}.xml"] = ubl.write(paper)
        keep_ahead(books, papers.values(), ".xml")
        for name, data in papers.items():
            receive(books, data, name)

    def _more(self, books: Books, sheet: ServiceSheet, of: Partner, label: str) -> dict[int, int]:
        agency = self.agencies.get(of.number)
        if agency is None or sheet.month != label or label not in agency.over:
            return {}
        person, hundredths = agency.over[label]
        return {self._hours_of(books, sheet, person).id: hundredths * 100}

    def _hours_of(self, books: Books, sheet: ServiceSheet, person: int) -> WorkItem:
        query = (
            select(WorkItem)
            .join(OrderLine, col(OrderLine.id) == col(WorkItem.order_line_id))
            .where(
                col(WorkItem.service_sheet_id) == sheet.id,
                col(WorkItem.term) == REGULAR,
                col(OrderLine.work_order_id) == self.orders.of_person[person][0],
            )
        )
        return books.session.exec(query.order_by(col(WorkItem.line).desc())).first()  # type: ignore[return-value]  # one row.


def _items(books: Books, sheet: ServiceSheet, term: str) -> list[WorkItem]:
    query = select(WorkItem).filter_by(service_sheet_id=sheet.id, term=term)
    return list(books.session.exec(query.order_by(col(WorkItem.line))))


def _ago(day: date) -> date:
    return day - timedelta(days=70)


def _line(number: int, item: WorkItem, code: str, more: int) -> PaperLine:
    return PaperLine(
        str(number),
        item.description,
        item.accepted_e4 + more,
        program(code).term(item.term).unit,
        item.price_e6,
        "S",
        600,
        item.reference,
    )


def _paper(of: Partner, number: str, day: date, lines: list[PaperLine]) -> InvoicePaper:
    where = {"street": "s", "city": "c", "postcode": "1"}
    return InvoicePaper(
        number=number,
        issue_date=day,
        due_date=day,
        type_code="380",
        currency="EUR",
        seller=PaperParty(
            name=f"Supply No. {of.number} Ltd.",
            country="FR",
            registration=of.registered,
            tax_number=of.registered,
            **where,
        ),
        buyer=PaperParty(name="us", country="FR", registration="1", **where),
        contract_reference=of.contract,
        lines=tuple(lines),
    )
