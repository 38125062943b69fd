"""OFD (GB/T 33190): China's page format, a ZIP that carries the invoice's data beside its pages.

What counts is the attached original XML. A file that has none is read from what its cover says of
the invoice (CustomData), which has no lines. Signatures are not verified and pages are not read.
"""

from vendorops.formats.ofd.reading import read, recognises

__all__ = ["TITLE", "read", "recognises"]

TITLE = "OFD with a Chinese invoice inside"
