"""The ledger for other programs: as a Beancount file, and as a workbook."""

from vendorops.documents.ledger_export.beancount import beancount_ledger
from vendorops.documents.ledger_export.journal import Journal, TooMany, balances_on, journal
from vendorops.documents.ledger_export.workbook import ledger_workbook

__all__ = ["Journal", "TooMany", "balances_on", "beancount_ledger", "journal", "ledger_workbook"]
