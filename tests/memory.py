"""Where tests lay their folders: in memory where the machine allows it.

Every transaction of the books is made durable before it is acknowledged, and so is every
document. A disk takes up to forty milliseconds for each, memory none. What a test ends is a
process and never the machine, and what a process wrote is in the kernel's hands either way.
"""

import os
import tempfile
from pathlib import Path
from shutil import disk_usage

MEMORY = Path("/dev/shm")  # noqa: S108 - every folder in it is made with a name of its own.
ENOUGH = 4 * 2**30
"""Bytes that the tests of a whole run need at most at one time, and some to spare."""


def place() -> Path:
    """Return the folder in which the folders of tests are made."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and disk_usage(MEMORY).free > ENOUGH:
        return MEMORY
    return Path(tempfile.gettempdir())


def settle() -> None:
    """Have pytest, tempfile and every process that is started use that folder."""
    chosen = str(place())
    tempfile.tempdir = chosen
    os.environ["TMPDIR"] = chosen
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", chosen)
