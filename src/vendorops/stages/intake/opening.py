"""Opens mails and archives: what lies in them is received file by file, its origin kept."""

import json
from typing import NamedTuple

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import kept
from vendorops.domain.lifecycle import ReceivedFileStatus
from vendorops.gateways.containers import Contents, UnsafeContainer, open_container, unpacked
from vendorops.stages.intake.receiving import LARGEST, keep_file
from vendorops.tables import ContainedFile, Container, ReceivedFile

NESTED = 1
"""How often a container may lie in another: a mail may bring an archive, and there it ends."""


class _Member(NamedTuple):
    position: int
    name: str
    content: bytes


def open_up(books: Books, file: ReceivedFile, kind: str) -> None:
    """Take in what a container holds, all of it or nothing.

    Raises UnsafeContainer, or Refused where it is empty.
    """
    if _depth(books, file) > NESTED:
        raise UnsafeContainer.because(
            "E_ZIP_LIMIT", "it lies in a container in a container; send the files themselves"
        )
    data = kept(books, file.sha256)
    listed = open_container(data, kind)
    too_large = next((each for each in listed.members if each.size > LARGEST), None)
    if too_large:
        raise UnsafeContainer.because(
            "E_ZIP_LIMIT", f"{too_large.name!r} is larger than {LARGEST} bytes; split it"
        )
    row = _entered(books, file, listed)
    contents = zip(listed.members, unpacked(data, listed), strict=True)
    for position, (member, content) in enumerate(contents, start=1):
        _take(books, file, row, _Member(position, member.name, content))
    because = f"opened: {len(listed.members)} files lay in it, {len(listed.skipped)} were left"
    books.move(file, ReceivedFileStatus.OPENED, because=because)


def _entered(books: Books, file: ReceivedFile, listed: Contents) -> Container:
    return books.enter(
        Container(
            id=books.key(),
            received_file_id=file.id,
            kind=listed.kind,
            sender=listed.sender,
            subject=listed.subject,
            message_id=listed.message_id,
            skipped=json.dumps(listed.skipped, ensure_ascii=False),
        )
    )


def _take(books: Books, file: ReceivedFile, row: Container, member: _Member) -> None:
    held = keep_file(books, member.content, member.name, file.supplier_id)
    books.enter(
        ContainedFile(
            id=books.key(),
            container_id=row.id,
            received_file_id=held.id,
            position=member.position,
            name=member.name,
        )
    )


def _depth(books: Books, file: ReceivedFile) -> int:
    """Return in how many containers a file lies; more than may be are not counted further."""
    depth, around = 0, {file.id}
    while depth <= NESTED:
        query = (
            select(Container.received_file_id)
            .join(ContainedFile, col(ContainedFile.container_id) == col(Container.id))
            .where(col(ContainedFile.received_file_id).in_(around))
        )
        around = set(books.session.exec(query))
        if not around:
            return depth
        depth += 1
    return depth


def inside(books: Books, ident: int) -> list[ContainedFile]:
    """Return what came in a container, in its order; the same content may have come twice."""
    query = (
        select(ContainedFile)
        .join(Container, col(ContainedFile.container_id) == col(Container.id))
        .where(col(Container.received_file_id) == ident)
        .order_by(col(ContainedFile.position))
    )
    return list(books.session.exec(query))
