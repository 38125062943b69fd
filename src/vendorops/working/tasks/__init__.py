"""Freelance tasks before they are work: posted, applied for, ordered, delivered with evidence.

What is delivered ends as a line of a service sheet; acceptance, claims and settlement are those of
every program.
"""

from vendorops.working.tasks.applying import apply_for
from vendorops.working.tasks.delivering import Delivered, deliver
from vendorops.working.tasks.engaging import NotTakeable, assign, engage, taken
from vendorops.working.tasks.posting import BackDated, BadTask, PostForm, VagueTask, post, worth

__all__ = [
    "BackDated",
    "BadTask",
    "Delivered",
    "NotTakeable",
    "PostForm",
    "VagueTask",
    "apply_for",
    "assign",
    "deliver",
    "engage",
    "post",
    "taken",
    "worth",
]
