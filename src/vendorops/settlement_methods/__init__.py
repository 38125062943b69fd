"""What is measured to settle somebody's work: one module a method.

A module offers TITLE and TITLE_ZH, READS (the kinds of fact it measures), NEEDS (`rates` or
`share`: what terms must agree for it) and `basis`. Beside it lie its worked cases
(`<name>.cases.yaml`), in the form that `vendorops earnings try` takes.
"""

import sys
from types import ModuleType

from vendorops.registry import member, members


def method(code: str) -> ModuleType:
    """Return one method, or refuse and name those there are."""
    return member(sys.modules[__name__], code)


def codes() -> list[str]:
    """Return the codes of all methods."""
    return list(members(sys.modules[__name__]))
