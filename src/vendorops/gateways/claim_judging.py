"""Judges claim files without booking them: read in the limited child, then their figures checked.

What published rule sets say is not among it: `RULES` names what is.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from vendorops.domain.claim import ClaimDocument
from vendorops.domain.claim_checks import check_claim
from vendorops.domain.finding import Finding, Level, fatal
from vendorops.domain.refusal import Refused
from vendorops.formats import Format, format_of
from vendorops.gateways.child import LIMITS, Quarantined, run_limited_many
from vendorops.gateways.claim_reading import framed

RULES = ("vendorops-reading 1", "vendorops-arithmetic 1")
"""Whether the file can be read as a claim, and whether its figures agree."""
PLACE = re.compile(
    r"line \d+ of the file, [\w:]+|line \d+(, column \d+)?|row \d+(, column [^:]+)?"
)


@dataclass(frozen=True)
class Read:
    """What the child says of one file."""

    format: str
    """Name of the module that recognised it; nothing where none did."""
    claim: ClaimDocument | None = None
    refusal: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Judgement:
    """What is known of one file."""

    format: str
    claim: ClaimDocument | None
    """What it says, where it could be read to the end."""
    findings: tuple[Finding, ...]

    @property
    def accepted(self) -> bool:
        """Whether the claim could be booked, as far as the file itself goes."""
        return not fatal(list(self.findings))


_READ = TypeAdapter(Read)


def judge_claims(files: Iterable[tuple[str, bytes]]) -> Iterator[Judgement]:
    """Yield the judgement of each file, given by name and content, in their order."""
    frames = (framed(data, name) for name, data in files)
    for answer in run_limited_many(reading, frames):
        yield _judged(answer)


def reading(framed_file: bytes) -> dict[str, Any]:
    """Read a framed file: the task of the child; a refusal is an answer that keeps its kind."""
    name, _, data = framed_file.partition(b"\n")
    found = ""
    try:
        known = format_of(data, json.loads(name))
        found = _name(known)
        said = Read(found, known.read(data))
    except Refused as refusal:
        said = Read(found, None, type(refusal).__name__, str(refusal))
    return dict(_READ.dump_python(said, mode="json"))


def _name(known: Format) -> str:
    return str(getattr(known, "__name__", "")).rpartition(".")[2]


def _judged(answer: dict[str, Any] | Refused) -> Judgement:
    if isinstance(answer, Refused):
        return Judgement("", None, (_finding(type(answer).__name__, str(answer)),))
    try:
        read = _READ.validate_json(json.dumps(answer), strict=True)
    except ValidationError:
        return _judged(Quarantined("crash", "no answer", LIMITS))
    if read.claim is None:
        return Judgement(read.format, None, (_finding(read.refusal, read.sentence),))
    try:
        check_claim(read.claim)
    except Refused as refusal:
        return Judgement(
            read.format, read.claim, (_finding(type(refusal).__name__, str(refusal)),)
        )
    return Judgement(read.format, read.claim, ())


def _finding(refusal: str, sentence: str) -> Finding:
    """Return a refusal as a finding, its kind as the rule: `TotalsDisagree` is totals-disagree."""
    code = re.sub(r"(?<!^)(?=[A-Z])", "-", refusal).lower()
    place = PLACE.match(sentence)
    return Finding(code, Level.FATAL, place[0] if place else "the file", sentence)
