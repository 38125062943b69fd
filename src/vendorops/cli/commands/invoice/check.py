"""Judges invoice files without booking them: what they say, and what is wrong with them."""

from collections import Counter
from pathlib import Path
from typing import Any

import click

from vendorops.cli.printing import emit, watched
from vendorops.cli.session import files_argument, json_option
from vendorops.domain.claim import ClaimDocument
from vendorops.domain.finding import Finding
from vendorops.domain.refusal import Refused
from vendorops.domain.verdict import Verdict
from vendorops.gateways.claim_judging import Judgement, judge_claims
from vendorops.gateways.claim_reading import GivenFile
from vendorops.gateways.official_rules import Rules
from vendorops.rulesets import AUTO, names
from vendorops.settings import Settings

FIELDS = ("number", "issue_date", "currency", "net", "gross", "payable", "lines")


class NotAccepted(Refused):
    """A file that was judged has a fatal finding."""


class RuleNames(click.ParamType[str]):
    """The name of a rule set on the shelf, or of one in the folder of the user."""

    name = "rules"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:  # noqa: ANN401 - click's own.
        try:
            known = names(Settings.from_environment().rules)
        except Refused as refusal:
            self.fail(str(refusal), param, ctx)
        if value not in known:
            self.fail(f"{value!r} is not among {', '.join(known)}", param, ctx)
        return str(value)


@click.command()
@files_argument
@click.option(
    "--rules",
    type=RuleNames(),
    default=AUTO,
    show_default=True,
    help="Official rules: auto lets the file's syntax and BT-24 choose; en16931, facturx, peppol"
    " and those of VENDOROPS_RULES are forced, also on fragments.",
)
@json_option
def check(files: tuple[Path, ...], rules: str, *, as_json: bool) -> None:
    """Judge files by official rules and keep nothing; needs no database."""
    given = (GivenFile(path.read_bytes(), path.name) for path in files)
    asked = Rules(rules, Settings.from_environment().rules)
    judgements = judge_claims(given, asked, count=len(files))
    judged = [
        _told(path, judgement)
        for path, judgement in zip(files, watched(judgements, len(files)), strict=True)
    ]
    emit(judged if as_json else map(_row, judged), as_json=as_json, title="Judged")
    wrong = [row["file"] for row in judged if not row["accepted"]]
    if wrong:
        raise NotAccepted(f"{len(wrong)} of {len(files)} files; their findings say why")


def _told(path: Path, judgement: Judgement) -> dict[str, Any]:
    return {
        "file": str(path),
        "format": judgement.read.format or None,
        "rules": list(judgement.applied),
        "accepted": judgement.accepted,
        "bookable": judgement.accepted and judgement.refused is None,
        "fields": _fields(judgement.read.claim),
        "findings": [_finding(finding) for finding in judgement.findings],
        "verdicts": [_verdict(verdict) for verdict in judgement.verdicts],
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


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "rules": verdict.rules,
        "version": verdict.version,
        "sha256": verdict.sha256,
        "accepted": verdict.accepted,
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
        "rules": [verdict["rules"] for verdict in told["verdicts"]],
        "findings": _shown(told["findings"]),
    }


def _shown(findings: list[dict[str, str]]) -> list[str]:
    """Return each rule once with how often it is broken; the places are in the JSON."""
    times = Counter((found["rule"], found["message"]) for found in findings)
    return [
        f"{rule}: {message}" if count == 1 else f"{rule}, {count} times: {message}"
        for (rule, message), count in times.items()
    ]
