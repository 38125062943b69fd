"""A supplier's statement as CSV: one row per line, what concerns the whole repeated in each row.

    statement,date,currency,seller id,contract,line,description,quantity,unit,price,amount
    S-2026-10,2026-10-31,CNY,V-7,C-7,1,Payroll run,120,EA,15.00,1800.00

Rows above the header, such as a title, are skipped. The header names columns in English or Chinese
(`columns.COLUMNS`); each must be known, because one that is not might hold a discount. Numbers are
plain: a point for decimals, no grouping. A tax rate is a percentage; a statement without a column
for tax claims none. The amount of a row must be its quantity times its price.

Encoding: UTF-8, or GB 18030 or Windows-1252 where the bytes leave no doubt (domain/delimited.py).
Delimiter: comma, semicolon or tab, whichever shows the header.
"""

from vendorops.formats.statement_csv.reading import read
from vendorops.formats.statement_csv.table import recognises

__all__ = ["TITLE", "read", "recognises"]

TITLE = "supplier statement as CSV with a header row"
