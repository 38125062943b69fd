"""Compares two versions of a contract: fact by fact, and clause by clause as they are worded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher, unified_diff
from itertools import zip_longest
from typing import Any

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.contracts import wording
from vendorops.documents.drafting import contract_data
from vendorops.documents.facts_json import facts_of
from vendorops.documents.fields import Data
from vendorops.documents.telling import changes
from vendorops.documents.versions import versions_of
from vendorops.domain.contract_facts import ContractFacts
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.tables import Amendment, Contract, ContractVersion

CLAUSE = re.compile(r"^#(article|clause)\(", re.MULTILINE)
PRINTED = re.compile(r"#?data\.(\w+)")


class NoSuchVersion(Refused):
    """The contract has no version of that number."""


@dataclass(frozen=True)
class Version:
    """A draft or an amendment of a contract, numbered through."""

    number: int
    name: str
    status: str
    facts: ContractFacts
    template: str
    day: date
    """The day of the wording: an amendment changes facts, not the wording of the agreement."""


def numbered(books: Books, contract: Contract) -> list[Version]:
    """Return the versions of a contract, drafts first, then amendments that were not rejected."""
    drafts = versions_of(books, contract)
    query = select(Amendment).where(
        col(Amendment.contract_id) == contract.id, col(Amendment.status) != "rejected"
    )
    amended = books.session.exec(query.order_by(col(Amendment.number)))
    found = [_draft(contract, draft, draft.version == contract.version) for draft in drafts]
    last = drafts[-1]
    return found + [
        Version(
            len(drafts) + at,
            row.reference,
            row.status,
            facts_of(row.facts),
            last.template,
            last.drafted_on,
        )
        for at, row in enumerate(amended, start=1)
    ]


def _draft(contract: Contract, draft: ContractVersion, newest: bool) -> Version:  # noqa: FBT001 - said by its name.
    status = contract.status if newest else "replaced"
    name = f"draft {draft.version}"
    facts = facts_of(draft.facts)
    return Version(draft.version, name, status, facts, draft.template, draft.drafted_on)


def compare(books: Books, contract: Contract, before: Version, after: Version) -> dict[str, Any]:
    """Return what differs: `facts` as what, before and after; `wording` clause by clause."""
    texts = [_clauses(books, contract, version) for version in (before, after)]
    return {
        "contract": contract.reference,
        "from": {"number": before.number, "name": before.name, "status": before.status},
        "to": {"number": after.number, "name": after.name, "status": after.status},
        "facts": changes(before.facts, after.facts, program(contract.program)),
        "wording": list(_changed(*texts)),
    }


def chosen(versions: list[Version], number: int | None, usual: int) -> Version:
    """Return the version of a number, or the one usual where none was named."""
    if number is None:
        return versions[usual]
    for version in versions:
        if version.number == number:
            return version
    known = ", ".join(f"{version.number} ({version.name})" for version in versions)
    raise NoSuchVersion(f"there is no version {number}; there are {known}")


def _clauses(books: Books, contract: Contract, version: Version) -> list[tuple[str, str]]:
    """Return the clauses of a version by number, as they read: values in their places."""
    day = version.day
    data = contract_data(books, contract, version.facts, contract.reference, day)
    source = wording(books.settings.templates, version.template, contract.place, day, data)
    starts = list(CLAUSE.finditer(source))
    ends = [*(found.start() for found in starts[1:]), len(source)]
    article = clause = 0
    read = []
    for found, end in zip(starts, ends, strict=True):
        article, clause = (article + 1, 0) if found[1] == "article" else (article, clause + 1)
        read.append((f"{article}.{clause}" if clause else f"{article}", _read(found, end, data)))
    return read


def _read(found: re.Match[str], end: int, data: Data) -> str:
    """Return a clause with its values; tables stay as they are, their rows being facts."""

    def value(printed: re.Match[str]) -> str:
        said = data.get(printed[1])
        return said if isinstance(said, str) else printed[0]

    part = found.string[found.start() : end]
    lines = (line.strip() for line in PRINTED.sub(value, part).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _changed(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> Iterator[dict[str, object]]:
    old_texts, new_texts = ([text for _, text in side] for side in (before, after))
    matcher = SequenceMatcher(None, old_texts, new_texts, autojunk=False)
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        for old, new in zip_longest(before[first:last], after[begin:end]):
            one, other = (side[1].splitlines() if side else [] for side in (old, new))
            lines = list(unified_diff(one, other, lineterm="", n=0))[2:]
            yield {
                "before": old[0] if old else "",
                "after": new[0] if new else "",
                "lines": [line for line in lines if not line.startswith("@@")],
            }
