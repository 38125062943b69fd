"""Published limits, measured again by whoever wants to: one module per benchmark.

Each offers `run(*, lines)`, which builds a seeded month in a temporary place, times our way and
the floor (the least that any program must do) in the same process, and returns the figures.
"""

import sys
from typing import Protocol, cast

from vendorops import registry

Figures = dict[str, str | int | float]


class Benchmark(Protocol):
    """What a module of this folder offers; the module itself is the benchmark."""

    def run(self, *, lines: int) -> Figures:
        """Measure with so many lines and return the figures, ready to be printed as JSON."""
        ...


def member(name: str) -> Benchmark:
    """Return one benchmark, or refuse and name those there are."""
    return cast("Benchmark", registry.member(sys.modules[__name__], name))


def names() -> list[str]:
    """Return the names of all benchmarks."""
    return list(registry.members(sys.modules[__name__]))
