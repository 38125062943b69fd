"""Reads the files that lie beside a form, by the names the form gives them."""

from collections.abc import Callable
from pathlib import Path

from vendorops.domain.refusal import Refused

LARGEST = 20 * 2**20
"""Bytes of one file."""


class NotBeside(Refused):
    """A file that a form names cannot be taken."""


def beside(folder: Path) -> Callable[[str], bytes]:
    """Return what reads a file of a folder; a name that is a path never leaves it."""

    def read(name: str) -> bytes:
        path = folder / Path(name).name
        if not path.is_file():
            raise NotBeside(f"{name} does not lie beside the form; put it there")
        if path.stat().st_size > LARGEST:
            raise NotBeside(f"{name} is larger than {LARGEST // 2**20} MiB; send a smaller one")
        return path.read_bytes()

    return read
