"""A folder of modules is a registry: dropping a file in is all it takes to join."""

import re
import sys
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from vendorops.domain.refusal import Refused

PUBLIC = re.compile(r"[a-zA-Z]\w*")


class Unknown(Refused):
    """No module of that name is on the shelf."""


def members(shelf: ModuleType) -> dict[str, ModuleType]:
    """Import and return the public modules of a shelf, by name, in the order of their names."""
    names = sorted(found.name for found in iter_modules(shelf.__path__))
    return {
        name: import_module(f"{shelf.__name__}.{name}")
        for name in names
        if not name.startswith("_")
    }


def member(shelf: ModuleType, name: str) -> ModuleType:
    """Return one module of a shelf, or refuse and name those there are."""
    known = sys.modules.get(f"{shelf.__name__}.{name}")
    if known and PUBLIC.fullmatch(name):  # Looking through folders again and again takes time.
        return known
    names = sorted(found.name for found in iter_modules(shelf.__path__) if found.name[0] != "_")
    if name not in names:
        what = shelf.__name__.rpartition(".")[2]
        raise Unknown(f"{what} knows no {name!r}; it knows {', '.join(names)}")
    return import_module(f"{shelf.__name__}.{name}")
