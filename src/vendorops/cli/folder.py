"""A group of commands that is a folder: a module dropped in is a command, found when asked for."""

import ast
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import click


class Folder(click.Group):
    """Imports only the command that runs; help comes from the first lines of the modules."""

    def __init__(self, *args: Any, package: str, **options: Any) -> None:  # noqa: ANN401 - click's own.
        super().__init__(*args, **options)
        self.package = package

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        found = find_spec(self.package)
        folders = found.submodule_search_locations if found else None
        return sorted(module.name for module in iter_modules(folders) if module.name[0] != "_")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = import_module(f"{self.package}.{cmd_name}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, first_line(self.package, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@cache
def first_line(package: str, name: str) -> str:
    """Return the sentence a module opens with, without importing it."""
    found = find_spec(package)
    folder = Path((found.submodule_search_locations or [""])[0]) if found else Path()
    path = folder / f"{name}.py"
    source = path if path.exists() else folder / name / "__init__.py"
    told = ast.get_docstring(ast.parse(source.read_text("utf-8"))) or ""
    return told.partition("\n")[0]
