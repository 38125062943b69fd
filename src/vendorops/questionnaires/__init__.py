"""Questionnaires that decide what an engagement is: one file a questionnaire and version.

A file is named `<code>.<first day>.yaml` and never edited once somebody answered it: another
version is another file with a later first day. Dropping a file in is all it takes to join.
"""

from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files

from pydantic import ValidationError

from vendorops.domain.classification import Questionnaire
from vendorops.domain.dated import Dated
from vendorops.exact_yaml import BadYaml, exact_yaml
from vendorops.questionnaires.reading import Written
from vendorops.registry import Unknown

SUFFIX = ".yaml"

__all__ = ["BadQuestionnaire", "codes", "on", "questionnaire_from", "version", "versions"]


class BadQuestionnaire(BadYaml):
    """A file of this shelf that does not say what it must."""


@cache
def _names() -> tuple[str, ...]:
    found = (file.name for file in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in found if name.endswith(SUFFIX)))


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of all questionnaires, whatever their version."""
    return tuple(dict.fromkeys(name.partition(".")[0] for name in _names()))


@cache
def versions(code: str) -> Dated[Questionnaire]:
    """Return every version of a questionnaire, or refuse and name those there are."""
    if code not in codes():
        raise Unknown(f"questionnaires knows no {code!r}; it knows {', '.join(codes())}")
    read = [_read(name) for name in _names() if name.partition(".")[0] == code]
    return Dated(f"questionnaire {code}", {each.since: each for each in read})


def on(code: str, day: date) -> Questionnaire:
    """Return the version that is asked on a day."""
    return versions(code).on(day)


def version(code: str, since: str) -> Questionnaire:
    """Return one version by its first day, such as `2026-01-01`."""
    known = {each.version: each for each in versions(code).versions.values()}
    if since not in known:
        raise Unknown(f"{code} has no version {since!r}; it has {', '.join(known)}")
    return known[since]


def _read(name: str) -> Questionnaire:
    return questionnaire_from((files(__name__) / f"{name}{SUFFIX}").read_text("utf-8"), name)


def questionnaire_from(text: str, name: str) -> Questionnaire:
    """Read one file named `<code>.<first day>`; one that leaves a case undecided is refused."""
    try:
        written = Written.model_validate(exact_yaml(text, name + SUFFIX))
    except ValidationError as error:
        first = error.errors()[0]
        at = " → ".join(str(step) for step in first["loc"])
        raise BadQuestionnaire(f"{name}{SUFFIX}: {at}: {first['msg']}") from error
    if f"{written.code}.{written.since}" != name:
        raise BadQuestionnaire(f"{name}{SUFFIX}: name it {written.code}.{written.since}{SUFFIX}")
    return written.questionnaire(sha256(text.encode()).hexdigest())
