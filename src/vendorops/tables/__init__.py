"""What is remembered: facts, without behaviour."""

from vendorops.tables.accounts import AccountNotice, CallBack, Contact, NameCheck
from vendorops.tables.agreements import Amendment, ContractVersion, Termination
from vendorops.tables.claims import (
    Allocation,
    Difference,
    Invoice,
    InvoiceLine,
    ReceivedFile,
    Reconciliation,
    Tolerance,
)
from vendorops.tables.columns import Row
from vendorops.tables.compliance import Renewal, Review, RiskAssessment, SupplierChange
from vendorops.tables.control import (
    CheckFinding,
    Effect,
    Event,
    IdempotencyKey,
    LogHead,
    Refusal,
    Series,
    StoredDocument,
    VaultEntry,
)
from vendorops.tables.credits import CreditMemo, SettlementCredit
from vendorops.tables.decisions import (
    ApprovalRule,
    ApprovalStep,
    Decision,
    Delegation,
    EscalationRule,
)
from vendorops.tables.expenses import ExpenseLine, ExpensePolicy, ExpenseSheet
from vendorops.tables.ledger import ClosedMonth, LedgerAccount, Transfer
from vendorops.tables.money import (
    Filing,
    Payment,
    PaymentBatch,
    Settlement,
    SettlementLine,
    Withholding,
)
from vendorops.tables.orders import ChecklistItem, OrderLine, OrderRevision, Worker, WorkOrder
from vendorops.tables.parties import (
    BankAccount,
    ComplianceDocument,
    LegalEntity,
    Party,
    Person,
    Qualification,
    RoleGrant,
    Supplier,
)
from vendorops.tables.rates import RateCard, RateLine
from vendorops.tables.screening import (
    NameKey,
    Screening,
    ScreeningHit,
    WatchEntry,
    WatchIndex,
    Watchlist,
)
from vendorops.tables.time import TimeEntry, TimeShare, Timesheet
from vendorops.tables.work import Contract, ContractTerm, ServiceSheet, WorkItem

__all__ = [
    "AccountNotice",
    "Allocation",
    "Amendment",
    "ApprovalRule",
    "ApprovalStep",
    "BankAccount",
    "CallBack",
    "CheckFinding",
    "ChecklistItem",
    "ClosedMonth",
    "ComplianceDocument",
    "Contact",
    "Contract",
    "ContractTerm",
    "ContractVersion",
    "CreditMemo",
    "Decision",
    "Delegation",
    "Difference",
    "Effect",
    "EscalationRule",
    "Event",
    "ExpenseLine",
    "ExpensePolicy",
    "ExpenseSheet",
    "Filing",
    "IdempotencyKey",
    "Invoice",
    "InvoiceLine",
    "LedgerAccount",
    "LegalEntity",
    "LogHead",
    "NameCheck",
    "NameKey",
    "OrderLine",
    "OrderRevision",
    "Party",
    "Payment",
    "PaymentBatch",
    "Person",
    "Qualification",
    "RateCard",
    "RateLine",
    "ReceivedFile",
    "Reconciliation",
    "Refusal",
    "Renewal",
    "Review",
    "RiskAssessment",
    "RoleGrant",
    "Row",
    "Screening",
    "ScreeningHit",
    "Series",
    "ServiceSheet",
    "Settlement",
    "SettlementCredit",
    "SettlementLine",
    "StoredDocument",
    "Supplier",
    "SupplierChange",
    "Termination",
    "TimeEntry",
    "TimeShare",
    "Timesheet",
    "Tolerance",
    "Transfer",
    "VaultEntry",
    "WatchEntry",
    "WatchIndex",
    "Watchlist",
    "Withholding",
    "WorkItem",
    "WorkOrder",
    "Worker",
]
