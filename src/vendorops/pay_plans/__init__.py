"""Over what pay is measured and how a basis becomes pay: one module a plan.

A module offers TITLE and TITLE_ZH; PERIOD (`day`, `week`, `month`, or `project`, `product`: up to
a finish); EVERY (whether a period without facts earns as well); READS (the kinds of fact it reads
besides those of the method); TAKES (what terms agree for it) and `earned`. Beside it lie its
worked cases (`<name>.cases.yaml`), in the form that `vendorops earnings try` takes.
"""

import sys
from types import ModuleType

from vendorops.registry import member, members


def plan(code: str) -> ModuleType:
    """Return one plan, or refuse and name those there are."""
    return member(sys.modules[__name__], code)


def codes() -> list[str]:
    """Return the codes of all plans."""
    return list(members(sys.modules[__name__]))
