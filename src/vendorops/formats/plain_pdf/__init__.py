"""A PDF without an e-invoice inside: its text suggests what it claims, and a person must say it.

It is never read as a claim. `read` always ends in NeedsReview, with what was found and where; a
scan without text is suggested nothing of.
"""

from vendorops.formats.plain_pdf.reading import read, recognises

__all__ = ["TITLE", "read", "recognises"]

TITLE = "plain PDF, entered by a person"
