"""Puts a service sheet before a buyer: every line with its price and amount, nothing else."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import bindparam
from sqlmodel import col, select

from vendorops.books import Books, Question
from vendorops.documents import contract_facts
from vendorops.domain.lifecycle import DecisionStatus
from vendorops.domain.measure import extended, price_text, quantity_text
from vendorops.domain.money import Money, total
from vendorops.paying.payment_day import working_days_after
from vendorops.stages.acceptance.quantities import UnusableAnswer, accepted_quantities
from vendorops.tables import Contract, Decision, ServiceSheet, Supplier, WorkItem
from vendorops.working.budgets import BudgetExceeded, refuse_unaffordable
from vendorops.working.earning import fact_reporters
from vendorops.working.grading import Scale, UnusableGrade, refuse_grades, scales
from vendorops.working.placing import reporters

KIND = "acceptance"
ROLE = "buyer"
_APPROVALS = (  # Written once: every step of every sheet asks it.
    select(Decision)
    .where(
        col(Decision.subject_table) == ServiceSheet.__name__.lower(),
        col(Decision.subject_id) == bindparam("sheet"),
        col(Decision.kind) == KIND,
        col(Decision.status) == DecisionStatus.ANSWERED.value,
        col(Decision.answer) == "approve",
    )
    .order_by(col(Decision.id))
)


def delivered(books: Books, sheet: ServiceSheet) -> list[WorkItem]:
    """Return the work of a sheet, line by line."""
    query = select(WorkItem).where(col(WorkItem.service_sheet_id) == sheet.id)
    return list(books.session.exec(query.order_by(col(WorkItem.line))))


def unusable(books: Books, sheet: ServiceSheet, items: Sequence[WorkItem]) -> dict[str, str]:
    """Return approvals given before that cannot be followed: decision reference to the reason."""
    found = {}
    graded = scales(books, sheet, items)
    for decision in books.session.exec(_APPROVALS, params={"sheet": sheet.id}):
        try:
            accepted = accepted_quantities(items, decision.detail)
            refuse_grades(graded, accepted, decision.detail)
            refuse_unaffordable(books, items, accepted)
        except (UnusableAnswer, UnusableGrade, BudgetExceeded) as refusal:
            found[decision.reference] = str(refusal)
    return found


def question(
    books: Books, sheet: ServiceSheet, items: Sequence[WorkItem], refused: Mapping[str, str]
) -> Question:
    """Return what is asked; an answer that could not be followed makes it another question."""
    contract = books.get(Contract, sheet.contract_id)
    supplier = books.get(Supplier, contract.supplier_id)
    amount = total([_amount(item) for item in items], contract.currency)
    graded = scales(books, sheet, items)
    again = "".join(f" Answer {name} was refused: {why}." for name, why in refused.items())
    return Question(
        kind=KIND,
        subject=sheet,
        content={
            "sheet": sheet.reference,
            "contract": contract.reference,
            "supplier": supplier.reference,
            "month": sheet.month,
            "source_sha256": sheet.source_sha256,
            "lines": [_shown(item) | _scale(graded, item) for item in items],
            "amount": repr(amount),
            "refused_answers": dict(refused),
        },
        sentence=(
            f"Accept {len(items)} lines of work, {amount}, of {supplier.reference} under"
            f" {contract.reference} in {sheet.month}?{again}"
        ),
        role=ROLE,
        party_id=supplier.party_id,
        amount=amount,
        program=contract.program,
        place=contract.place,
        not_by=(sheet.submitted_by, *reporters(books, sheet), *fact_reporters(books, sheet)),
        due_days=max(0, (review_ends(books, sheet, contract) - books.as_of).days),
    )


def review_ends(books: Books, sheet: ServiceSheet, contract: Contract) -> date:
    """Return the last day on which the contract lets the buyer accept or reject in time."""
    agreed = contract_facts(books, contract, sheet.submitted_on).acceptance
    return working_days_after(contract.place, sheet.submitted_on, agreed.review_days)


def silence_accepts(books: Books, sheet: ServiceSheet) -> str:
    """Return why silence has accepted a sheet by now; nothing where it has not."""
    contract = books.get(Contract, sheet.contract_id)
    agreed = contract_facts(books, contract, sheet.submitted_on).acceptance
    if not agreed.deemed_days:
        return ""
    last = working_days_after(contract.place, sheet.submitted_on, agreed.deemed_days)
    if books.as_of <= last:
        return ""
    return f"nobody answered until {last}, and {contract.reference} makes silence accept"


def _amount(item: WorkItem) -> Money:
    return extended(item.quantity_e4, item.price_e6, item.currency)


def _shown(item: WorkItem) -> dict[str, str]:
    return {
        "reference": item.reference,
        "term": item.term,
        "description": item.description,
        "performed_on": item.performed_on.isoformat(),
        "quantity": quantity_text(item.quantity_e4),
        "price": price_text(item.price_e6),
        "basis": Money(item.basis_minor, item.currency).text,
        "amount": repr(_amount(item)),
    }


def _scale(graded: Mapping[str, Scale], item: WorkItem) -> dict[str, str]:
    """Return by which grades work is accepted, where it is."""
    scale = graded.get(item.reference)
    if scale is None:
        return {}
    return {"grades": " ".join(scale.grades), "least_grade": scale.least}
