"""The programs we run, one module each; a module here defines PROGRAM."""

import sys

from vendorops.domain.program import Program
from vendorops.registry import member, members


def program(code: str) -> Program:
    """Return one program."""
    found: Program = member(sys.modules[__name__], code).PROGRAM
    return found


def codes() -> list[str]:
    """Return the codes of all programs."""
    return list(members(sys.modules[__name__]))
