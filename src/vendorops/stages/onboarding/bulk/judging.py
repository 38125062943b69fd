"""Judges lines before the books are opened: each by itself, and what they say of each other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from vendorops.books import canonical
from vendorops.documents import forms
from vendorops.domain.first_few import first_few
from vendorops.domain.refusal import Refused
from vendorops.identifiers import identifier
from vendorops.stages.onboarding.application import Application
from vendorops.stages.onboarding.bulk.lines import Line
from vendorops.stages.onboarding.mistakes import mistakes
from vendorops.stages.onboarding.papers import absent

SHOWN = 5
"""Other lines that a finding names."""


@dataclass(frozen=True)
class Judged:
    """A line and its application, or what is wrong with it."""

    line: Line
    application: Application | None
    digest: str
    """Hash of what the line says, as if it had been handed in alone."""
    reasons: tuple[str, ...]


def judge(lines: Sequence[Line], folder: Path) -> list[Judged]:
    """Judge every line; nothing stops at the first mistake."""
    judged = [_alone(line, folder) for line in lines]
    clashes = _clashes(judged)
    return [replace(each, reasons=(*each.reasons, *clashes[each.line.number])) for each in judged]


def as_handed_in(line: Line) -> bytes:
    """Return a line as the file of a single application with the same content."""
    return canonical(line.content)


def _alone(line: Line, folder: Path) -> Judged:
    faults = tuple(line.faults)
    if faults:
        return Judged(line, None, "", faults)
    try:
        data = as_handed_in(line)
        application = Application.model_validate(line.content)
    except ValidationError as error:
        told = tuple(f"{line.place(at)} {what}" for at, what in forms.mistakes(error))
        return Judged(line, None, "", told)
    except Refused as refusal:
        return Judged(line, None, "", (str(refusal),))
    told = (*mistakes(application), *absent(application, folder))
    reasons = tuple(map(line.told, told))
    return Judged(line, application, sha256(data).hexdigest(), reasons)


def _clashes(judged: Iterable[Judged]) -> dict[int, list[str]]:
    """Return what each line, by its number, says that another line of the file says as well."""
    sound = [(each.line.number, each.application) for each in judged if _comparable(each)]
    told: dict[int, list[str]] = defaultdict(list)
    applied, accounts, signers = (defaultdict[object, dict[int, object]](dict) for _ in range(3))
    for number, said in sound:
        if said is None:
            continue
        party = _canonical(said.party.identifier.scheme, said.party.identifier.number)
        account = _canonical(said.bank_account.scheme, said.bank_account.number)
        applied[party, said.program, said.place][number] = number
        accounts[account][number] = party
        signers[said.signer][number] = party
    for found, what in (
        (applied, "applies for the same party, program and place as"),
        (accounts, "gives the bank account that another party gives in"),
        (signers, "names the signer that another party names in"),
    ):
        for numbers in found.values():
            _tell(told, numbers, what)
    return told


def _comparable(judged: Judged) -> bool:
    return judged.application is not None and not judged.reasons


def _canonical(scheme: str, number: str) -> tuple[str, str]:
    return scheme, identifier(scheme).check(number)


def _tell(told: dict[int, list[str]], owners: dict[int, object], what: str) -> None:
    """Tell every line of a clash of the others: which of them is right, nobody can know."""
    if len(set(owners.values())) < 2:  # noqa: PLR2004 - of one owner there is no clash.
        return
    for number, owner in owners.items():
        others = [str(other) for other, theirs in owners.items() if theirs != owner]
        told[number].append(f"{what} line {first_few(others, SHOWN)}; keep one of them")
