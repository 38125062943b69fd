"""Judges invoice files without booking them: what they say, and what is wrong with them."""

from pathlib import Path
from typing import Any

import click

from vendorops.cli.printing import emit, watched
from vendorops.cli.session import files_argument, json_option
from vendorops.domain.claim import ClaimDocument
from vendorops.domain.finding import Finding
from vendorops.domain.refusal import Refused
from vendorops.gateways.claim_judging import RULES, Judgement, judge_claims

FIELDS = ("number", "issue_date", "currency", "net", "gross", "payable", "lines")


class NotAccepted(Refused):
    """A file that was judged has a fatal finding."""


@click.command()
@files_argument
@click.option(
    "--rules",
    type=click.Choice(["auto"]),
    default="auto",
    show_default=True,
    help="Our own reading and arithmetic; published rule sets are not among them yet.",
)
@json_option
def check(files: tuple[Path, ...], rules: str, *, as_json: bool) -> None:
    """Judge files and keep nothing; needs no database."""
    del rules  # There is one choice.
    given = ((path.name, path.read_bytes()) for path in files)
    judged = [
        _told(path, judgement)
        for path, judgement in zip(files, watched(judge_claims(given), len(files)), strict=True)
    ]
    emit(judged if as_json else map(_row, judged), as_json=as_json, title="Judged")
    wrong = [row["file"] for row in judged if not row["accepted"]]
    if wrong:
        raise NotAccepted(f"{len(wrong)} of {len(files)} files; their findings say why")


def _told(path: Path, judgement: Judgement) -> dict[str, Any]:
    return {
        "file": str(path),
        "format": judgement.format or None,
        "rules": list(RULES),
        "accepted": judgement.accepted,
        "fields": _fields(judgement.claim),
        "findings": [_finding(finding) for finding in judgement.findings],
    }


def _fields(claim: ClaimDocument | None) -> dict[str, Any]:
    if claim is None:
        return dict.fromkeys(FIELDS)
    return {
        "number": claim.number,
        "issue_date": claim.issue_date.isoformat(),
        "currency": claim.currency,
        "net": claim.net.text,
        "gross": claim.gross.text,
        "payable": claim.payable.text,
        "lines": len(claim.lines),
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "rule": finding.code,
        "level": finding.level.value,
        "where": finding.where,
        "message": finding.message,
    }


def _row(told: dict[str, Any]) -> dict[str, Any]:
    """Return a judgement as a row for people."""
    fields = told["fields"]
    return {
        "file": Path(told["file"]).name,
        "format": told["format"],
        "accepted": "yes" if told["accepted"] else "no",
        "number": fields["number"],
        "lines": fields["lines"],
        "gross": fields["gross"],
        "findings": [found["message"] for found in told["findings"]],
    }
