"""Sets the task order: the paper by which a freelancer takes one slot of a task."""

from datetime import date

from vendorops.books import Books, canonical
from vendorops.documents import contract_facts, keep
from vendorops.documents.contracts import DocumentOrder, RenderedDocument, render_document
from vendorops.documents.notices.heading import heading
from vendorops.documents.telling import UNITS, amount_text
from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.periods import DAY
from vendorops.programs import program
from vendorops.tables import Contract, Task, TaskAssignment, WorkOrder
from vendorops.working.tasks.engaging import order_of

KIND = "work-order"
ANYWHERE = "不限 anywhere"


def set_order(books: Books, assignment: TaskAssignment) -> None:
    """Set and keep the paper of an assignment, as of today."""
    paper = order_paper(books, assignment, books.as_of)
    title = f"task order {assignment.reference}"
    assignment.template, assignment.source_sha256 = paper.template, paper.source_sha256
    assignment.document_sha256 = keep(books, paper.pdf, title, ".pdf")


def order_paper(books: Books, assignment: TaskAssignment, day: date) -> RenderedDocument:
    """Set the paper as of a day; the same rows give the same bytes.

    Everything agreed travels inside it for machines, the brief and the evidence among it.
    """
    task = books.get(Task, assignment.task_id)
    order = order_of(books, assignment)
    contract = books.get(Contract, assignment.contract_id)
    languages = contract_facts(books, contract, day).languages
    unit = program(task.program).term(task.code).unit
    fields = {
        **heading(books, contract, languages),
        "reference": order.reference,
        "day": day.isoformat(),
        "post": _post(task),
        "worker": "",
        "workplace": task.site or ANYWHERE,
        "start": order.starts_on.isoformat(),
        "last_day": (order.ends_on - DAY).isoformat(),
        "bill_rate": f"{task.currency} {price_text(task.price_e6)}",
        "unit": UNITS.get(unit, unit),
        "hours_per_week": "",
        "cap": amount_text(order.budget_minor, order.currency),
    }
    terms = canonical(agreed(task, order))
    wanted = DocumentOrder(KIND, contract.place, day, fields, terms)
    return render_document(books.settings.templates, wanted)


def _post(task: Task) -> str:
    return (
        f"{task.title}: {task.brief} 交付期限 Deliver by {task.deadline}. "
        f"交付证明 Evidence: {task.evidence}"
    )[:1000]


def agreed(task: Task, order: WorkOrder) -> dict[str, str]:
    """Return what a task order agrees, as machines read it."""
    return {
        "order": order.reference,
        "task": task.reference,
        "title": task.title,
        "brief": task.brief,
        "term": task.code,
        "currency": task.currency,
        "price": price_text(task.price_e6),
        "most": quantity_text(task.most_e4),
        "starts_on": order.starts_on.isoformat(),
        "deadline": task.deadline.isoformat(),
        "late_days": str(task.late_days),
        "reworks": str(task.reworks),
        "ends_on": order.ends_on.isoformat(),
        "evidence": task.evidence,
        "category": task.category,
        "role": task.role,
        "site": order.site,
    }
