"""How a file of many rows is taken in; every command that takes one offers both ways."""

ALL, PARTIAL = "all", "partial"
"""Every row or none, or those that are in order."""
