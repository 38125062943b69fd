"""A supplier's statement as a workbook (XLSX, XLS or ODS), laid out like one in CSV.

Formulas are never run: the value is read that they had when the file was saved. A workbook with
macros or links to other files is refused.
"""

from vendorops.formats.statement_workbook.reading import opened, read, recognises

__all__ = ["TITLE", "opened", "read", "recognises"]

TITLE = "supplier statement as a workbook (XLSX, XLS, ODS) with a header row"
