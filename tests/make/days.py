"""The days, the month and the key on which makers agree."""

from datetime import date

AS_OF = date(2026, 11, 4)
"""The business day of a test that does not say otherwise."""
MONTH = "2026-10"
"""The month before it."""
STARTS_ON = date(2026, 10, 1)
ENDS_ON = date(2027, 10, 1)
SHA = "d" * 64
"""Hash of a document that no test reads."""
MASTER_KEY = bytes(range(32))
"""A key for the vaults of tests."""
