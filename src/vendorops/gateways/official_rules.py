"""Asks official rules about a document that was read before, and words what they answer."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vendorops.domain.finding import Finding, Level
from vendorops.domain.refusal import Refused
from vendorops.domain.verdict import Verdict
from vendorops.gateways.rule_worker import judged_by
from vendorops.rulesets import AUTO, Document, Sheet, choose

WARNS = frozenset({"warning", "warn", "information", "info"})
STOPS = frozenset({"fatal", "error"})
ABORTED = "rules-aborted"
LONG_NAME = re.compile(r"\*\[local-name\(\)='([\w.-]+)' and namespace-uri\(\)='[^']*'\]")
NAMESPACE = re.compile(r"Q\{[^}]*\}|\*:|\[namespace-uri\(\)='[^']*'\]|\[1\](?=/|$)")
NAMED = re.compile(r"^\[[\w-]+\]\s*-?\s*")


@dataclass(frozen=True)
class Rules:
    """Which rules are asked: chosen by the document itself, or forced; and the user's folder."""

    name: str = AUTO
    folder: Path | None = None

    @property
    def forced(self) -> bool:
        """Whether one set is asked, whatever the document says of itself."""
        return self.name != AUTO


@dataclass(frozen=True)
class Ruling:
    """All verdicts on one document, and what should have judged it but could not."""

    verdicts: tuple[Verdict, ...]
    lacking: tuple[Finding, ...] = ()
    refused: Refused | None = None
    """Why there are no verdicts: the document broke a limit of the worker."""


def ask(document: Document, xml: bytes, rules: Rules) -> Ruling:
    """Return what official rules say of a document."""
    choice = choose(document, rules.name, rules.folder)
    if not choice.sheets:
        return Ruling((), choice.lacking)
    said = judged_by(choice.sheets, xml)
    if isinstance(said, Refused):
        return Ruling((), choice.lacking, said)
    verdicts = map(_verdict, choice.sheets, said)
    return Ruling(tuple(verdicts), choice.lacking)


def _verdict(sheet: Sheet, said: dict[str, Any]) -> Verdict:
    if "aborted" in said:
        sentence = (
            f"the rules {sheet.title} broke off on this document ({said['aborted']}), so it counts"
            " as invalid; ask its sender for a fresh export"
        )
        broken = Finding(ABORTED, Level.FATAL, "the file", sentence)
        return Verdict(sheet.rules, sheet.version, sheet.sha256, (broken,), aborted=True)
    told = [_finding(sheet, one) for one in said["findings"]]
    findings = [one for one in told if one.code not in sheet.left_out]
    more = int(said["count"]) - len(told)
    if more > 0:  # Of rules that were told, so that what stops is among those.
        findings.append(Finding("more", Level.WARNING, "the file", f"{more} findings more"))
    return Verdict(sheet.rules, sheet.version, sheet.sha256, tuple(findings))


def _finding(sheet: Sheet, one: dict[str, Any]) -> Finding:
    text = str(one["text"])
    named = next((name for words, name in sheet.reports.items() if text.startswith(words)), "")
    code = str(one["id"]) or named or f"{sheet.rules}-report"
    level = Level.WARNING if _only_warns(one) and not named else Level.FATAL
    if code in sheet.warnings:
        level = Level.WARNING
    return Finding(code, level, shown(str(one["where"])), NAMED.sub("", text) or code)


def _only_warns(one: dict[str, Any]) -> bool:
    """Tell whether a finding stops nothing; a failed assertion stops unless it says otherwise."""
    flag = str(one["flag"]).lower()
    return flag not in STOPS if one["report"] else flag in WARNS


def shown(location: str) -> str:
    """Return an XPath as people read it: without namespaces, and without first places.

    >>> shown("/*:Invoice[namespace-uri()='urn:x'][1]/*:InvoiceLine[namespace-uri()='urn:y'][2]")
    '/Invoice/InvoiceLine[2]'
    """
    return NAMESPACE.sub("", LONG_NAME.sub(r"\1", location)) or "the file"
