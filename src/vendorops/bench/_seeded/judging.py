"""Compares what was made of each line with the truth about it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlmodel import col, select

from vendorops.bench._seeded.faults import HELD, REFUSED, Fault, fault
from vendorops.bench._seeded.sent import Sent, SentLine
from vendorops.books import Books
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.tables import Invoice, InvoiceLine, PossibleDuplicate, Refusal

RIGHT = ""
NOTHING = "nothing"
"""What is seen of a line of which nobody was told anything."""
PARTS = text(
    """
    SELECT invoice_line_id, '' AS reason, 'matched' AS treatment, amount_minor FROM allocation
    UNION ALL
    SELECT invoice_line_id, reason, treatment, amount_minor FROM difference
    """
)
"""Every amount that a line was split into; each line is reconciled once."""


@dataclass(frozen=True)
class Seen:
    """What was made of one line."""

    reason: str
    """The codes of what is disputed, else of what is tolerated; `held`, `refused`, or nothing."""
    paid_minor: int = 0
    """What is paid of it with nobody asked, or when the rest is turned down."""
    explained: bool = True
    by_itself: bool = False
    """Decided without a person."""
    told: str = ""
    """Why it was refused."""


@dataclass
class Score:
    """What came of a month, counted in lines."""

    lines: int = 0
    right: int = 0
    automatic: int = 0
    explained: int = 0
    false_accepts: int = 0
    false_accept_minor: int = 0
    false_findings: int = 0
    misnamed: int = 0
    confusion: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, name: str, line: SentLine, seen: Seen) -> None:
        """Count one line whose fault has such a name, or none."""
        known = fault(name) if name else Fault(0, RIGHT)
        right = known.tolerated or not known.reason
        named = seen.reason == known.reason and known.says in seen.told
        over = seen.paid_minor - line.due_minor
        self.lines += 1
        self.right += right
        self.explained += seen.explained
        self.false_accepts += over > 0
        self.false_accept_minor += max(over, 0)
        self.false_findings += right and not seen.by_itself
        self.misnamed += not named
        self.automatic += right and named and seen.by_itself and over == 0
        if name or not named:
            self.confusion[name or "right"][seen.reason or "matched"] += 1


def judged(books: Books, files: Mapping[int, Sent]) -> Score:
    """Return how a month that arrived in such files was judged."""
    score = Score()
    seen = _Seeing(books)
    for ident, claim in files.items():
        for at, line in enumerate(claim.lines, start=1):
            score.add(claim.fault or line.fault, line, seen.line(ident, at))
    return score


class _Seeing:
    """Looks up what the books say of files and lines; read once."""

    def __init__(self, books: Books) -> None:
        self._claims = {row.received_file_id: row for row in books.session.exec(select(Invoice))}
        self._lines = {
            (row.invoice_id, row.line): row for row in books.session.exec(select(InvoiceLine))
        }
        self._held = set(books.session.exec(select(PossibleDuplicate.invoice_id)))
        refusals = select(Refusal).where(
            col(Refusal.subject_table) == "receivedfile", col(Refusal.resolved_on).is_(None)
        )
        self._refused = {row.subject_id: row.reason for row in books.session.exec(refusals)}
        self._parts: defaultdict[int, list[tuple[str, str, int]]] = defaultdict(list)
        for ident, *part in books.session.connection().execute(PARTS):
            self._parts[ident].append(tuple(part))

    def line(self, file: int, at: int) -> Seen:
        """Return what was made of a line of a file."""
        claim = self._claims.get(file)
        if claim is None:
            told = self._refused.get(file, "")
            return Seen(REFUSED if told else NOTHING, explained=bool(told), told=told)
        if claim.status == InvoiceStatus.ACKNOWLEDGED:
            known = claim.id in self._held
            return Seen(HELD if known else NOTHING, explained=known)
        return self._split(self._lines[claim.id, at])

    def _split(self, line: InvoiceLine) -> Seen:
        parts = self._parts[line.id]
        by: defaultdict[str, set[str]] = defaultdict(set)
        for reason, treatment, _ in parts:
            by[treatment].add(reason)
        codes = sorted(by["disputed"] or by["tolerated"])
        return Seen(
            " ".join(codes),
            paid_minor=sum(minor for _, how, minor in parts if how != "disputed"),
            explained=bool(parts) and sum(minor for *_, minor in parts) == line.net_minor,
            by_itself=bool(parts) and not by["disputed"],
        )


def confusion(score: Score) -> Iterator[tuple[str, str]]:
    """Yield for each fault what was seen of its lines, and how often."""
    for name, counts in sorted(score.confusion.items()):
        told = ", ".join(f"{seen} {times}" for seen, times in sorted(counts.items()))
        yield name, told
