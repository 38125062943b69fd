"""UBL 2.1 Invoice and CreditNote (ISO/IEC 19845) with the core of EN 16931."""

from vendorops.formats.ubl.reading import official_xml, read, recognises
from vendorops.formats.ubl.writing import SUFFIX, write

__all__ = ["SUFFIX", "TITLE", "official_xml", "read", "recognises", "write"]

TITLE = "UBL 2.1 invoice or credit note (EN 16931)"
