"""Whether a claim was made before: found by keys, scored by parts that add up, told in sentences.

What is surely the same again is refused; what may be is held until a person has said so. Several
stages ask, so it is none of them.
"""

from vendorops.claiming.duplicates.judging import (
    DuplicateClaim,
    alike_to,
    check_duplicate,
    lapsed,
)
from vendorops.claiming.duplicates.sight import sights

__all__ = ["DuplicateClaim", "alike_to", "check_duplicate", "lapsed", "sights"]
