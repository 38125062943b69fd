"""Reads what a bank sent in a limited child process."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from vendorops.bank_messages import message_of, messages, read
from vendorops.bank_tables import read_table
from vendorops.domain.bank_layout import BankLayout
from vendorops.domain.bank_statement import StatementRead
from vendorops.gateways.child import LIMITS, Limits, Quarantined, run_limited

READING = replace(LIMITS, cpu_seconds=60, wall_seconds=120, answer_bytes=8 * LIMITS.answer_bytes)
"""A statement of a hundred thousand entries takes longer than any invoice."""
_LAYOUTS = TypeAdapter(tuple[BankLayout, ...])
BINARY = (b"PK", b"%PDF", b"\xd0\xcf")
_READ = TypeAdapter(tuple[StatementRead, ...])


def read_bank_file(
    data: bytes, layouts: Sequence[BankLayout] = (), limits: Limits = READING
) -> tuple[StatementRead, ...]:
    """Return what a file tells; Refused with its own sentence, or Quarantined.

    `layouts` are the saved mappings, by which a table is read that is no message.
    """
    head = json.dumps([asdict(layout) for layout in layouts]).encode()
    said = run_limited(answer, head + b"\n" + data, limits)
    try:
        return _READ.validate_json(json.dumps(said.get("statements")), strict=True)
    except ValidationError as error:
        raise Quarantined("crash", "no answer", limits) from error


def prepare() -> None:
    """Import every message once, in the template, instead of in each reader it forks."""
    messages()


def answer(framed: bytes) -> dict[str, Any]:
    """Read a file that follows the mappings: the task of the child, whose answer is plain JSON."""
    line, _, data = framed.partition(b"\n")
    found = read(data) if message_of(data) else _table(data, _LAYOUTS.validate_json(line))
    return {"statements": _READ.dump_python(tuple(found), mode="json")}


def _table(data: bytes, layouts: Sequence[BankLayout]) -> Sequence[StatementRead]:
    if data.lstrip()[:1] == b"<" or data.startswith(BINARY):
        return read(data)  # It refuses what is neither a message nor text in rows.
    return [read_table(data, layouts)]
