"""Compares those we work with to each other, and to lists of sanctioned and exposed people.

Every hit is put to a person; what he found harmless is not asked again while nothing changed.
"""

from vendorops.screening.alike import Alike, alike, index_name
from vendorops.screening.clearing import propose_clearing
from vendorops.screening.hits import confirmed, due, obstacle, screen
from vendorops.screening.lists import load_watchlist
from vendorops.screening.terms import terms_of

__all__ = [
    "Alike",
    "alike",
    "confirmed",
    "due",
    "index_name",
    "load_watchlist",
    "obstacle",
    "propose_clearing",
    "screen",
    "terms_of",
]
