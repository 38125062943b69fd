"""What is remembered: facts, without behaviour."""

from vendorops.tables.accounts import AccountNotice, CallBack, Contact, NameCheck
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
from vendorops.tables.compliance import Review
from vendorops.tables.control import (
    CheckFinding,
    Decision,
    Effect,
    Event,
    IdempotencyKey,
    LogHead,
    Refusal,
    Series,
    StoredDocument,
    VaultEntry,
)
from vendorops.tables.ledger import ClosedMonth, LedgerAccount, Transfer
from vendorops.tables.money import (
    Filing,
    Payment,
    PaymentBatch,
    Settlement,
    SettlementLine,
    Withholding,
)
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
from vendorops.tables.work import Contract, ContractTerm, ServiceSheet, WorkItem

__all__ = [
    "AccountNotice",
    "Allocation",
    "BankAccount",
    "CallBack",
    "CheckFinding",
    "ClosedMonth",
    "ComplianceDocument",
    "Contact",
    "Contract",
    "ContractTerm",
    "Decision",
    "Difference",
    "Effect",
    "Event",
    "Filing",
    "IdempotencyKey",
    "Invoice",
    "InvoiceLine",
    "LedgerAccount",
    "LegalEntity",
    "LogHead",
    "NameCheck",
    "Party",
    "Payment",
    "PaymentBatch",
    "Person",
    "Qualification",
    "ReceivedFile",
    "Reconciliation",
    "Refusal",
    "Review",
    "RoleGrant",
    "Row",
    "Series",
    "ServiceSheet",
    "Settlement",
    "SettlementLine",
    "StoredDocument",
    "Supplier",
    "Tolerance",
    "Transfer",
    "VaultEntry",
    "Withholding",
    "WorkItem",
]
