"""Invoices that we write in suppliers' names: what was agreed on them, and each of them."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import (
    SelfBilledInvoiceStatus,
    SelfBillingAgreementStatus,
    Status,
)
from vendorops.domain.self_billing import CREDIT_CODE, INVOICE_CODE, Grouping, Schedule
from vendorops.tables.columns import (
    Row,
    day,
    lifecycle,
    link,
    once_where,
    one_of,
    strict,
    text,
    whole,
)


class SelfBillingAgreement(Row, table=True):
    """What a supplier agreed to: that we bill work under a contract, how, from when to when."""

    __table_args__ = strict(
        lifecycle(SelfBillingAgreementStatus),
        one_of("writes", ("invoice", "pro_forma")),
        one_of("grouping", [str(each) for each in Grouping]),
        one_of("schedule", [str(each) for each in Schedule]),
        UniqueConstraint("reference"),
        CheckConstraint("ends_on >= starts_on", name="period"),
        CheckConstraint("objection_days > 0", name="objection_days"),
        CheckConstraint("silence_agrees IN (0, 1)", name="silence_agrees"),
        CheckConstraint(
            "status <> 'agreed' OR (agreed_by IS NOT NULL AND agreed_on IS NOT NULL)",
            name="agreed_by_someone",
        ),
        once_where(
            "uq_selfbillingagreement_one_proposed", ("contract_id",), "status = 'proposed'"
        ),
    )
    states: ClassVar[type[Status]] = SelfBillingAgreementStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"ends_on", "agreed_by", "agreed_on"})

    reference: str = text()
    contract_id: int = link("contract")
    writes: str = text()
    """`invoice`, or `pro_forma` where the supplier writes its own from what was aligned."""
    series: str = text(index=True)
    """Prefix of the numbers, such as SB-HX; a series belongs to one supplier."""
    grouping: str = text()
    schedule: str = text()
    tax_treatment: str = text()
    """A treatment of billing_law/; nothing where only pro formas are written."""
    format: str = text()
    """A module of formats/ that can be written."""
    objection_days: int = whole()
    """Calendar days in which the supplier may object to a pro forma."""
    silence_agrees: int = whole()
    """1 where a pro forma to which nobody objects in time is agreed."""
    starts_on: date = day()
    """First day whose work is billed so."""
    ends_on: date = day()
    """First day whose work is not."""
    proposed_by: str = text()
    proposed_on: date = day()
    agreed_by: str | None = text(default=None)
    agreed_on: date | None = day(default=None)
    status: str = text(default=SelfBillingAgreementStatus.PROPOSED.value, index=True)


class SelfBilledInvoice(Row, table=True):
    """One invoice or credit note that we write, from the pro forma on."""

    __table_args__ = strict(
        lifecycle(SelfBilledInvoiceStatus),
        one_of("type_code", (INVOICE_CODE, CREDIT_CODE)),
        UniqueConstraint("reference"),
        UniqueConstraint("number"),
        CheckConstraint("round > 0", name="round"),
        CheckConstraint(
            f"(type_code = '{CREDIT_CODE}') = (credit_memo_id IS NOT NULL)", name="of_a_memo"
        ),
        CheckConstraint(
            "status <> 'issued' OR (number IS NOT NULL AND issued_on IS NOT NULL AND due_on IS NOT"
            " NULL AND file_sha256 IS NOT NULL)",
            name="numbered_when_issued",
        ),
        CheckConstraint("net_minor >= 0 AND tax_minor >= 0", name="amounts"),
        once_where("uq_selfbilledinvoice_of_memo", ("credit_memo_id",), "status <> 'void'"),
    )
    states: ClassVar[type[Status]] = SelfBilledInvoiceStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"round", "shown_on", "number", "issued_on", "due_on", "bank_account_id"}
        | {"file_sha256", "invoice_id"}
    )

    reference: str = text()
    agreement_id: int = link("selfbillingagreement")
    contract_id: int = link("contract")
    credit_memo_id: int | None = link("creditmemo", optional=True)
    """What a credit note is the paper of."""
    type_code: str = text()
    """BT-3."""
    month: str = text(index=True)
    bucket: str = text()
    """The stretch of time billed, such as `2026-10 W41`."""
    unit: str = text(default="")
    """The cost centre, order or sheet whose work it is, where work is gathered by one."""
    content: str = text()
    """What it says, but number, days of issue and identity numbers: canonical JSON."""
    content_sha256: str = text()
    document_sha256: str = text()
    """The pro forma as it was shown."""
    currency: str = text()
    net_minor: int = whole()
    tax_minor: int = whole()
    drafted_on: date = day()
    round: int = whole(default=1)
    """One more each time it was shown again after an objection."""
    shown_on: date = day()
    """From here the days to object are counted."""
    number: str | None = text(default=None)
    """BT-1, the next of the agreement's series."""
    issued_on: date | None = day(default=None)
    due_on: date | None = day(default=None)
    bank_account_id: int | None = link("bankaccount", optional=True)
    """The account named in it: the supplier's active one of that day."""
    file_sha256: str | None = text(default=None)
    invoice_id: int | None = link("invoice", optional=True)
    """The claim that it became; a credit note is taken off by its memo and is none."""
    status: str = text(default=SelfBilledInvoiceStatus.PRO_FORMA.value, index=True)


class SelfBilledLine(Row, table=True):
    """One piece of accepted work on such an invoice: once for ever, unless that was voided."""

    __table_args__ = strict(
        UniqueConstraint("self_billed_invoice_id", "line"),
        UniqueConstraint("work_item_id", "attempt"),
        CheckConstraint("quantity_e4 > 0", name="quantity"),
        CheckConstraint("attempt > 0", name="attempt"),
    )

    self_billed_invoice_id: int = link("selfbilledinvoice")
    line: int = whole()
    work_item_id: int = link("workitem")
    attempt: int = whole(default=1)
    """One more than the voided invoices that held the work."""
    quantity_e4: int = whole()
    net_minor: int = whole()
