"""What tests of sourcing share: two recruiters under contract, the forms, and the steps."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from stdnum.cn import ric

from tests import make
from vendorops.books import Answer, Books, Opener, Terms, answer, open_books, waiting
from vendorops.domain.periods import Period
from vendorops.settings import Settings
from vendorops.stages import Outcome, sweep
from vendorops.tables import Contract, Offer, Requisition, Submission
from vendorops.working import sourcing

START = datetime(2026, 11, 4, 1, tzinfo=UTC)
"""When the requisition of most tests is opened."""
FIRST, SECOND = "he.hengxin", "mo.morgen"
"""Who acts for the first and for the second recruiter."""
MEETING = {
    "submission": "SUB-2026-000001",
    "starts_at": "2026-11-05T14:00+08:00",
    "ends_at": "2026-11-05T15:00+08:00",
    "panel": ["zhao.finance", "lin.buyer"],
    "where": "room 3",
}
Refusals = dict[str, tuple[type[Exception], dict[str, Any]]]
"""Of each sentence, the refusal that says it, and what in a form brings it about."""
CONSENT = b"I let this agency propose me. \xe6\x9d\x8e"


def nth_number(n: int) -> str:
    """A resident identity number of its own for every n."""
    body = f"11010119900307{n:03d}"
    return body + str(ric.calc_check_digit(body + "0"))


class Line:
    """A clock that a test turns on, and the people of both sides who act by it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.now = START

    def opener(self, actor: str = "system:test") -> Opener:
        day = self.now.date()
        terms = Terms(day, actor, lambda: self.now, Period.month_of(day))
        return partial(open_books, self.settings, terms)

    @contextmanager
    def books(self, actor: str = "lin.buyer") -> Iterator[Books]:
        with self.opener(actor)() as books:
            yield books

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)

    def run(self, *stages: str) -> dict[str, Outcome]:
        """Sweep some stages, or all of sourcing."""
        names = stages or ("requisitions", "distribution", "offers")
        return {name: sweep(name, self.opener(f"system:{name}")) for name in names}

    def reply(self, kind: str, who: str = "wang.approver", says: str = "approve") -> None:
        with self.books(who) as books:
            asked = [row for row in waiting(books) if row.kind == kind]
            assert asked, f"nobody was asked for a {kind}"
            for row in asked:
                answer(books, Answer(row.reference, says, "as the test wants it", {}))

    def open(self, **changed: Any) -> str:
        """Open the requisition, have it approved, and send it out."""
        with self.books() as books:
            reference = sourcing.open_requisition(books, form(asked(**changed))).reference
        self.run("requisitions")
        self.reply("requisition")
        self.run("requisitions", "distribution")
        return reference

    def submit(self, who: str, **changed: Any) -> str:
        """Let a supplier's person submit a candidate."""
        with self.books(who) as books:
            return sourcing.submit(books, form(proposed(who, **changed)), beside).reference

    def offered(self, who: str = FIRST, **changed: Any) -> str:
        """Submit and shortlist a candidate, and have an offer to him released."""
        offer = self.draft(self.shortlist(self.submit(who, **changed)))
        self.run("offers")
        self.reply("offer")
        self.run("offers")
        return offer

    def accept(self, offer: str, who: str = FIRST) -> None:
        with self.books(who) as books:
            sourcing.accept(books, offer, b"yes, I will come", ".txt")

    def seen(self, table: type[Any], reference: str) -> Any:
        """Return a row as it is now."""
        with self.books("reader") as books:
            row = books.named(table, reference)
            books.session.expunge(row)
            return row

    def propose(self, **changed: Any) -> str:
        """Propose to meet the first candidate."""
        with self.books() as books:
            return sourcing.propose_interview(books, form(MEETING | changed)).reference

    def draft(self, submission: str, **changed: Any) -> str:
        """Draft an offer to a candidate."""
        with self.books() as books:
            return sourcing.draft_offer(books, form(offering(submission, **changed))).reference

    def shortlist(self, submission: str) -> str:
        """Put a candidate on the short list."""
        with self.books() as books:
            return sourcing.shortlist(books, submission, "suits").reference

    def status(self, reference: str) -> str:
        tables = {"REQ": Requisition, "SUB": Submission, "OFR": Offer}
        return str(self.seen(tables[reference[:3]], reference).status)


def recruiter(books: Books, handle: str, terms: Sequence[dict[str, Any]] = ()) -> Contract:
    """A recruiter under contract, and its person; without terms no fee is priced."""
    party = make.party(books)
    make.signer(books, party, handle)
    of = make.supplier(books, party, kind="rpo")
    return make.contract(books, of, terms=terms, program="rpo")


def suppliers(books: Books, terms: Sequence[dict[str, Any]] = ()) -> None:
    """Our people, and the two recruiters: SUP- and CON-2026-000001 and -000002."""
    make.people(books)
    recruiter(books, FIRST, terms)
    recruiter(books, SECOND, terms)


def form(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def beside(name: str) -> bytes:
    assert name == "consent.pdf"
    return CONSENT


def asked(**changed: Any) -> dict[str, Any]:
    """Two anchors, sought through the first recruiter at once and the second a day later."""
    usual = {
        "legal_entity": "XH",
        "program": "rpo",
        "place": "cn",
        "title": "主播 Live anchors",
        "role": "2.3.4",
        "positions": "2",
        "pay": {"kind": "salary", "unit": "year", "currency": "CNY", "budget": "240000.00"},
        "deadline": "2026-11-20",
        "starts_on": "2027-01-04",
        "requested_by": "zhao.finance",
        "suppliers": [
            {"contract": "CON-2026-000001"},
            {"contract": "CON-2026-000002", "tier": "2", "days": "1", "hours": "2"},
        ],
    }
    return usual | changed


def both_at_once(**changed: Any) -> dict[str, Any]:
    """Return what to change so that both recruiters are asked at once."""
    contracts = ("CON-2026-000001", "CON-2026-000002")
    return {"suppliers": [{"contract": each} for each in contracts], **changed}


def proposed(who: str, **changed: Any) -> dict[str, Any]:
    """A candidate of the recruiter a person belongs to."""
    number = changed.pop("number", nth_number(0))
    usual = {
        "requisition": "REQ-2026-000001",
        "supplier": "SUP-2026-000001" if who == FIRST else "SUP-2026-000002",
        "candidate": {"name": "李小红", "identifier": {"scheme": "cn_ric", "number": number}},
        "pay": "220000.00",
        "right_to_represent": {"given_on": "2026-11-01", "file": "consent.pdf"},
    }
    return usual | changed


def offering(submission: str, **changed: Any) -> dict[str, Any]:
    """What the candidate asked for, to be answered within two weeks."""
    usual = {
        "submission": submission,
        "amount": "220000.00",
        "starts_on": "2027-01-11",
        "expires_on": "2026-11-18",
    }
    return usual | changed
