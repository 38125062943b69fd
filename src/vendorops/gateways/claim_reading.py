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
from vendorops.formats import Format, NotAnInvoice, format_of, formats
from vendorops.gateways.child import LIMITS, Limits, Quarantined, run_limited, run_limited_many
from vendorops.gateways.containers import container_of

READING = replace(LIMITS, answer_bytes=3 * LIMITS.answer_bytes)
"""A claim of a hundred thousand lines comes back as text, a few times as long as its file."""


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
    claim: ClaimDocument | None = None
    suggestion: ClaimSuggestion | None = None
    container: str = ""
    layout: str = ""
    """Hash of the headings of a statement, also of one that is refused."""
    columns: tuple[SuggestedColumn, ...] = ()
    """Of a statement, with what they seem to mean."""
    refusal: str = ""
    unsafe: bool = False

    def claimed(self) -> ClaimDocument:
        """Return the claim, or raise why there is none: NeedsReview, Unsafe or Refused."""
        if self.claim is not None:
            return self.claim
        if self.suggestion is not None:
            raise NeedsReview(self.suggestion)
        if self.container:
            raise NotAnInvoice("the file is a mail or archive; take it in, so that it is opened")
        raise (Unsafe if self.unsafe else Refused)(self.refusal)


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
    return from_answer(run_limited(answer, _framed(given), limits), limits)


def read_files(
    files: Iterable[GivenFile], limits: Limits = READING
) -> Iterator[FileRead | Refused]:
    """Yield what is said of each of many files, or why it is set aside, in their order.

    Starts one interpreter for a series of files instead of one for each.
    """
    for said in run_limited_many(answer, map(_framed, files), limits):
        yield said if isinstance(said, Refused) else _believed(said, limits)


def read_claims(
    files: Iterable[tuple[bytes, str]], limits: Limits = READING
) -> Iterator[ClaimDocument | Refused]:
    """Yield what each of many files claims, or why it cannot be told, in their order."""
    for read in read_files((GivenFile(*file) for file in files), limits):
        yield read if isinstance(read, Refused) else _claim_in(read)


def _claim_in(read: FileRead) -> ClaimDocument | Refused:
    try:
        return read.claimed()
    except Refused as refusal:
        return refusal


def _believed(said: dict[str, Any], limits: Limits) -> FileRead | Refused:
    try:
        return from_answer(said, limits)
    except Quarantined as refusal:
        return refusal


def prepare() -> None:
    """Import every format once, in the template, instead of in each reader it forks."""
    formats()


def framed(data: bytes, name: str) -> bytes:
    """Put a name and a file into one input of a child."""
    return json.dumps(name).encode() + b"\n" + data


def _framed(given: GivenFile) -> bytes:
    head = {"name": given.name, "mapping": given.mapping and asdict(given.mapping)}
    return json.dumps({**head, "seller": given.seller}).encode() + b"\n" + given.data


def answer(framed_file: bytes) -> dict[str, Any]:
    """Read a framed file: the task of the child, whose answer is plain JSON."""
    line, _, data = framed_file.partition(b"\n")
    return dict(_READ.dump_python(_read(_given(json.loads(line), data)), mode="json"))


def _given(head: Any, data: bytes) -> GivenFile:  # noqa: ANN401 - a name, or a table.
    if isinstance(head, str):
        return GivenFile(data, head)
    mapping = _MAPPING.validate_python(head["mapping"])
    return GivenFile(data, head["name"], mapping, head["seller"])


def _read(given: GivenFile) -> FileRead:
    if given.name.casefold().endswith(".eml"):
        return FileRead(container="mail")
    try:
        known = format_of(given.data, given.name)
    except NotAnInvoice as refusal:
        kind = container_of(given.data, given.name)
        return FileRead(container=kind, refusal="" if kind else str(refusal))
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
        unsafe = isinstance(refusal, Unsafe)
        return replace(read, refusal=str(refusal), unsafe=unsafe)
    return replace(read, claim=claim)


def from_answer(said: dict[str, Any], limits: Limits = LIMITS) -> FileRead:
    """Return what an answer describes; one that describes nothing broke its reader."""
    try:
        read = _READ.validate_json(json.dumps(said), strict=True)
    except ValidationError as error:
        raise Quarantined("crash", "no answer", limits) from error
    outcomes = (read.claim, read.suggestion, read.container, read.refusal)
    if sum(map(bool, outcomes)) != 1:
        raise Quarantined("crash", "no answer", limits)
    return read
