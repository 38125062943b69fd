"""Mails as they are saved (RFC 5322, `.eml`): their attachments, and what they say of themselves.

The text of a mail is not read. Who sent it is what its writer put there, and proves nothing.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

from vendorops.gateways.containers.limits import (
    LONGEST_NAME,
    MOST_MEMBERS,
    UNPACKED,
    EmptyContainer,
    UnsafeContainer,
    shown,
)

HEADERS = re.compile(
    rb"\A(?:From |)(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
    rb"(?:From|Return-Path|Received|Message-ID|MIME-Version|Subject):",
    re.IGNORECASE,
)
HEAD = 16_384
"""Bytes within which a mail names its sender, subject or version."""
DEEPEST, MOST_PARTS = 20, 1000
ENDINGS = {
    "application/pdf": ".pdf",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/csv": ".csv",
    "application/zip": ".zip",
    "message/rfc822": ".eml",
}
"""What is added to the name of an attachment that has none."""
LONGEST_HEADER = 200


def recognises(data: bytes, name: str) -> bool:
    """Tell by a cheap look whether a file is a mail."""
    return name.casefold().endswith(".eml") or HEADERS.match(data[:HEAD]) is not None


def listed(data: bytes) -> dict[str, Any]:
    """Return the attachments and the head of a mail; refused where there is none, or too much."""
    message = message_from_bytes(data)
    sizes = [(_name(part, at), len(_content(part))) for at, part in enumerate(_attached(message))]
    if not sizes:
        raise EmptyContainer(
            "E_MAIL_EMPTY: the mail has no attachment; ask for the invoice as a file"
        )
    if sum(size for _, size in sizes) > UNPACKED:
        raise UnsafeContainer.because(
            "E_MAIL_LIMIT", f"its attachments have more than {UNPACKED} bytes; send fewer at once"
        )
    return {
        "members": [{"name": name, "size": size} for name, size in sizes],
        "sender": _header(message, "From"),
        "subject": _header(message, "Subject"),
        "message_id": _header(message, "Message-ID"),
    }


def member(data: bytes, at: int) -> bytes:
    """Return the content of one attachment."""
    return _content(_attached(message_from_bytes(data))[at])


def _attached(message: Message) -> list[Message]:
    parts = list(_leaves(message, 0))
    found = [part for part in parts if _is_file(part)]
    if len(parts) > MOST_PARTS or len(found) > MOST_MEMBERS:
        raise UnsafeContainer.because(
            "E_MAIL_LIMIT",
            f"the mail has {len(found)} attachments in {len(parts)} parts; send at most"
            f" {MOST_MEMBERS} files at once",
        )
    return found


def _leaves(part: Message, depth: int) -> Iterator[Message]:
    """Yield the parts that hold something; a mail in a mail is one, and not looked into."""
    if depth > DEEPEST:
        raise UnsafeContainer.because(
            "E_MAIL_LIMIT", f"the mail has parts more than {DEEPEST} deep; send the files plainly"
        )
    inner = part.get_payload() if part.get_content_maintype() == "multipart" else None
    if not isinstance(inner, list):
        yield part
        return
    for each in inner:
        if isinstance(each, Message):
            yield from _leaves(each, depth + 1)


def _is_file(part: Message) -> bool:
    if part.get_content_maintype() == "multipart":
        return False  # One that says it has parts and has none.
    named = part.get_filename() is not None or part.get_content_disposition() == "attachment"
    return named or part.get_content_maintype() not in ("text", "image")


def _content(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first.as_bytes() if isinstance(first, Message) else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _name(part: Message, at: int) -> str:
    given = _decoded(str(part.get_filename() or ""))
    ending = ENDINGS.get(part.get_content_type(), "")
    return shown(given or f"attachment {at + 1}{ending}", LONGEST_NAME)


def _header(message: Message, name: str) -> str:
    return shown(_decoded(str(message.get(name, ""))), LONGEST_HEADER)


def _decoded(text: str) -> str:
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return text
