"""The catalogue of roles that people are wanted for: codes, and names in English and Chinese."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from vendorops.domain.refusal import Refused
from vendorops.exact_yaml import BadYaml, exact_yaml

FILE = "catalogue.yaml"
NEAR = 6
"""How many roles are named where a code is wrong."""


class UnknownRole(Refused):
    """No role of the catalogue has that code."""


class BadCatalogue(BadYaml):
    """The catalogue does not say what it must."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Entry(_Strict):
    code: Annotated[str, Field(pattern=r"^[1-9](\.[1-9][0-9]?){0,2}$")]
    name: Annotated[str, Field(min_length=3)]
    zh: Annotated[str, Field(min_length=2)]
    core: str = ""


class _Catalogue(_Strict):
    families: list[_Entry]
    teams: list[_Entry]
    roles: list[_Entry]


@dataclass(frozen=True)
class Role:
    """What one does who is wanted."""

    code: str
    """Family, team and role, such as `2.3.4`; some families have no teams."""
    name: str
    zh: str
    core: str = ""
    """Which of the six core positions it belongs to, if any."""

    @property
    def family(self) -> str:
        """Code of its family, such as `2`."""
        return self.code.partition(".")[0]


@cache
def roles() -> dict[str, Role]:
    """Return every role by its code, in the order of the catalogue."""
    return roles_from((files(__name__) / FILE).read_text("utf-8"))


def role(code: str) -> Role:
    """Return one role; refused where the catalogue has none of that code.

    >>> role("2.3.4").name
    'Live anchor (host)'
    """
    found = roles().get(code)
    if found:
        return found
    near = [known for known in roles() if known.startswith(code.partition(".")[0])][:NEAR]
    raise UnknownRole(
        f"role: the catalogue has no {code[:20]!r}; use a code such as "
        f"{', '.join(near or list(roles())[:NEAR])}"
    )


def roles_from(text: str) -> dict[str, Role]:
    """Read a catalogue; a code that is there twice, or belongs to no team, is refused."""
    try:
        read = TypeAdapter(_Catalogue).validate_python(exact_yaml(text, FILE))
    except ValidationError as error:
        first = error.errors()[0]
        at = " → ".join(str(step) for step in first["loc"])
        raise BadCatalogue(f"{FILE}: {at}: {first['msg']}") from error
    teams = {entry.code for entry in read.teams}
    found: dict[str, Role] = {}
    for entry in read.roles:
        if entry.code in found:
            raise BadCatalogue(f"{FILE}: role {entry.code} is there twice")
        if entry.code.rpartition(".")[0] not in teams:
            raise BadCatalogue(f"{FILE}: role {entry.code} belongs to no team; name its team")
        found[entry.code] = Role(entry.code, entry.name, entry.zh, entry.core)
    return found
