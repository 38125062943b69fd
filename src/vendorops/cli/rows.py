"""Options of commands that take many rows from one file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from vendorops.domain.importing import ALL, PARTIAL

Option = Callable[[Callable[..., Any]], Callable[..., Any]]


def mode_option(told: str) -> Option:
    """Return `--mode`: whether one row that is not in order keeps all of them out."""
    kinds = click.Choice([ALL, PARTIAL])
    return click.option("--mode", type=kinds, default=ALL, show_default=True, help=told)


def result_option(told: str) -> Option:
    """Return `--result`: where it is written what became of each row."""
    return click.option("--result", type=click.Path(dir_okay=False, path_type=Path), help=told)
