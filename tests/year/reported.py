"""What suppliers and our own people report of a month: time, starts and leavings, volumes."""

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import date

from sqlmodel import select

from tests.year.company import Partner, contract_of
from tests.year.entering import HR, LEVELS, MEASURES, UNIT
from tests.year.facts import (
    OVERTIME,
    REGULAR,
    Agency,
    Facts,
    Hired,
    Outsourcer,
    Recruiter,
    month_label,
)
from tests.year.ordered import Orders
from vendorops.books import Books, Opener
from vendorops.domain.guarantee import Reason
from vendorops.domain.money import Money
from vendorops.domain.service_levels import Measured
from vendorops.stages.acceptance import submit
from vendorops.stages.deliveries import Delivered, Evidence, deliver
from vendorops.stages.service_levels import Reading, measure
from vendorops.stages.timesheets import ALL, Import, correct, load
from vendorops.tables import Contract, Placement, Timesheet, WorkOrder
from vendorops.working.placing import (
    Departure,
    Hire,
    place,
    place_instead,
    report_leave,
    report_start,
)

OpenerMaker = Callable[..., Opener]
Happening = tuple[str, Callable[[Books], None]]
"""Who reports it, and what is reported."""


def text_of(hundredths: int) -> str:
    """Write hundredths of an hour.

    >>> text_of(775)
    '7.75'
    """
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def time_of(agency: Agency, orders: Orders, label: str) -> bytes:
    """Return the time of an agency's month as the file it hands in."""
    rows = ["work_order,day,kind,quantity"]
    for stint in agency.stints:
        name = orders.of_person[stint.person][1] if stint.person in orders.of_person else ""
        for day, normal, overtime in stint.hours:
            if month_label(day) == label:
                rows.append(f"{name},{day},{REGULAR},{text_of(normal)}")
                if overtime:
                    rows.append(f"{name},{day},{OVERTIME},{text_of(overtime)}")
    return "\n".join(rows).encode()


def hand_time_in(opener: OpenerMaker, agency: Agency, orders: Orders, day: date, label: str):
    """Hand in all the time of an agency's month."""
    data = time_of(agency, orders, label)
    actor = orders.partners[agency.number].signer
    results = load(opener(as_of=day, actor=actor), data, ".csv", Import(ALL, "month"))
    wrong = [result for result in results if result.outcome != "entered"]
    assert not wrong, wrong[:3]


def correct_time(books: Books, agency: Agency, orders: Orders, label: str) -> None:
    """Put right what an agency told wrong of a month."""
    wrong = agency.corrected[label]
    stint = next(each for each in agency.stints if each.person == wrong.person)
    ident = orders.of_person[wrong.person][0]
    query = select(Timesheet).filter_by(work_order_id=ident, month=label, kind="original")
    entries = []
    for day, normal, overtime in stint.hours:
        if month_label(day) != label:
            continue
        found = wrong.hundredths if day == wrong.day else normal
        entries.append({"day": str(day), "kind": REGULAR, "quantity": text_of(found)})
        if overtime:
            entries.append({"day": str(day), "kind": OVERTIME, "quantity": text_of(overtime)})
    sheet = books.session.exec(query).one()
    said = {"timesheet": sheet.reference, "reason": "misread", "entries": entries}
    correct(books, json.dumps(said).encode())


class Placed:
    """Who recruiters placed, day by day."""

    def __init__(self, facts: Facts, partners: dict[int, Partner]) -> None:
        self.partners = partners
        self.references: dict[int, str] = {}
        self.days: dict[date, list[Happening]] = defaultdict(list)
        for recruiter in facts.recruiters:
            for hired in recruiter.hired:
                self._tell(recruiter, hired)

    def _tell(self, recruiter: Recruiter, hired: Hired) -> None:
        starts, leaves = HR
        self.days[hired.started_on].append(
            (starts, lambda books: self._start(books, recruiter, hired))
        )
        if hired.left_on:
            self.days[hired.left_on].append((leaves, lambda books: self._leave(books, hired)))
        if hired.replaced_on:
            self.days[hired.replaced_on].append(
                (starts, lambda books: self._replace(books, hired))
            )

    def _start(self, books: Books, recruiter: Recruiter, hired: Hired) -> None:
        contract = contract_of(books, self.partners[recruiter.number])
        pay = Money(hired.salary * 100, contract.currency)
        row = place(books, contract, Hire(f"Person {hired.person}", pay, hired.started_on))
        report_start(books, row, hired.started_on)
        self.references[hired.person] = row.reference

    def _leave(self, books: Books, hired: Hired) -> None:
        row = books.named(Placement, self.references[hired.person])
        proof = f"%PDF {row.reference}".encode()
        assert hired.left_on
        said = Departure(hired.left_on, Reason(hired.reason), proof, claims=hired.claims)
        report_leave(books, row, said)

    def _replace(self, books: Books, hired: Hired) -> None:
        gone = books.named(Placement, self.references[hired.person])
        assert hired.replaced_on
        hire = Hire(f"Instead of {hired.person}", Money(0, gone.currency), hired.replaced_on)
        report_start(books, place_instead(books, gone, hire), hired.replaced_on)


def report_volumes(
    opener: OpenerMaker, outsourcer: Outsourcer, orders: Orders, day: date, label: str
) -> None:
    """Report what an outsourcer counted and finished in a month."""
    of = orders.partners[outsourcer.number]
    counted = [each for each in outsourcer.volumes if month_label(each[0]) == label]
    with opener(as_of=day, actor=of.signer)() as books:
        if not outsourcer.ordered:
            submit(books, _sheet(of, counted, label))
            return
        order = books.get(WorkOrder, orders.statements[outsourcer.number])
        for done_on, units in counted:
            deliver(books, order, Delivered(1, done_on, [_proof(of, done_on)], units * 10**4))
        for number, milestone in enumerate(outsourcer.milestones, start=2):
            done_on = milestone.delivered_on
            if month_label(done_on) == label:
                deliver(books, order, Delivered(number, done_on, [_proof(of, done_on)]))


def _proof(of: Partner, done_on: date) -> Evidence:
    return Evidence(f"%PDF {of.supplier} {done_on}".encode(), ".pdf")


def _sheet(of: Partner, counted: list[tuple[date, int]], label: str) -> bytes:
    lines = "".join(
        f"- {{term: {UNIT}, description: Documents, performed_on: {day}, quantity: {units}}}\n"
        for day, units in counted
    )
    head = f"contract: {of.contract}\nmonth: {label}\nsubmitted_by: {of.signer}\nlines:\n"
    return (head + lines).encode()


def report_levels(opener: OpenerMaker, facts: Facts, orders: Orders, day: date, label: str):
    """Report what was measured of all outsourcers in a month."""
    with opener(as_of=day, actor=MEASURES)() as books:
        for outsourcer in facts.outsourcers:
            of = orders.partners[outsourcer.number]
            contract = books.get(Contract, of.contract_id)
            for level, counted in zip(LEVELS, outsourcer.measured[label], strict=True):
                proof = f"{of.supplier} {level.code} {label}".encode()
                measure(books, contract, Reading(level.code, label, Measured(*counted), proof))
