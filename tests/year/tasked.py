"""What freelancers take, sign, deliver and deliver again, on three days of each month."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlmodel import col, select

from tests.year.company import Partner
from tests.year.facts import Facts, Freelancer, Task
from vendorops.books import Answer, Books, answer, waiting
from vendorops.domain.measure import quantity_text
from vendorops.tables import ServiceSheet, Supplier, TaskAssignment, WorkItem
from vendorops.tables import Task as PostedTask
from vendorops.working.tasks import Delivered, PostForm, assign, deliver, post

ONE_E4 = 10**4


class Tasks:
    """The tasks of freelancers, and under which assignment each is done."""

    def __init__(self, facts: Facts, partners: dict[int, Partner]) -> None:
        self.partners = partners
        self.of_month: dict[str, list[tuple[Freelancer, Task]]] = defaultdict(list)
        for freelancer in facts.freelancers:
            for task in freelancer.tasks:
                self.of_month[task.month].append((freelancer, task))
        self.posted: dict[int, int] = {}
        self.assigned: dict[int, int] = {}
        """Key of a freelancer's newest assignment."""
        self.by_contract = {
            partners[freelancer.number].contract_id: freelancer for freelancer in facts.freelancers
        }

    def post(self, books: Books, label: str) -> None:
        """Post every task of a month, one slot each."""
        for freelancer, task in self.of_month[label]:
            form = PostForm.model_validate(
                {
                    "key": f"{freelancer.number}",
                    "title": "Label warehouse photos",
                    "brief": "Mark the empty places of each photo, batch"
                    f" {freelancer.number} of {label}",
                    "term": "piece",
                    "price": task.price,
                    "currency": "EUR",
                    "quantity": str(task.pieces),
                    "starts_on": f"{label}-01",
                    "deadline": f"{label}-15",
                    "evidence": "the file of labels",
                    "category": "labour",
                    "place": "xa",
                    "buyer": "XH",
                }
            )
            self.posted[freelancer.number] = post(books, form).id

    def assign(self, books: Books, label: str) -> None:
        """Give each task to its freelancer."""
        for freelancer, _ in self.of_month[label]:
            supplier = books.named(Supplier, self.partners[freelancer.number].supplier)
            task = books.get(PostedTask, self.posted[freelancer.number])
            self.assigned[freelancer.number] = assign(books, task, supplier).id

    def sign(self, opener: Any, day: date) -> None:
        """Let each freelancer sign what was sent."""
        with opener(as_of=day)() as books:
            asked = [row for row in waiting(books) if row.kind == "signature"]
            who = {
                row.reference: books.get(TaskAssignment, row.subject_id).contract_id
                for row in asked
            }
        for reference, contract_id in who.items():
            signer = self.partners[self.by_contract[contract_id].number].signer
            with opener(as_of=day, actor=signer)() as books:
                answer(books, Answer(reference, "approve", "I take it"))

    def deliver(self, opener: Any, day: date, label: str, *, again: bool) -> None:
        """Let freelancers deliver all, or again what was not accepted."""
        for freelancer, task in self.of_month[label]:
            if again and (task.again < 0 or task.first == task.pieces):
                continue
            signer = self.partners[freelancer.number].signer
            data = f"{freelancer.number} {label} {again}".encode()
            with opener(as_of=day, actor=signer)() as books:
                row = books.get(TaskAssignment, self.assigned[freelancer.number])
                deliver(books, row, Delivered(day, [("labels.csv", data)]))

    def accepts(self, books: Books, sheet: ServiceSheet, *, again: bool) -> dict[str, Any] | None:
        """Return what a buyer accepts of a delivery; None of what freelancers did not deliver."""
        freelancer = self.by_contract.get(sheet.contract_id)
        if freelancer is None:
            return None
        task = next(each for each in freelancer.tasks if each.month == sheet.month)
        query = select(WorkItem).where(col(WorkItem.service_sheet_id) == sheet.id)
        item = books.session.exec(query).one()
        much = (task.again if again else task.first) * ONE_E4
        return {"accept": {item.reference: quantity_text(much)}}
