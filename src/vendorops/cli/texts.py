"""Reads files of text that a command is given."""

from pathlib import Path

from vendorops.domain.refusal import Refused


class NotText(Refused):
    """The file holds bytes that are no text."""


def text_of(path: Path) -> str:
    """Return the text of a file in UTF-8, without the mark that some programs set first."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(f"{path.name} is not text in UTF-8; save it as that") from error
