"""How much a child process that reads untrusted bytes may use."""

import ctypes
import os
import resource
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MIB = 2**20
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
"""Flags of Linux's unshare(2)."""

FOLDERS = ("vendorops-child-", "vendorops-rules-")
"""How the names of folders begin that are made for one child each."""


@dataclass(frozen=True)
class Limits:
    """The most one input may take; whoever wants more is set aside."""

    memory_bytes: int = 1024 * MIB
    cpu_seconds: int = 10
    wall_seconds: int = 20
    file_bytes: int = 64 * MIB
    """Largest file the reader may write into its empty folder."""
    open_files: int = 32
    answer_bytes: int = 16 * MIB
    """Longest answer, written as JSON."""


LIMITS = Limits()


def cut_network() -> bool:
    """Move this process to a network of its own without any line out; tell whether that worked."""
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except AttributeError:
        return False  # Not Linux.
    flags = CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWNET | CLONE_NEWUSER
    return bool(unshare(flags) == 0)


def limit_memory(limits: Limits) -> bool:
    """Bound the memory of this process and its children; tell whether the system can."""
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    except (ValueError, OSError):
        return False  # macOS has the name but not the limit.
    return True


def limit_rest(limits: Limits) -> None:
    """Bound what this process may compute, write and open, and let it leave no core file."""
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
    ):
        resource.setrlimit(what, (most, most))
    # The hard limit kills without saying why, so the soft one comes a second earlier.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))


def leave_nothing() -> None:
    """Remove the folder this process was started in: who made it may have been ended."""
    with suppress(FileNotFoundError):  # Who made it was faster.
        folder = Path.cwd()
        if folder.name.startswith(FOLDERS):
            shutil.rmtree(folder, ignore_errors=True)
