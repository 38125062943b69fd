"""What one supplier's month came to, for finance as a workbook and for the supplier as a paper."""

from vendorops.documents.months.book import month_book
from vendorops.documents.months.paper import month_paper
from vendorops.documents.months.telling import ContractMonth, month_of, suppliers_of

__all__ = ["ContractMonth", "month_book", "month_of", "month_paper", "suppliers_of"]
