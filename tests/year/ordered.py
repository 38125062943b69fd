"""What is ordered and changed on the first of a month, and approved by whoever may."""

from collections.abc import Callable, Iterable
from datetime import date

from tests.year.company import Partner, contract_of
from tests.year.entering import UNIT, workers
from tests.year.facts import (
    OVERTIME,
    REGULAR,
    Facts,
    Outsourcer,
    Stint,
    month_label,
)
from vendorops.books import Books
from vendorops.domain.measure import price_e6
from vendorops.tables import Contract, Supplier, WorkOrder
from vendorops.working.ordering import LineWanted, Wanted, place_order
from vendorops.working.revising import Change, propose_revision
from vendorops.working.statements_of_work import (
    change_statement,
    place_statement,
    read_change,
    read_statement,
)

BUDGET = 10**9
Revise = Callable[[Books], None]


class Orders:
    """The orders under which people work and outsourcers deliver, by key of the facts."""

    def __init__(self, facts: Facts, partners: dict[int, Partner]) -> None:
        self.facts, self.partners = facts, partners
        self.of_person: dict[int, tuple[int, str]] = {}
        """Key and reference of a person's order."""
        self.person_of: dict[int, int] = {}
        self.statements: dict[int, int] = {}

    def place(self, books: Books, label: str) -> int:
        """Place what starts in a month; the statements of work in the first one."""
        placed = 0
        for agency in self.facts.agencies:
            begin = [s for s in agency.stints if month_label(s.starts_on) == label]
            placed += len(begin)
            if label.endswith("-01"):
                self.keys = getattr(self, "keys", {})
                self.keys |= workers(books, agency, self.partners[agency.number])
            contract = contract_of(books, self.partners[agency.number])
            held = books.get(Supplier, contract.supplier_id)
            for stint in begin:
                self._order(books, contract, stint)
            del held  # Until here: a session forgets what nobody holds.
        if label.endswith("-01"):
            for outsourcer in self.facts.outsourcers:
                if outsourcer.ordered:
                    self._statement(books, outsourcer)
        return placed

    def re_rates(self, label: str) -> Iterable[Revise]:
        """Return what proposes each other price that holds from a day of a month on."""
        for agency in self.facts.agencies:
            for stint in agency.stints:
                for day, price in stint.prices[1:]:
                    if month_label(day) == label:
                        line = LineWanted(REGULAR, "time", "Hour", price_e6(price), number=1)
                        change = Change("re_rate", day, "other duties", lines=[line])
                        yield self._revision(stint, change)
        for outsourcer in self.facts.outsourcers:
            for day, price in outsourcer.prices[1:]:
                if month_label(day) == label and outsourcer.ordered:
                    yield self._change(outsourcer, day, price)

    def ends(self, label: str) -> Iterable[Revise]:
        """Return what proposes the end of each order whose person leaves in a month."""
        for agency in self.facts.agencies:
            for stint in agency.stints:
                if stint.leaves_on and month_label(stint.leaves_on) == label:
                    change = Change("end", stint.leaves_on, "leaves", ends_on=stint.leaves_on)
                    yield self._revision(stint, change)

    def _order(self, books: Books, contract: Contract, stint: Stint) -> None:
        lines = [LineWanted(REGULAR, "time", "Hour", price_e6(stint.prices[0][1]))]
        if stint.overtime:
            lines.append(LineWanted(OVERTIME, "time", "Overtime", price_e6(stint.overtime)))
        wanted = Wanted(
            "work_order",
            f"Sorting by person {stint.person}",
            stint.starts_on,
            stint.ends_before,
            BUDGET,
            lines,
            worker_id=self.keys[stint.person],
        )
        order = place_order(books, contract, wanted)
        self.of_person[stint.person] = (order.id, order.reference)
        self.person_of[order.id] = stint.person

    def _statement(self, books: Books, outsourcer: Outsourcer) -> None:
        price = outsourcer.prices[0][1]
        lines = [f"{{kind: unit, code: {UNIT}, description: Documents, price: {price}}}"]
        lines += [
            f"{{kind: event, description: Part {at}, price: {milestone.price},"
            f" due: {milestone.due_on}}}"
            for at, milestone in enumerate(outsourcer.milestones, start=2)
        ]
        told = [
            f"contract: {self.partners[outsourcer.number].contract}",
            "title: Archive",
            f"start: {date(2026, 1, 1)}",
            f"end: {date(2027, 6, 1)}",
            "budget: 9000000.00",
            "late_fine: {share: 0.005, cap: 0.02}",
            "lines:",
            *(f"  - {line}" for line in lines),
        ]
        order = place_statement(books, read_statement("\n".join(told).encode()))
        self.statements[outsourcer.number] = order.id

    def _revision(self, stint: Stint, change: Change) -> Revise:
        ident = self.of_person[stint.person][0]
        return lambda books: _propose(books, ident, change)

    def _change(self, outsourcer: Outsourcer, day: date, price: str) -> Revise:
        def propose(books: Books) -> None:
            order = books.get(WorkOrder, self.statements[outsourcer.number])
            line = f"line: 1, kind: unit, code: {UNIT}, description: Documents, price: {price}"
            told = (
                f"order: {order.reference}\nvalid_from: {day}\nreason: other volumes\n"
                f"lines: [{{{line}}}]\n"
            )
            change_statement(books, read_change(told.encode()))

        return propose


def _propose(books: Books, ident: int, change: Change) -> None:
    propose_revision(books, books.get(WorkOrder, ident), change)
