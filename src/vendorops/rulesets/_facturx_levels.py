"""Which profile of Factur-X and ZUGFeRD 2 a guideline (BT-24) names.

MINIMUM and BASIC WL have no lines, EXTENDED goes beyond the core: these three are no EN 16931
invoices and are judged by their own profile alone.
"""

import re

LEVELS = (
    ("minimum", re.compile(r":minimum\b")),
    ("basicwl", re.compile(r":basic-?wl\b")),
    ("basic", re.compile(r":basic\b")),
    ("extended", re.compile(r":extended\b(?!-)")),
    ("en16931", re.compile(r"^urn:cen\.eu:en16931:2017(:compliant:factur-x\.eu:1p0:en16931)?$")),
)
CORE_LEVELS = frozenset({"", "basic", "en16931"})


def level_of(guideline: str) -> str:
    """Return the profile, or nothing where the guideline names none.

    >>> level_of("urn:factur-x.eu:1p0:basicwl"), level_of("urn:cen.eu:en16931:2017")
    ('basicwl', 'en16931')
    """
    return next((name for name, shape in LEVELS if shape.search(guideline)), "")
