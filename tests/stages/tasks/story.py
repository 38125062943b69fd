"""Steps of a task's life, as people and runs take them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from tests import make
from vendorops.books import Answer, Opener, answer, waiting
from vendorops.domain.measure import quantity_e4
from vendorops.stages import sweep
from vendorops.tables import Supplier, Task, TaskAssignment, TaskDelivery
from vendorops.working.tasks import Delivered, apply_for, assign, deliver

OpenerMaker = Callable[..., Opener]
STAGES = ("tasks", "ordering", "task_applications", "task_deliveries", "acceptance", "task_orders")
FIRST, SECOND = "wang.xiaoming", "li.lei"
ANOTHER_ADULT = "11010519900307123X"


def run(opener: OpenerMaker, as_of: date = make.AS_OF) -> list[str]:
    """Run the stages that tasks pass through, and return what they refused."""
    refused = []
    for stage in STAGES:
        outcome = sweep(stage, opener(as_of=as_of, actor=f"system:{stage}"))
        refused += [reason for _, reason in outcome.refused]
    return refused


def posted(opener: OpenerMaker, **changed: Any) -> Task:
    """A posted task that lin.buyer asked for."""
    with opener(actor="lin.buyer")() as books:
        row = make.task(books, **changed)
    sweep("tasks", opener(actor="system:tasks"), [row.id])
    with opener()() as books:
        return books.get(Task, row.id)


def given(
    opener: OpenerMaker, task: Task, supplier_id: int, as_of: date = make.AS_OF
) -> TaskAssignment:
    """An assignment by lin.buyer, whose paper is sent."""
    with opener(actor="lin.buyer", as_of=as_of)() as books:
        row = assign(books, books.get(Task, task.id), books.get(Supplier, supplier_id))
    sweep("task_orders", opener(as_of=as_of, actor="system:task_orders"), [row.id])
    return row


def signed(
    opener: OpenerMaker, row: TaskAssignment, who: str, as_of: date = make.AS_OF
) -> TaskAssignment:
    """An assignment that its freelancer signed by a click."""
    with opener(actor=who, as_of=as_of)() as books:
        asked = [each for each in waiting(books) if each.subject_id == row.id]
        answer(books, Answer(asked[0].reference, "approve", "I take it"))
    sweep("task_orders", opener(as_of=as_of, actor="system:task_orders"), [row.id])
    return again(opener, row)


def again(opener: OpenerMaker, row: TaskAssignment) -> TaskAssignment:
    """The assignment as the books have it now."""
    with opener()() as books:
        return books.get(TaskAssignment, row.id)


def applied(opener: OpenerMaker, task: Task, supplier_id: int, who: str) -> str:
    """An application; its reference."""
    with opener(actor=who)() as books:
        found = books.get(Supplier, supplier_id)
        return apply_for(books, books.get(Task, task.id), found, "I labelled before").reference


def handed_in(
    opener: OpenerMaker,
    row: TaskAssignment,
    who: str,
    quantity: str = "",
    *,
    as_of: date = make.AS_OF,
    files: Sequence[tuple[str, bytes]] | None = None,
    **changed: Any,
) -> TaskDelivery:
    """A delivery on a day, with a file of its own unless given others."""
    own = [("labels.csv", f"{row.reference} {quantity} {as_of}".encode())]
    said = Delivered(
        done_on=changed.pop("done_on", as_of),
        files=own if files is None else files,
        quantity_e4=quantity_e4(quantity) if quantity else None,
        **changed,
    )
    with opener(actor=who, as_of=as_of)() as books:
        return deliver(books, books.get(TaskAssignment, row.id), said)


def judged(
    opener: OpenerMaker,
    says: str = "approve",
    accept: dict[str, str] | None = None,
    as_of: date = make.AS_OF,
) -> None:
    """Let the buyer answer what is to be accepted, and carry it back."""
    detail = {"accept": accept} if accept else None
    make.reply(opener, "acceptance", "gao.buyer", says, detail=detail, as_of=as_of)
    run(opener, as_of)


def statuses(opener: OpenerMaker, task: Task) -> tuple[str, list[str]]:
    """What stands on a task and on its assignments, in their order."""
    with opener()() as books:
        query = select(TaskAssignment.status).where(col(TaskAssignment.task_id) == task.id)
        found = list(books.session.exec(query.order_by(col(TaskAssignment.id))))
        return books.get(Task, task.id).status, found
