"""What is owed, paid and withheld."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import (
    PaymentBatchStatus,
    PaymentStatus,
    SettlementStatus,
    Status,
    WithholdingStatus,
)
from vendorops.tables.columns import (
    Row,
    day,
    lifecycle,
    link,
    once_where,
    strict,
    text,
    where_filled,
    whole,
)


class Settlement(Row, table=True):
    """What one contract is owed for one month (结算单), bound to what was approved."""

    __table_args__ = strict(
        lifecycle(SettlementStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("contract_id", "month", "version"),
        CheckConstraint("payable_minor = net_minor + tax_minor - withheld_minor", name="payable"),
        CheckConstraint("payable_minor >= 0 AND withheld_minor >= 0", name="not_negative"),
    )
    states: ClassVar[type[Status]] = SettlementStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"withheld_minor", "payable_minor", "content_sha256"}
    )

    reference: str = text()
    supplier_id: int = link("supplier")
    contract_id: int = link("contract", led=True)
    reconciliation_id: int = link("reconciliation", led=True)
    month: str = text(index=True)
    version: int = whole(default=1)
    as_of: date = day()
    due_on: date = day()
    """Last day on which the contract lets the first of its claims be paid."""
    currency: str = text()
    net_minor: int = whole()
    tax_minor: int = whole()
    withheld_minor: int = whole()
    payable_minor: int = whole()
    content_sha256: str = text()
    settlement_run_id: int | None = link("settlementrun", optional=True, led=True)
    """The run it was calculated in, with many others; their keys lie in a row."""
    status: str = text(default=SettlementStatus.CALCULATED.value, index=True)


class SettlementLine(Row, table=True):
    """One claim line settled: once for ever, unless a person rejected the settlement."""

    __table_args__ = strict(
        UniqueConstraint("invoice_line_id", "attempt"),
        CheckConstraint("attempt > 0", name="attempt"),
    )

    settlement_id: int = link("settlement")
    invoice_line_id: int = link("invoiceline", led=True)
    attempt: int = whole(default=1)
    """One more than the rejected settlements that held the line."""
    net_minor: int = whole()
    tax_minor: int = whole()


class Withholding(Row, table=True):
    """Tax kept back from one settlement for the payee (UBL WithholdingTaxTotal)."""

    __table_args__ = strict(
        lifecycle(WithholdingStatus),
        UniqueConstraint("settlement_id", "tax"),
        where_filled("withholding", "filing_id"),
        where_filled("withholding", "payment_id"),
        CheckConstraint(
            "amount_minor >= 0 AND base_minor >= 0 AND amount_minor <= base_minor "
            "AND base_minor <= income_minor",
            name="within_income",
        ),
    )
    states: ClassVar[type[Status]] = WithholdingStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"filing_id", "payment_id"})

    settlement_id: int = link("settlement", led=True)
    party_id: int = link("party")
    place: str = text()
    tax: str = text()
    """Code of the tax in law/, such as `cn.iit.labor_remuneration`."""
    income_kind: str = text()
    month: str = text(index=True)
    """The month in which the payment is made, whose return declares it."""
    currency: str = text()
    income_minor: int = whole()
    """The payment taxed, before tax."""
    base_minor: int = whole()
    """What this payment adds to the taxable amount of the month."""
    amount_minor: int = whole()
    day_income_minor: int | None = whole(default=None)
    """Of a tax of the day of payment: what of that day was counted before this payment."""
    day_withheld_minor: int | None = whole(default=None)
    """What was kept back of that before."""
    rule: str = text()
    """First day of the formula in force."""
    citations: str = text()
    """Canonical JSON: every number used, its value, first day and source."""
    filing_id: int | None = link("filing", optional=True, led=True)
    """The newest return that declares it, unless that was rejected or superseded."""
    payment_id: int | None = link("payment", optional=True, led=True)
    """What paid it over to the tax office, once that was released."""
    status: str = text(default=WithholdingStatus.COMPUTED.value, index=True)


class PaymentBatch(Row, table=True):
    """One payment file: made, approved and released by three different people."""

    __table_args__ = strict(
        lifecycle(PaymentBatchStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("message_id"),
        CheckConstraint("count > 0 AND control_sum_minor > 0", name="not_empty"),
        CheckConstraint(
            "planned_by <> approved_by AND planned_by <> released_by "
            "AND approved_by <> released_by",
            name="three_people",
        ),
        CheckConstraint(
            "status <> 'released' OR (released_by IS NOT NULL AND approved_by IS NOT NULL)",
            name="released_by_someone",
        ),
    )
    states: ClassVar[type[Status]] = PaymentBatchStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"approved_by", "released_by", "file_sha256"}
    )

    reference: str = text()
    message_id: str = text()
    """Fixed before approval; the bank recognises a repeat by it."""
    legal_entity_id: int = link("legalentity")
    debtor_account_id: int = link("bankaccount")
    """The account of the legal entity that is debited."""
    month: str = text(index=True)
    currency: str = text()
    format: str = text()
    """A module of payments/."""
    payment_channel_id: int | None = link("paymentchannel", optional=True)
    """What was on file of the account when the file was planned; none where nothing was."""
    created_on: date = day()
    execution_day: date = day()
    count: int = whole()
    control_sum_minor: int = whole()
    file_sha256: str = text()
    planned_by: str = text()
    approved_by: str | None = text(default=None)
    released_by: str | None = text(default=None)
    status: str = text(default=PaymentBatchStatus.PLANNED.value, index=True)


UNDERWAY = "status NOT IN ('cancelled', 'rejected', 'returned')"
"""What of a settlement there is at most one payment of."""
NOT_SENT = "status IN ('planned', 'approved')"
"""What of a return there is at most one payment of: what an earlier version paid may come back."""

FOR_ONE_THING = (
    "(CASE WHEN settlement_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN filing_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN returned_by_id IS NULL THEN 0 ELSE 1 END) = 1"
)


class Payment(Row, table=True):
    """Money for one settlement, or the tax of one return, to one account in use at its release.

    Or for a part of an earlier payment that came back, once more.
    """

    __table_args__ = strict(
        lifecycle(PaymentStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("end_to_end_id"),
        once_where(
            "uq_payment_once",
            ("settlement_id",),
            UNDERWAY,
        ),
        once_where(
            "uq_payment_of_return_once",
            ("filing_id",),
            f"filing_id IS NOT NULL AND {NOT_SENT}",
        ),
        once_where(
            "uq_payment_of_part_once",
            ("returned_by_id",),
            f"returned_by_id IS NOT NULL AND {UNDERWAY}",
        ),
        where_filled("payment", "filing_id"),
        where_filled("payment", "returned_by_id"),
        CheckConstraint(FOR_ONE_THING, name="for_one_thing"),
        CheckConstraint("amount_minor > 0", name="amount"),
    )
    states: ClassVar[type[Status]] = PaymentStatus

    reference: str = text()
    batch_id: int = link("paymentbatch")
    settlement_id: int | None = link("settlement", optional=True)
    filing_id: int | None = link("filing", optional=True, led=True)
    """The return whose tax is paid over, to the tax office."""
    returned_by_id: int | None = link("bankentry", optional=True, led=True)
    """The line of the bank by which a part of an earlier payment came back: this pays it anew."""
    bank_account_id: int = link("bankaccount")
    currency: str = text()
    amount_minor: int = whole()
    end_to_end_id: str = text()
    settlement_sha256: str = text()
    """Content of the settlement, or return, that was approved; compared again at release."""
    status: str = text(default=PaymentStatus.PLANNED.value, index=True)
