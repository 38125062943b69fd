"""Judges claim files without booking them: read in the limited child, then by official rules.

Official rules decide where there are any for the file. Our own arithmetic decides where there are
none, and otherwise only tells what we could not book.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from vendorops.domain.claim_checks import check_claim
from vendorops.domain.finding import Finding, Level, fatal
from vendorops.domain.refusal import Refused
from vendorops.domain.verdict import Verdict
from vendorops.gateways.child import run_limited_many
from vendorops.gateways.claim_reading import READING, FileRead, GivenFile, ReadRefusal, framed
from vendorops.gateways.judged_reading import read_from, reading
from vendorops.gateways.official_rules import Rules, Ruling, ask
from vendorops.gateways.rule_worker import WORKERS

OURS = ("vendorops-reading 2", "vendorops-arithmetic 1")
"""Whether the file can be read as a claim, and whether its figures agree."""
PLACE = re.compile(
    r"line \d+ of the file, [\w:]+|line \d+(, column \d+)?|row \d+(, column [^:]+)?"
)
CODE = re.compile(r"E_[A-Z_]+: ")
"""What some sentences begin with, before the place."""
FEW, MANY, MANY_BYTES = 50, 2500, 64 * 2**20
"""Files that one lane reads and has judged at a time, at least and at most, and their bytes beyond
which it takes no further one: starting to read costs as much as reading fifty of them."""
SMALL = 2**18
"""Bytes up to which XML is read beside other XML."""
XML = (b"<", b"\xef\xbb\xbf<")


CHOSEN = Rules()
"""Every document chooses its own rules, among those that are installed."""


@dataclass(frozen=True)
class Judgement:
    """What is known of one file."""

    read: FileRead
    """What it says; ask `said` unless nothing is made of it."""
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...] = ()
    """Of official rules, in the order in which they were asked."""
    applied: tuple[str, ...] = ()
    """Name and version of everything that judged."""
    refused: Refused | None = None
    """Why the file can never be booked as it was read, apart from what official rules say."""

    @property
    def accepted(self) -> bool:
        """Whether nothing that stops was found."""
        return not fatal(list(self.findings))

    def said(self) -> FileRead:
        """Return what the file says, or raise why it could not be read and judged safely."""
        if self.refused and not any(self.read.outcomes):
            raise self.refused
        return self.read


def judge_claims(
    files: Iterable[GivenFile], rules: Rules = CHOSEN, lanes: int = WORKERS, count: int = 0
) -> Iterator[Judgement]:
    """Yield what each file says and the judgement of it, in their order.

    Many are judged on so many processors at once, and shared evenly where their count is known.
    """
    source = iter(files)
    share = min(max(-(-count // lanes), FEW), MANY)
    ahead: deque[Future[list[Judgement]]] = deque()
    with ThreadPoolExecutor(lanes) as pool:
        while True:
            while len(ahead) <= lanes and (series := _taken(source, share)):
                ahead.append(pool.submit(_series, series, rules))
            if not ahead:
                return
            yield from ahead.popleft().result()


def _taken(source: Iterator[GivenFile], share: int) -> list[GivenFile]:
    """Return the next files, no more than are held in memory at once."""
    series: list[GivenFile] = []
    size = 0
    for file in islice(source, share):
        series.append(file)
        size += len(file.data)
        if size >= MANY_BYTES:
            break
    return series


def _series(files: list[GivenFile], rules: Rules) -> list[Judgement]:
    answers = run_limited_many(reading, map(framed, files), READING, _is_small_xml)
    return [_judged(answer, rules) for answer in answers]


def _is_small_xml(frame: bytes) -> bool:
    """Tell by a cheap look whether a file is small and XML, to be read with others."""
    _, _, data = frame.partition(b"\n")
    return len(data) <= SMALL and data.startswith(XML)


def _judged(answer: dict[str, Any] | Refused, rules: Rules) -> Judgement:
    if isinstance(answer, Refused):
        return _unread(FileRead(), answer)
    try:
        read, xml = read_from(answer)
    except Refused as refusal:
        return _unread(FileRead(), refusal)
    if read.document is None:
        return _by_us(read, rules)
    ruling = ask(read.document, xml.encode(), rules)
    if ruling.refused:
        return _unread(FileRead(read.format), ruling.refused)
    return _forced(read, ruling) if rules.forced else _by_all(read, ruling)


def _unread(read: FileRead, refusal: Refused) -> Judgement:
    return Judgement(read, (_refusal(refusal),), applied=OURS[:1], refused=refusal)


def _by_us(read: FileRead, rules: Rules) -> Judgement:
    """Judge a file of which official rules say nothing."""
    refusal = _unbookable(read)
    findings = [_refusal(refusal)] if refusal else []
    if rules.forced and not refusal:
        told = f"the rules {rules.name} say nothing of a file in the format {read.format}"
        findings.append(Finding("rules-absent", Level.FATAL, "the file", told))
    return Judgement(read, tuple(findings), applied=OURS, refused=refusal)


def _forced(read: FileRead, ruling: Ruling) -> Judgement:
    """Judge by the rules that were forced and nothing else: the file may be a fragment."""
    findings = (*ruling.lacking, *_all_of(ruling.verdicts))
    titles = tuple(verdict.title for verdict in ruling.verdicts)
    return Judgement(read, findings, ruling.verdicts, titles)


def _by_all(read: FileRead, ruling: Ruling) -> Judgement:
    """Judge by the schema, by official rules, and by whether we can read it."""
    verdicts = (*filter(None, [read.schema]), *ruling.verdicts)
    findings = [*ruling.lacking, *_all_of(verdicts)]
    unbookable = _unbookable(read)
    if unbookable:
        level = Level.WARNING if ruling.verdicts else Level.FATAL
        findings.append(replace(_refusal(unbookable), level=level))
    titles = tuple(verdict.title for verdict in verdicts)
    return Judgement(read, tuple(findings), verdicts, (*titles, *OURS), unbookable)


def _all_of(verdicts: Iterable[Verdict]) -> list[Finding]:
    return [finding for verdict in verdicts for finding in verdict.findings]


def _unbookable(read: FileRead) -> Refused | None:
    """Return why a file claims nothing, or claims what cannot be."""
    try:
        check_claim(read.claimed())
    except Refused as refusal:
        return refusal
    return None


def _refusal(refusal: Refused) -> Finding:
    """Return a refusal as a finding, its kind as the rule: `TotalsDisagree` is totals-disagree."""
    kind = refusal.kind if isinstance(refusal, ReadRefusal) else type(refusal).__name__
    code = re.sub(r"(?<!^)(?=[A-Z])", "-", kind).lower()
    place = PLACE.match(CODE.sub("", str(refusal)))
    return Finding(code, Level.FATAL, place[0] if place else "the file", str(refusal))
