"""One cut-up story for all tests of faults, in memory where the machine allows it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.line import Line
from tests.faults.zygote import Zygote

PROCESSES = 2
MEMORY = Path("/dev/shm")
"""Ending a process leaves what it wrote in the kernel's hands, whatever the disk is made of."""


@pytest.fixture(scope="session")
def line() -> Iterator[Line]:
    place = MEMORY if MEMORY.is_dir() else None
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="vendorops-faults-", dir=place))
        zygotes = [stack.enter_context(Zygote()) for _ in range(PROCESSES)]
        yield Line(Path(folder), zygotes)
