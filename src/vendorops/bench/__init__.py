"""Published limits, measured again by whoever wants to: one module per benchmark.

Each offers `run(*, …)`, whose keywords are the sizes (and texts, such as a database's address)
that may be chosen on the command line. It builds seeded work in a temporary place, times our way
and the floor (the least that any program must do) in one run, and returns the figures.
"""

import sys
from inspect import Parameter, signature
from pkgutil import iter_modules
from typing import Any, Protocol, cast

from vendorops import registry

Figures = dict[str, str | int | float]
USUAL = 10_000
"""The size of a benchmark that names none of its own."""


class Benchmark(Protocol):
    """What a module of this folder offers; the module itself is the benchmark."""

    def run(self, **sizes: Any) -> Figures:  # noqa: ANN401 - whole numbers and texts.
        """Measure at these sizes and return the figures, ready to be printed as JSON."""
        ...


def member(name: str) -> Benchmark:
    """Return one benchmark, or refuse and name those there are."""
    return cast("Benchmark", registry.member(sys.modules[__name__], name))


def names() -> list[str]:
    """Return the names of all benchmarks, without importing any."""
    found = iter_modules(sys.modules[__name__].__path__)
    return sorted(module.name for module in found if module.name[0] != "_")


def sizes(name: str) -> dict[str, int | str]:
    """Return what may be chosen of a benchmark, with what it takes unless told otherwise."""
    chosen = signature(member(name).run).parameters.values()
    return {
        each.name: USUAL if each.default is Parameter.empty else each.default for each in chosen
    }
