"""Finds the template and the clauses in force on a day and puts them together into one source.

    contract_templates/<kind>/<place or all>/<first-day>.typ
    contract_templates/clauses/<place or all>/<clause>/<first-day>.typ

A kind is whatever the folder is called: a program, `nda`, `acceptance-note`. What is written for a
place goes before what is written for all of them. A template is code, so it runs in a sandbox: it
may ask for the fields and include clauses, and reach nothing else. One that was used is never
edited; compiled wording is kept by its content, so an edit while drafting is seen at once.
"""

import re
from datetime import date
from pathlib import Path
from types import CodeType
from typing import Never

from jinja2 import BytecodeCache, FunctionLoader, StrictUndefined, UndefinedError
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from vendorops.documents.fields import Data
from vendorops.documents.typesetting import TemplateIncomplete, UnsafeTemplate
from vendorops.domain.dated import Dated
from vendorops.domain.refusal import Refused

CLAUSES = "clauses"
EVERYWHERE = "all"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
"""What a folder of the shelf may be called; nothing that leads out of it."""
ANNEXES = "annexes"
"""The field that lists annexes, and the clause that shows the list."""
WITH_ANNEXES = f'\n<% include "{ANNEXES}" %>\n'
OPENED = "<document>"
"""Name of the template itself among the clauses it includes; no clause can be called so."""


class NoTemplate(Refused):
    """Nobody has written a document of that kind for that place."""


class _Compiled(BytecodeCache):
    """Keeps compiled wording in memory by the hash of its text."""

    def __init__(self) -> None:
        self.codes: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get(bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.codes[bucket.checksum] = bucket.code


def _no_output(_: object) -> Never:
    raise TypeError("templates print data through Typst (#data.name), never through Jinja")


def _sandbox() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        finalize=_no_output,
        bytecode_cache=_Compiled(),
    )
    environment.globals.clear()
    return environment


SANDBOX = _sandbox()


def shelf(templates: Path) -> dict[str, Dated[Path]]:
    """Return every template by kind and place, such as `rpo/cn` or `nda/all`."""
    folders = sorted(path for path in templates.glob("*/*") if path.is_dir())
    found = {folder.relative_to(templates).as_posix(): folder for folder in folders}
    return {
        name: _versions(f"template {name}", folder)
        for name, folder in found.items()
        if not name.startswith(f"{CLAUSES}/")
    }


def places(templates: Path, kind: str, place: str) -> list[str]:
    """Return the places a template serves: its own, or all that have clauses or templates."""
    if place != EVERYWHERE:
        return [place]
    known = [path.name for path in (templates / CLAUSES).glob("*") if path.is_dir()]
    known += [name.partition("/")[2] for name in shelf(templates)]
    return [
        each
        for each in sorted(set(known) - {EVERYWHERE})
        if not (templates / kind / each).is_dir()
    ]


def template_of(templates: Path, kind: str, place: str, day: date) -> Path:
    """Return the template of a kind that holds on a day: the place's own, else that for all."""
    safe = NAME.fullmatch(kind) and NAME.fullmatch(place) and kind != CLAUSES
    for where in (place, EVERYWHERE) if safe else ():
        folder = templates / kind / where
        if folder.is_dir():
            return _versions(f"template {kind}/{where}", folder).on(day)
    there = ", ".join(shelf(templates)) or "none"
    raise NoTemplate(
        f"there is no template {kind[:80]}/{place[:80]}; there are {there}; add one as"
        f" <kind>/<place or {EVERYWHERE}>/<first-day>.typ"
    )


def assembled(templates: Path, path: Path, *, place: str, day: date, fields: Data) -> str:
    """Return the source of a template with its clauses in; it may ask about plain fields.

    The list of annexes stands behind every document that has any, whatever its template.
    """

    def wording(name: str) -> str:
        if name == OPENED:
            return path.read_text("utf-8") + (WITH_ANNEXES if fields.get(ANNEXES) else "")
        return _clause(templates, place, name, day)

    plain = {key: value for key, value in fields.items() if isinstance(value, str)}

    name = name_of(templates, path)
    environment = SANDBOX.overlay(loader=FunctionLoader(wording))
    try:
        return environment.get_template(OPENED).render(plain)
    except UndefinedError as error:
        missing = re.search(r"'([^']+)' is undefined", str(error))
        raise TemplateIncomplete(
            f"template {name} needs {missing[1] if missing else error!r}, which was not given;"
            " add it to the fields of this document"
        ) from error
    except SecurityError as error:
        raise UnsafeTemplate(
            f"template {name} reaches for what lies behind its fields ({error}); templates may"
            " only ask for fields and include clauses"
        ) from error


def name_of(templates: Path, path: Path) -> str:
    """Return what a template is called in the books: `rpo/cn/2026-01-01`."""
    return path.relative_to(templates).with_suffix("").as_posix()


def _clause(templates: Path, place: str, name: str, day: date) -> str:
    for where in (place, EVERYWHERE):
        folder = templates / CLAUSES / where / name
        if NAME.fullmatch(name) and folder.is_dir():
            return _versions(f"clause {name}", folder).on(day).read_text("utf-8")
    raise TemplateIncomplete(
        f"clause {name!r} is included by a document for {place} but written neither for {place}"
        f" nor for {EVERYWHERE}; add it under {CLAUSES}"
    )


def _versions(name: str, folder: Path) -> Dated[Path]:
    return Dated(name, {_first_day(name, path): path for path in folder.glob("*.typ")})


def _first_day(name: str, path: Path) -> date:
    try:
        return date.fromisoformat(path.stem)
    except ValueError:
        raise TemplateIncomplete(
            f"{name} has a version {path.name!r}, which is no day; name it by the first day on"
            " which it holds, such as 2026-01-01.typ"
        ) from None
