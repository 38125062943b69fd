"""What is remembered: facts, without behaviour. What is imported here is what is offered."""

from vendorops.tables.accounts import AccountNotice, CallBack, Contact, NameCheck
from vendorops.tables.adjustments import AdjustmentLine, AgreedTerm
from vendorops.tables.agreements import Amendment, ContractVersion, Termination
from vendorops.tables.bank import (
    BankCharge,
    BankEntry,
    BankFile,
    BankMatch,
    BankStatement,
    BankTableLayout,
    PartReturn,
    PaymentChannel,
    ReleaseFreeze,
)
from vendorops.tables.blocks import BlockMove, RowBlock
from vendorops.tables.budgets import CostCentre, CostSplit
from vendorops.tables.claims import (
    Allocation,
    Difference,
    InputTax,
    Invoice,
    InvoiceLine,
    InvoiceSource,
    ReceivedFile,
    Reconciliation,
    Tolerance,
)
from vendorops.tables.classification import (
    ClassificationDecision,
    ClassificationDuty,
    DispatchPost,
    Headcount,
)
from vendorops.tables.columns import Row
from vendorops.tables.compliance import Renewal, Review, RiskAssessment, SupplierChange
from vendorops.tables.confirmations import ConfirmationPolicy, SettlementConfirmation
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
from vendorops.tables.corrections import ReferenceCorrection
from vendorops.tables.covering import LineCoverage
from vendorops.tables.credits import CreditMemo, SettlementCredit
from vendorops.tables.decisions import (
    ApprovalRule,
    ApprovalStep,
    Decision,
    Delegation,
    EscalationRule,
)
from vendorops.tables.deliveries import Delivery, DeliveryEvidence, DeliveryTerm
from vendorops.tables.disputes import (
    Dispute,
    DisputeCredit,
    DisputeEvidence,
    DisputeMessage,
    LineAdjustment,
)
from vendorops.tables.duplicates import InvoiceKey, PossibleDuplicate
from vendorops.tables.earnings import EarnedLine, EarningFact
from vendorops.tables.expenses import ExpenseLine, ExpensePolicy, ExpenseSheet
from vendorops.tables.filings import (
    Filing,
    FilingLine,
    FilingReceipt,
    FilingSheet,
    InformationReturn,
    OfficeTemplate,
    TaxOffice,
)
from vendorops.tables.funding import Funding, FundingPolicy
from vendorops.tables.holds import InvoiceHold
from vendorops.tables.intake import ContainedFile, Container, StatementLayout, SuggestedClaim
from vendorops.tables.ledger import ClosedMonth, LedgerAccount, Transfer
from vendorops.tables.money import Payment, PaymentBatch, Settlement, SettlementLine, Withholding
from vendorops.tables.offers import Interview, Offer
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
from vendorops.tables.placements import Placement
from vendorops.tables.rates import RateCard, RateLine
from vendorops.tables.registrations import TaxRegistration
from vendorops.tables.responses import InvoiceResponse
from vendorops.tables.scorecards import ScorecardRun, ScoreLine
from vendorops.tables.screening import (
    NameKey,
    Screening,
    ScreeningHit,
    WatchEntry,
    WatchIndex,
    Watchlist,
)
from vendorops.tables.sealing import Reopening, SealedWork
from vendorops.tables.self_billing import (
    SelfBilledInvoice,
    SelfBilledLine,
    SelfBillingAgreement,
)
from vendorops.tables.service_levels import Measurement, ServiceMonth
from vendorops.tables.settling import SettlementRun
from vendorops.tables.sourcing import Distribution, Requisition, Submission
from vendorops.tables.standing import TaxStanding
from vendorops.tables.talent import (
    Assessment,
    TalentCertificate,
    TalentDemand,
    TalentLabel,
    TalentProfile,
    TalentProposal,
    TalentVerification,
)
from vendorops.tables.tasks import (
    Employee,
    Task,
    TaskApplication,
    TaskAssignment,
    TaskDelivery,
    TaskEvidence,
)
from vendorops.tables.time import TimeEntry, TimeShare, Timesheet
from vendorops.tables.verdicts import RuleVerdict, VerdictPolicy
from vendorops.tables.work import Contract, ContractTerm, ServiceSheet, WorkItem
