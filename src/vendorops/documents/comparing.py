"""Compares two versions of a contract: fact by fact, and clause by clause as they are worded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher, unified_diff

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

CLAUSE = re.compile(r"^#(?:article|clause|ruled)\(", re.MULTILINE)
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


def compare(
    books: Books, contract: Contract, before: Version, after: Version
) -> dict[str, object]:
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


def _clauses(books: Books, contract: Contract, version: Version) -> list[str]:
    """Return the clauses of a version as they read, values in their places."""
    day = version.day
    data = contract_data(books, contract, version.facts, contract.reference, day)
    source = wording(books.settings.templates, version.template, day, data)
    starts = [found.start() for found in CLAUSE.finditer(source)]
    ends = [*starts[1:], len(source)]
    parts = (source[start:end] for start, end in zip(starts, ends, strict=True))
    return [_read(part, data) for part in parts]


def _read(part: str, data: Data) -> str:
    def value(found: re.Match[str]) -> str:
        said = data.get(found[1])
        if isinstance(said, str):
            return said
        if said is None:
            return found[0]
        return " | ".join("; ".join(row.values()) for row in said)

    lines = (line.strip() for line in PRINTED.sub(value, part).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _changed(before: list[str], after: list[str]) -> Iterator[dict[str, object]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        old, new = before[first:last], after[begin:end]
        for at in range(max(len(old), len(new))):
            one, other = ("".join(side[at : at + 1]) for side in (old, new))
            lines = list(unified_diff(one.splitlines(), other.splitlines(), lineterm="", n=0))
            changed = [line for line in lines[2:] if not line.startswith("@@")]
            yield {"clause": first + at + 1, "lines": changed}
