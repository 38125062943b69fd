"""A supplier's statement as CSV: one row per line, what concerns the whole beside or above it.

    statement,date,currency,seller id,contract,line,description,quantity,unit,price,amount
    S-2026-10,2026-10-31,CNY,V-7,C-7,1,Payroll run,120,EA,15.00,1800.00

How headings, numbers, days and totals are read is told in `docs/supplier_statements.md`.
Encoding: UTF-8, UTF-16 with its mark, or GB 18030 or Windows-1252 where the bytes leave no doubt
(domain/delimited.py). Delimiter: comma, semicolon, tab or bar, whichever shows the header.
"""

from vendorops.formats.statement_csv.reading import opened, read, recognises

__all__ = ["TITLE", "opened", "read", "recognises"]

TITLE = "supplier statement as CSV with a header row"
