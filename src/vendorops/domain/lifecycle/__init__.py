"""Every state machine of the company, a page for each part of the line.

A member is written `NAME = "value", "values it may become"`, so a state and its arrows share a
line. Only `Books.move` writes a status, and it asks `Status.check` first. A row is born in the
first state of its lifecycle. The words are those of vendor-management systems for people and
work, and of UBL, EN 16931 and ISO 20022 for money documents.
"""

from vendorops.domain.lifecycle.adjustments import AgreedTermStatus
from vendorops.domain.lifecycle.bank import BankEntryStatus, BankFileStatus, FreezeStatus
from vendorops.domain.lifecycle.classification import ClassificationStatus
from vendorops.domain.lifecycle.confirmations import ConfirmationStatus
from vendorops.domain.lifecycle.control import (
    DecisionStatus,
    EffectStatus,
)
from vendorops.domain.lifecycle.deliveries import (
    DeliveryStatus,
    MeasurementStatus,
    ServiceMonthStatus,
)
from vendorops.domain.lifecycle.disputes import DisputeStatus
from vendorops.domain.lifecycle.duplicates import PossibleDuplicateStatus
from vendorops.domain.lifecycle.holds import InvoiceHoldStatus
from vendorops.domain.lifecycle.measuring import ScorecardRunStatus
from vendorops.domain.lifecycle.money import (
    FilingStatus,
    InvoiceStatus,
    PaymentBatchStatus,
    PaymentStatus,
    ReceivedFileStatus,
    ReconciliationStatus,
    ReopeningStatus,
    SettlementStatus,
    WithholdingStatus,
)
from vendorops.domain.lifecycle.orders import (
    ChecklistItemStatus,
    CreditMemoStatus,
    OrderRevisionStatus,
    WorkerStatus,
    WorkOrderStatus,
)
from vendorops.domain.lifecycle.partners import (
    BankAccountStatus,
    ComplianceDocumentStatus,
    QualificationStatus,
    RenewalStatus,
    ReviewStatus,
    SupplierChangeStatus,
    SupplierStatus,
    WatchlistStatus,
)
from vendorops.domain.lifecycle.placements import PlacementStatus
from vendorops.domain.lifecycle.registrations import TaxRegistrationStatus
from vendorops.domain.lifecycle.self_billing import (
    SelfBilledInvoiceStatus,
    SelfBillingAgreementStatus,
)
from vendorops.domain.lifecycle.sourcing import (
    DistributionStatus,
    InterviewStatus,
    OfferStatus,
    RequisitionStatus,
    SubmissionStatus,
)
from vendorops.domain.lifecycle.staffing import (
    ExpenseSheetStatus,
    RateCardStatus,
    TimesheetStatus,
)
from vendorops.domain.lifecycle.status import IllegalMove, Status
from vendorops.domain.lifecycle.talent import TalentCertificateStatus, TalentStatus
from vendorops.domain.lifecycle.tasks import (
    TaskApplicationStatus,
    TaskAssignmentStatus,
    TaskDeliveryStatus,
    TaskStatus,
)
from vendorops.domain.lifecycle.work import (
    AmendmentStatus,
    ContractStatus,
    ServiceSheetStatus,
    TerminationStatus,
)

__all__ = [
    "AgreedTermStatus",
    "AmendmentStatus",
    "BankAccountStatus",
    "BankEntryStatus",
    "BankFileStatus",
    "ChecklistItemStatus",
    "ClassificationStatus",
    "ComplianceDocumentStatus",
    "ConfirmationStatus",
    "ContractStatus",
    "CreditMemoStatus",
    "DecisionStatus",
    "DeliveryStatus",
    "DisputeStatus",
    "DistributionStatus",
    "EffectStatus",
    "ExpenseSheetStatus",
    "FilingStatus",
    "FreezeStatus",
    "IllegalMove",
    "InterviewStatus",
    "InvoiceHoldStatus",
    "InvoiceStatus",
    "MeasurementStatus",
    "OfferStatus",
    "OrderRevisionStatus",
    "PaymentBatchStatus",
    "PaymentStatus",
    "PlacementStatus",
    "PossibleDuplicateStatus",
    "QualificationStatus",
    "RateCardStatus",
    "ReceivedFileStatus",
    "ReconciliationStatus",
    "RenewalStatus",
    "ReopeningStatus",
    "RequisitionStatus",
    "ReviewStatus",
    "ScorecardRunStatus",
    "SelfBilledInvoiceStatus",
    "SelfBillingAgreementStatus",
    "ServiceMonthStatus",
    "ServiceSheetStatus",
    "SettlementStatus",
    "Status",
    "SubmissionStatus",
    "SupplierChangeStatus",
    "SupplierStatus",
    "TalentCertificateStatus",
    "TalentStatus",
    "TaskApplicationStatus",
    "TaskAssignmentStatus",
    "TaskDeliveryStatus",
    "TaskStatus",
    "TaxRegistrationStatus",
    "TerminationStatus",
    "TimesheetStatus",
    "WatchlistStatus",
    "WithholdingStatus",
    "WorkOrderStatus",
    "WorkerStatus",
]
