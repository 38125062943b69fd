"""Drives the two platforms through their year: settled, paid, returned, filed, month by month."""

from collections import defaultdict
from datetime import date
from time import perf_counter
from typing import Any

from sqlmodel import col, select

from tests import make
from tests.platform_year.drawing import PLATFORMS, YEAR, Facts, before
from tests.platform_year.entering import (
    Everybody,
    claim_of_agency,
    claim_of_people,
    engage,
    found,
    our_number,
)
from tests.stages.bank_statements.told import Booked, statement
from vendorops.books import Answer, answer, waiting
from vendorops.domain.money import Money
from vendorops.stages import sweep
from vendorops.stages.bank_statements import receive
from vendorops.tables import Payment, Settlement

DAY = 6
"""On which a month is settled and paid, and the month before is filed."""
AGAIN = 7


class Year:
    """The books of a year, and how long each step took."""

    def __init__(self, opener, facts: Facts) -> None:
        self.opener, self.facts = opener, facts
        self.seconds: dict[str, float] = defaultdict(float)
        with opener(as_of=date(YEAR, 1, 1))() as books:
            found(books)
        begun = perf_counter()
        with opener(as_of=date(YEAR, 1, 1))() as books:
            self.everybody: Everybody = engage(books, facts)
        self.seconds["engage"] = perf_counter() - begun

    def month(self, label: str) -> date:
        """Settle and pay what is paid in a month, and file the one before; return the last day."""
        day, again = (date(int(label[:4]), int(label[5:]), at) for at in (DAY, AGAIN))
        self._claim(day, label)
        for _ in range(2):
            for stage in ("settlement_runs", "settlement"):
                self._run(stage, day)
            self._answer("settlement", "wang.approver", day)
        self._run("payment", day)
        self._release(day)
        if self._return(again, label):
            self._run("payment", again)
            self._answer("payment_again", "zhao.finance", again)
            self._run("payment", again)
            self._release(again)
        return again

    def file(self, day: date) -> None:
        """Prepare, check, approve, write and hand in what is due; the office accepts it."""
        self._run("filing", day)
        for kind in ("filing", "filing_submission", "filing_outcome"):
            self._run("returns", day)
            self._answer_of_office(kind, day)
        self._run("returns", day)

    def _answer_of_office(self, kind: str, day: date) -> None:
        """Approve, or hand in: each return has a receipt of its own."""
        with self.opener(as_of=day, actor="qian.tax")() as books:
            for row in [each for each in waiting(books) if each.kind == kind]:
                receipt = {"receipt": f"R-{row.reference}"} if kind.endswith("submission") else {}
                answer(books, Answer(row.reference, "approve", "as it is", receipt))

    def _claim(self, day: date, label: str) -> None:
        month, begun = before(label), perf_counter()
        with self.opener(as_of=day)() as books:
            for turn in range(2):
                claims = [
                    (self.everybody[one], one.claims[label][turn], turn + 1)
                    for one in self.facts.freelancers
                    if len(one.claims.get(label, ())) > turn
                ]
                if claims:
                    claim_of_people(books, claims, month)
            for agency in self.facts.agencies:
                if label in agency.claims:
                    claim_of_agency(books, self.everybody[agency], agency.claims[label], month)
        self.seconds["claim"] += perf_counter() - begun

    def _release(self, day: date) -> None:
        for kind, who in (
            ("payment_approval", "wang.approver"),
            ("payment_release", "sun.releaser"),
        ):
            self._run("release", day)
            self._answer(kind, who, day)
        self._run("release", day)

    def _return(self, day: date, label: str) -> bool:
        """Let the bank send back what comes back in a month; tell whether anything did."""
        back = {self.everybody[one].contract_id: one for one in self.facts.freelancers
                if label in one.returned}  # fmt: skip
        if not back:
            return False
        with self.opener(as_of=day)() as books:
            query = (
                select(Payment, Settlement.contract_id)
                .join(Settlement, col(Settlement.id) == col(Payment.settlement_id))
                .where(
                    col(Settlement.contract_id).in_(back),
                    col(Settlement.month) == before(label),
                )
            )
            sent = [(row, back[contract].platform) for row, contract in books.session.exec(query)]
        for code in PLATFORMS:
            entries = [
                Booked(Money(row.amount_minor, row.currency).text, [row.end_to_end_id],
                       direction="CRDT", reason="AC04")
                for row, platform in sent if platform == code
            ]  # fmt: skip
            if entries:
                told: Any = {"ident": f"{code}-{label}", "day": day, "account": our_number(code)}
                data = statement(*entries, version="camt.054.001.08", **told)
                with self.opener(as_of=day, actor="zhao.finance")() as books:
                    receive(books, data, f"{code}.xml")
        self._run("bank_statements", day)
        return True

    def _run(self, stage: str, day: date) -> None:
        begun = perf_counter()
        outcome = sweep(stage, self.opener(as_of=day, actor=f"system:{stage}"))
        self.seconds[stage] += perf_counter() - begun
        refused = [why for _, why in outcome.refused if "finance has to say" not in why]
        assert not refused, refused

    def _answer(self, kind: str, who: str, day: date) -> None:
        with self.opener(as_of=day)() as books:
            asked = any(row.kind == kind for row in waiting(books))
        if asked:
            make.reply(self.opener, kind, who, as_of=day)
