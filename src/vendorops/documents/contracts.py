"""Sets a contract from the template and the shared clauses in force on the contract's day.

    contract_templates/<program>/<place>/<first-day>.typ
    contract_templates/clauses/<place or all>/<clause>/<first-day>.typ

Jinja decides which clauses are in; what the parties are called and pay reaches Typst as data and
never as markup, so no name can change a contract. A template that was used is never edited.
"""

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Never

from jinja2 import FunctionLoader, StrictUndefined, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from vendorops.documents.fields import Data
from vendorops.documents.typesetting import TemplateIncomplete, check_printable, typeset
from vendorops.domain.dated import Dated
from vendorops.domain.refusal import Refused

CLAUSES = "clauses"
EVERYWHERE = "all"


class NoTemplate(Refused):
    """Nobody has written a contract for that program and place."""


@dataclass(frozen=True)
class RenderedContract:
    """A contract ready to be approved and sent."""

    template: str
    """Which template it was set from: `rpo/cn/2026-01-01`."""
    source_sha256: str
    """Hash of the wording: template and clauses put together, before the data."""
    pdf: bytes
    sha256: str
    """Hash of the PDF."""


def _versions(name: str, folder: Path) -> Dated[Path]:
    dated = {date.fromisoformat(path.stem): path for path in folder.glob("*.typ")}
    return Dated(name, dated)


def shelf(templates: Path) -> dict[str, Dated[Path]]:
    """Return every contract template by program and place, such as `rpo/cn`."""
    folders = sorted(path for path in templates.glob("*/*") if path.is_dir())
    found = {folder.relative_to(templates).as_posix(): folder for folder in folders}
    return {
        name: _versions(f"contract template {name}", folder)
        for name, folder in found.items()
        if not name.startswith(f"{CLAUSES}/")
    }


def _template(templates: Path, wanted: str, day: date) -> Path:
    known = shelf(templates)
    if wanted not in known:
        raise NoTemplate(
            f"there is no contract template {wanted}; there are {', '.join(known) or 'none'};"
            f" write {wanted}/<first-day>.typ to add it"
        )
    return known[wanted].on(day)


def _clause(templates: Path, place: str, name: str, day: date) -> str:
    folders = [templates / CLAUSES / where / name for where in (place, EVERYWHERE)]
    for folder in folders:
        if folder.is_dir():
            return _versions(f"clause {name}", folder).on(day).read_text("utf-8")
    raise TemplateIncomplete(
        f"clause {name!r} is included by a contract for {place} but written neither for {place}"
        f" nor for {EVERYWHERE}; add it under {CLAUSES}"
    )


def _no_output(_: object) -> Never:
    raise TypeError("templates print data through Typst (#data.name), never through Jinja")


def _environment(templates: Path, place: str, day: date) -> SandboxedEnvironment:
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
        loader=FunctionLoader(lambda name: _clause(templates, place, name, day)),
    )
    environment.globals.clear()
    return environment


def _assembled(environment: SandboxedEnvironment, name: str, source: str, fields: Data) -> str:
    plain = {key: value for key, value in fields.items() if isinstance(value, str)}
    try:
        return environment.from_string(source).render(plain)
    except UndefinedError as error:
        missing = re.search(r"'([^']+)' is undefined", str(error))
        raise TemplateIncomplete(
            f"template {name} needs {missing[1] if missing else error!r}, which was not given;"
            " add it to the fields of this contract"
        ) from error


def render_contract(
    templates: Path, program: str, place: str, day: date, fields: Data
) -> RenderedContract:
    """Set one contract; the same inputs give the same bytes.

    `fields` is `ContractFields.as_data()` or any mapping of that shape. Refused when there is no
    template for the program and place, when none was in force on the day, when the template
    needs a field that is not there, and when a field cannot be printed.
    """
    path = _template(templates, f"{program}/{place}", day)
    name = path.relative_to(templates).with_suffix("").as_posix()
    check_printable(fields)
    environment = _environment(templates, place, day)
    source = _assembled(environment, name, path.read_text("utf-8"), fields)
    pdf = typeset(name, source, fields, day=day, root=templates)
    return RenderedContract(
        template=name,
        source_sha256=sha256(source.encode()).hexdigest(),
        pdf=pdf,
        sha256=sha256(pdf).hexdigest(),
    )


def wording(templates: Path, name: str, day: date, fields: Data) -> str:
    """Return the source of a paper, template and clauses put together, as it was on a day.

    `name` is the one a rendered paper carries, such as `rpo/cn/2026-01-01`.
    """
    place = name.split("/")[1]
    source = (templates / f"{name}.typ").read_text("utf-8")
    return _assembled(_environment(templates, place, day), name, source, fields)
