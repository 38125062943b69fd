"""One cut-up story for all tests of faults."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.line import Line
from tests.faults.zygote import Zygote

PROCESSES = 2


@pytest.fixture(scope="session")
def line() -> Iterator[Line]:
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="vendorops-faults-"))
        zygotes = [stack.enter_context(Zygote(many=True)) for _ in range(PROCESSES)]
        yield Line(Path(folder), zygotes)
