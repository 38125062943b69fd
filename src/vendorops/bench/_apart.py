"""Measures an act in a process of its own, so that memory and caches are its own."""

import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

from sqlalchemy import text

from vendorops.books import forget_engines
from vendorops.books.engine import engine
from vendorops.settings import Settings

MEGABYTE = 2**20
TICKS = 100
"""Linux counts the time of processes in hundredths of a second."""


class Spent(NamedTuple):
    """What an act cost."""

    wall: float
    """Seconds on the clock."""
    cpu: float
    """Seconds of the processor: the process's own, and of a database server on this machine."""
    peak_mb: float
    """Most memory the process ever held; a database server's is not in it."""


def apart(act: Callable[[], object], settings: Settings) -> Spent:
    """Run an act that can be pickled in a fresh process and return what it cost."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measured, act, settings).result()


def _measured(act: Callable[[], object], settings: Settings) -> Spent:
    server = _server_seconds(settings)
    begun, busy = perf_counter(), process_time()
    act()
    wall, cpu = perf_counter() - begun, process_time() - busy
    cpu += _server_seconds(settings) - server
    engine(settings).dispose()
    forget_engines()
    return Spent(wall, cpu, peak_megabytes())


def peak_megabytes() -> float:
    """Return the most memory this process ever held."""
    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEGABYTE, 1)


def _server_seconds(settings: Settings) -> float:
    """Return what PostgreSQL's process behind our one connection has used; 0 without one."""
    if engine(settings).dialect.name == "sqlite":
        return 0.0
    with engine(settings).connect() as connection:
        ident = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    stat = Path(f"/proc/{ident}/stat")
    if not stat.is_file() or "(postgres)" not in (told := stat.read_text()):
        return 0.0  # It runs on another machine, or this one is not Linux.
    user, system = told.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / TICKS
