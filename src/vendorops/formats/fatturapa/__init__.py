"""FatturaPA, Italy's e-invoice (Agenzia delle Entrate, format 1.2 and those before it).

A file may hold several invoices (a lot); one received file is one claim, so a lot is refused.
What the payer withholds (DatiRitenuta) is not taken off: tax kept back is worked out when we pay.
"""

from vendorops.formats.fatturapa.reading import read, recognises

__all__ = ["TITLE", "read", "recognises"]

TITLE = "FatturaPA invoice or credit note (Italy)"
