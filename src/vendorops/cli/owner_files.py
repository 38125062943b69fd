"""Writes files that only their owner may read: numbers of people, and what they earned."""

from pathlib import Path

OWNER_ONLY = 0o600


def write_for_owner(path: Path, data: bytes) -> None:
    """Write a file that nobody but its owner can read, in the place of one that is there."""
    path.unlink(missing_ok=True)  # One that is there may be readable by others.
    path.touch(OWNER_ONLY)
    path.write_bytes(data)
