"""Drafts pro formas of accepted work, gathered as the supplier agreed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, insert
from sqlmodel import col, func, or_, select

from vendorops.books import Books, canonical, content_sha256
from vendorops.books.outbox import promise_file
from vendorops.documents import keep
from vendorops.documents.notices import pro_forma_paper
from vendorops.documents.self_billed import (
    BilledWork,
    Content,
    Heading,
    billed_work,
    masked_paper,
)
from vendorops.domain.lifecycle import SelfBillingAgreementStatus
from vendorops.domain.measure import extended
from vendorops.domain.self_billing import (
    INVOICE_CODE,
    Grouping,
    Schedule,
    billable_before,
    bucket,
)
from vendorops.tables import (
    Contract,
    OrderLine,
    SelfBilledInvoice,
    SelfBilledLine,
    SelfBillingAgreement,
    ServiceSheet,
    WorkItem,
    WorkOrder,
)
from vendorops.working.cost_centres import splits
from vendorops.working.self_billing.taxing import refuse_other_tax
from vendorops.working.self_billing.unbilled import is_unbilled


@dataclass(frozen=True)
class Due:
    """Work that is to be billed, and where it was ordered."""

    item: WorkItem
    sheet: ServiceSheet
    order: WorkOrder | None


@dataclass(frozen=True)
class Draft:
    """An invoice before it is entered: what it says, and where it belongs."""

    type_code: str
    month: str
    bucket: str
    unit: str
    content: Content
    credit_memo_id: int | None = None


def agreements_to_bill(books: Books) -> list[int]:
    """Return the agreements under which work is due that nobody has billed."""
    query = (
        select(SelfBillingAgreement.id)
        .join(WorkItem, col(WorkItem.contract_id) == col(SelfBillingAgreement.contract_id))
        .where(
            col(SelfBillingAgreement.status) == SelfBillingAgreementStatus.AGREED.value,
            col(SelfBillingAgreement.agreed_on) <= books.as_of,
            _covered(),
            or_(*(_is_over(books, schedule) for schedule in Schedule)),
            is_unbilled(),
        )
        .distinct()
        .order_by(col(SelfBillingAgreement.id))
    )
    return list(books.session.exec(query))


def _covered() -> ColumnElement[bool]:
    return (col(WorkItem.performed_on) >= col(SelfBillingAgreement.starts_on)) & (
        col(WorkItem.performed_on) < col(SelfBillingAgreement.ends_on)
    )


def _is_over(books: Books, schedule: Schedule) -> ColumnElement[bool]:
    return (col(SelfBillingAgreement.schedule) == schedule.value) & (
        col(WorkItem.performed_on) < billable_before(schedule, books.as_of)
    )


def draft_due(books: Books, agreement: SelfBillingAgreement) -> list[SelfBilledInvoice]:
    """Draft a pro forma for each group of work that is due, and promise it to the supplier.

    The caller holds the log, so that nobody claims or drafts the same work meanwhile.
    """
    contract = books.get(Contract, agreement.contract_id)
    head = Heading(books, agreement, contract)
    return [
        _draft_work(head, key, group)
        for key, group in sorted(_grouped(books, agreement, _due(books, agreement)).items())
    ]


def _due(books: Books, agreement: SelfBillingAgreement) -> list[Due]:
    before = billable_before(Schedule(agreement.schedule), books.as_of)
    query = (
        select(WorkItem, ServiceSheet, WorkOrder)
        .join(ServiceSheet, col(ServiceSheet.id) == col(WorkItem.service_sheet_id))
        .outerjoin(OrderLine, col(OrderLine.id) == col(WorkItem.order_line_id))
        .outerjoin(WorkOrder, col(WorkOrder.id) == col(OrderLine.work_order_id))
        .where(
            col(WorkItem.contract_id) == agreement.contract_id,
            col(WorkItem.performed_on) >= agreement.starts_on,
            col(WorkItem.performed_on) < min(agreement.ends_on, before),
            is_unbilled(),
        )
        .order_by(col(WorkItem.performed_on), col(WorkItem.reference))
    )
    return [Due(*row) for row in books.session.exec(query)]


def _grouped(
    books: Books, agreement: SelfBillingAgreement, due: Sequence[Due]
) -> Mapping[tuple[str, str, str], list[Due]]:
    """Return what goes on one invoice each, by month, stretch of time and unit."""
    grouping, schedule = Grouping(agreement.grouping), Schedule(agreement.schedule)
    shares = splits(books) if grouping is Grouping.COST_CENTRE else None
    found: defaultdict[tuple[str, str, str], list[Due]] = defaultdict(list)
    for one in due:
        unit = ""
        if shares:
            order = one.order.id if one.order else None
            borne = shares.on(one.item.performed_on, agreement.contract_id, order)
            unit = " ".join(f"{code}:{share}" for code, share in borne)
            unit = borne[0][0] if len(borne) == 1 else unit
        elif grouping is Grouping.ORDER and one.order:
            unit = one.order.reference
        elif grouping is Grouping.SHEET:
            unit = one.sheet.reference
        found[one.sheet.month, bucket(schedule, one.item.performed_on), unit].append(one)
    return found


def _draft_work(
    head: Heading, key: tuple[str, str, str], group: Sequence[Due]
) -> SelfBilledInvoice:
    month, stretch, unit = key
    items = [one.item for one in group]
    orders = [one.order.reference for one in group if one.order]
    content = billed_work(head, BilledWork(items, orders))
    refuse_other_tax(head.books, head.contract, items, content)
    row = enter_draft(head, Draft(INVOICE_CODE, month, stretch, unit, content))
    books = head.books
    held = _attempts(books, items)
    first = books.keys(len(items))
    books.session.execute(
        insert(SelfBilledLine),
        [
            {
                "id": first + at,
                "self_billed_invoice_id": row.id,
                "line": at + 1,
                "work_item_id": item.id,
                "attempt": held.get(item.id, 0) + 1,
                "quantity_e4": item.accepted_e4,
                "net_minor": extended(item.accepted_e4, item.price_e6, item.currency).minor,
            }
            for at, item in enumerate(items)
        ],
    )
    return row


def _attempts(books: Books, items: Sequence[WorkItem]) -> dict[int, int]:
    query = (
        select(SelfBilledLine.work_item_id, func.max(SelfBilledLine.attempt))
        .where(col(SelfBilledLine.work_item_id).in_([item.id for item in items]))
        .group_by(col(SelfBilledLine.work_item_id))
    )
    return dict(books.session.exec(query).all())


def enter_draft(head: Heading, draft: Draft) -> SelfBilledInvoice:
    """Enter a pro forma with its figures, set its page, and promise that to the supplier."""
    books, contract = head.books, head.contract
    row = SelfBilledInvoice(
        id=books.key(),
        reference=books.reference("SBI"),
        agreement_id=head.agreement.id,
        contract_id=contract.id,
        credit_memo_id=draft.credit_memo_id,
        type_code=draft.type_code,
        month=draft.month,
        bucket=draft.bucket,
        unit=draft.unit,
        content=canonical(draft.content).decode(),
        content_sha256=content_sha256(draft.content),
        document_sha256="",
        currency=contract.currency,
        net_minor=0,
        tax_minor=0,
        drafted_on=books.as_of,
        shown_on=books.as_of,
    )
    paper = masked_paper(books, row)
    row.net_minor, row.tax_minor = paper.net.minor, paper.tax.minor
    page = pro_forma_paper(books, row)
    row.document_sha256 = keep(books, page.pdf, f"pro forma {row.reference}", ".pdf")
    lines = f"{len(paper.lines)} lines" if len(paper.lines) > 1 else "1 line"
    books.enter(row, because=f"{lines} under {contract.reference} for {draft.bucket}")
    shown = books.record(
        "shown", row, f"to the supplier of {contract.reference}", content_sha256=row.content_sha256
    )
    promise_file(books, shown, row.document_sha256, f"{row.reference}.pdf")
    return row
