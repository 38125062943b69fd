"""Why a statement is refused: a code, the place as a spreadsheet counts, and what to do."""

from vendorops.domain.delimited import BadTable
from vendorops.domain.refusal import Unsafe


class BadStatement(BadTable):
    """The table is broken, or a cell does not hold what it should."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        super().__init__(f"{code}: {sentence}")


class UnsafeStatement(BadStatement, Unsafe):
    """The file could harm whoever opens it."""


class Unclear(BadStatement):
    """A cell can be read in more than one way; a person must say which one is meant."""


def cell(code: str, number: int, column: str, what: str) -> BadStatement:
    """Return the refusal of one cell."""
    return BadStatement(code, f"row {number}, column {column}: {what}")
