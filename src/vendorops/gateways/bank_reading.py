"""Reads what a bank sent in a limited child process."""

import json
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from vendorops.bank_messages import messages, read
from vendorops.domain.bank_statement import StatementRead
from vendorops.gateways.child import LIMITS, Limits, Quarantined, run_limited

READING = replace(LIMITS, cpu_seconds=60, wall_seconds=120, answer_bytes=8 * LIMITS.answer_bytes)
"""A statement of a hundred thousand entries takes longer than any invoice."""
_READ = TypeAdapter(tuple[StatementRead, ...])


def read_bank_file(data: bytes, limits: Limits = READING) -> tuple[StatementRead, ...]:
    """Return what a file tells; Refused with its own sentence, or Quarantined."""
    said = run_limited(answer, data, limits)
    try:
        return _READ.validate_json(json.dumps(said.get("statements")), strict=True)
    except ValidationError as error:
        raise Quarantined("crash", "no answer", limits) from error


def prepare() -> None:
    """Import every message once, in the template, instead of in each reader it forks."""
    messages()


def answer(data: bytes) -> dict[str, Any]:
    """Read a file: the task of the child, whose answer is plain JSON."""
    return {"statements": _READ.dump_python(tuple(read(data)), mode="json")}
