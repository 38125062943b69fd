"""Measures a scorer on labelled pairs of names: how much it finds, and how often it is right."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO

from vendorops.domain.refusal import Refused
from vendorops.scorers import Scorer
from vendorops.screening.terms import Policy

KINDS = {
    "Person": "person",
    "Organization": "organization",
    "Company": "organization",
    "PublicBody": "organization",
    "LegalEntity": "entity",
}
"""Schemata that can be a party; pairs of others, such as vessels, are left out."""
COLUMNS = ("schema", "name1", "name2", "is_match")
UNSORTED = "no category"


class BadPairs(Refused):
    """The file is not a table of labelled pairs."""


@dataclass(frozen=True)
class Pair:
    """Two names, and whether they mean the same."""

    kind: str
    name: str
    other: str
    same: bool
    category: str


@dataclass
class Confusion:
    """How often a scorer said yes and no, rightly and wrongly."""

    found: int = 0
    missed: int = 0
    false_alarms: int = 0
    rightly_passed: int = 0

    def add(self, *, same: bool, said: bool) -> None:
        """Count one pair."""
        self.found += same and said
        self.missed += same and not said
        self.false_alarms += said and not same
        self.rightly_passed += not said and not same

    @property
    def precision_e6(self) -> int | None:
        """Of the pairs said to be the same, the share that is."""
        return _share(self.found, self.found + self.false_alarms)

    @property
    def recall_e6(self) -> int | None:
        """Of the pairs that are the same, the share that was found."""
        return _share(self.found, self.found + self.missed)

    @property
    def f1_e6(self) -> int | None:
        """The harmonic mean of the two."""
        return _share(2 * self.found, 2 * self.found + self.false_alarms + self.missed)

    @property
    def told(self) -> dict[str, int]:
        """The counts by name."""
        return {
            "found": self.found,
            "missed": self.missed,
            "false_alarms": self.false_alarms,
            "rightly_passed": self.rightly_passed,
        }


def _share(part: int, whole: int) -> int | None:
    return (part * 1_000_000 + whole // 2) // whole if whole else None


def read_pairs(data: bytes) -> list[Pair]:
    """Return the pairs of a table with the columns schema, name1, name2, is_match, category."""
    try:
        rows = csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        pairs = list(_pairs(rows))
    except (UnicodeDecodeError, csv.Error):
        raise BadPairs("the pairs are not CSV in UTF-8; export them again") from None
    if not pairs:
        raise BadPairs("the file has no pair of names of people or organizations")
    return pairs


def _pairs(rows: "csv.DictReader[str]") -> Iterator[Pair]:
    lacking = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if lacking:
        raise BadPairs(f"the table lacks the column {', '.join(lacking)}")
    for row in rows:
        if row["schema"] in KINDS:
            yield Pair(
                kind=KINDS[row["schema"]],
                name=row["name1"],
                other=row["name2"],
                same=row["is_match"].strip().lower() == "true",
                category=(row.get("category") or "").strip() or UNSORTED,
            )


def measured(pairs: Iterable[Pair], judge: Scorer, policy: Policy) -> dict[str, Confusion]:
    """Return the confusion of each category, and of all together under the empty name."""
    found: dict[str, Confusion] = {"": Confusion()}
    for pair in pairs:
        said = judge.score(pair.kind, pair.name, [pair.other]) >= policy.threshold_e6
        found[""].add(same=pair.same, said=said)
        found.setdefault(pair.category, Confusion()).add(same=pair.same, said=said)
    return found
