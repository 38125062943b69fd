"""Reads a claim in a limited child process, and believes its answer only as far as it is typed."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from vendorops.domain.claim import ClaimDocument
from vendorops.domain.claim_suggestion import ClaimSuggestion, NeedsReview, SuggestedColumn
from vendorops.domain.refusal import Refused, Unsafe
from vendorops.domain.statement_mapping import StatementMapping
from vendorops.domain.verdict import Verdict
from vendorops.formats import Format, NotAnInvoice, format_of, formats
from vendorops.gateways.child import LIMITS, Limits, Quarantined, run_limited, run_limited_many
from vendorops.gateways.containers import container_of
from vendorops.rulesets import Document

READING = replace(LIMITS, answer_bytes=3 * LIMITS.answer_bytes)
"""A claim of a hundred thousand lines comes back as text, a few times as long as its file."""


class ReadRefusal(Refused):
    """What the child refused, with the name of the refusal, which is its rule."""

    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


class UnsafeRead(ReadRefusal, Unsafe):
    """The same of bytes that are set aside."""


@dataclass(frozen=True)
class GivenFile:
    """A file, and what people said of it."""

    data: bytes
    name: str
    """Helps to tell its format."""
    mapping: StatementMapping | None = None
    seller: str = ""
    """Reference of the supplier whose file it is."""


@dataclass(frozen=True)
class FileRead:
    """What a child says of a file: a claim, a suggestion, a container, or why none of them."""

    format: str = ""
    """Name of the module that recognised it; nothing where none did."""
    claim: ClaimDocument | None = None
    suggestion: ClaimSuggestion | None = None
    container: str = ""
    layout: str = ""
    """Hash of the headings of a statement, also of one that is refused."""
    columns: tuple[SuggestedColumn, ...] = ()
    """Of a statement, with what they seem to mean."""
    refusal: str = ""
    kind: str = ""
    """Name of the refusal."""
    unsafe: bool = False
    document: Document | None = None
    """What official rules may judge; told by `judged_reading` only."""
    schema: Verdict | None = None
    """What the schema of its syntax says of it; told there, too."""

    @property
    def outcomes(self) -> tuple[object, ...]:
        """Return what may have come of it; one of them did, unless it could not be read."""
        return (self.claim, self.suggestion, self.container, self.refusal)

    def claimed(self) -> ClaimDocument:
        """Return the claim, or raise why there is none: NeedsReview, Unsafe or Refused."""
        if self.claim is not None:
            return self.claim
        if self.suggestion is not None:
            raise NeedsReview(self.suggestion)
        if self.container:
            raise NotAnInvoice("the file is a mail or archive; take it in, so that it is opened")
        raise (UnsafeRead if self.unsafe else ReadRefusal)(self.kind, self.refusal)


_READ = TypeAdapter(FileRead)
_MAPPING = TypeAdapter(StatementMapping | None)


def read_claim(data: bytes, name: str, limits: Limits = READING) -> ClaimDocument:
    """Return what a file says; `name` helps to tell its format.

    Raises Refused with the format's own sentence, NeedsReview where a person must say what it
    claims, Quarantined when the file broke a limit or its reader.
    """
    return read_file(GivenFile(data, name), limits).claimed()


def read_file(given: GivenFile, limits: Limits = READING) -> FileRead:
    """Return what a child says of a file; Quarantined when it broke a limit or its reader."""
    return from_answer(run_limited(answer, framed(given), limits), limits)


def read_claims(
    files: Iterable[tuple[bytes, str]], limits: Limits = READING
) -> Iterator[ClaimDocument | Refused]:
    """Yield what each of many files claims, or why it cannot be told, in their order.

    Starts one interpreter for a series of files instead of one for each.
    """
    given = (framed(GivenFile(*file)) for file in files)
    for said in run_limited_many(answer, given, limits):
        yield said if isinstance(said, Refused) else _claim_in(said, limits)


def _claim_in(said: dict[str, Any], limits: Limits) -> ClaimDocument | Refused:
    try:
        return from_answer(said, limits).claimed()
    except Refused as refusal:
        return refusal


def prepare() -> None:
    """Import every format once, in the template, instead of in each reader it forks."""
    formats()


def framed(given: GivenFile) -> bytes:
    """Put a file, and what people said of it, into one input of a child."""
    head = {"name": given.name, "mapping": given.mapping and asdict(given.mapping)}
    return json.dumps({**head, "seller": given.seller}).encode() + b"\n" + given.data


def given_in(framed_file: bytes) -> GivenFile:
    """Return what was framed."""
    line, _, data = framed_file.partition(b"\n")
    head = json.loads(line)
    mapping = _MAPPING.validate_python(head["mapping"])
    return GivenFile(data, head["name"], mapping, head["seller"])


def answer(framed_file: bytes) -> dict[str, Any]:
    """Read a framed file: the task of the child, whose answer is plain JSON."""
    return told(read_here(given_in(framed_file)))


def told(read: FileRead) -> dict[str, Any]:
    """Return what was read as plain JSON."""
    return dict(_READ.dump_python(read, mode="json"))


def read_here(given: GivenFile) -> FileRead:
    """Read a file in this very process: only the child does."""
    if given.name.casefold().endswith(".eml"):
        return FileRead(container="mail")
    try:
        known = format_of(given.data, given.name)
    except NotAnInvoice as refusal:
        if kind := container_of(given.data, given.name):
            return FileRead(container=kind)
        return _refused(FileRead(), refusal)
    return _claimed(known, given)


def _claimed(known: Format, given: GivenFile) -> FileRead:
    read = FileRead(str(getattr(known, "__name__", "")).rpartition(".")[2])
    try:
        if opened := getattr(known, "opened", None):
            statement = opened(given.data)
            read = replace(read, layout=statement.layout, columns=statement.columns)
            claim: ClaimDocument = statement.read(given.mapping, given.seller)
        else:
            claim = known.read(given.data)
    except NeedsReview as doubt:
        return replace(read, suggestion=doubt.suggestion)
    except Refused as refusal:
        return _refused(read, refusal)
    return replace(read, claim=claim)


def _refused(read: FileRead, refusal: Refused) -> FileRead:
    kind, unsafe = type(refusal).__name__, isinstance(refusal, Unsafe)
    return replace(read, refusal=str(refusal), kind=kind, unsafe=unsafe)


def from_answer(said: dict[str, Any], limits: Limits = LIMITS) -> FileRead:
    """Return what an answer describes; one that describes nothing broke its reader."""
    try:
        read = _READ.validate_json(json.dumps(said), strict=True)
    except ValidationError as error:
        raise Quarantined("crash", "no answer", limits) from error
    if sum(map(bool, read.outcomes)) != 1:
        raise Quarantined("crash", "no answer", limits)
    return read
