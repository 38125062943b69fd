"""Lets months run through the stages: ordered, reported, accepted, claimed, matched, paid."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from tests.year.claimed import Claims
from tests.year.company import Partner
from tests.year.entering import enter
from tests.year.facts import Facts, month_label
from tests.year.ordered import Orders, Revise
from tests.year.reported import (
    Placed,
    correct_time,
    hand_time_in,
    report_levels,
    report_volumes,
)
from tests.year.tasked import Tasks
from vendorops.books import Answer, Books, Opener, answer, waiting
from vendorops.stages import stage, sweep_together
from vendorops.tables import Decision, ServiceSheet

OpenerMaker = Callable[..., Opener]
Says = Callable[[Books, Decision], dict[str, Any] | None]
WHO = {
    "work_order": "wang.approver",
    "statement_of_work": "wang.approver",
    "order_revision": "wang.approver",
    "change_order": "wang.approver",
    "acceptance": "gao.buyer",
    "settlement": "wang.approver",
    "payment_approval": "chen.approver",
    "payment_release": "sun.releaser",
    "exception": "zhao.finance",
    "credit_memo": "lin.buyer",
}
TOGETHER = 100


class Clocked:
    """Runs stages in the names of their people and notes how long each took."""

    def __init__(self, opener: OpenerMaker) -> None:
        self.opener = opener
        self.seconds: dict[str, float] = {}

    def run(self, name: str, day: date, month: str) -> None:
        """Run one stage, many cases in a transaction."""
        begun = perf_counter()
        opened: Opener = self.opener(as_of=day, actor=f"system:{name}", month=month)
        with opened() as books:
            idents = stage(name).ready(books)
        refused = []
        for start in range(0, len(idents), TOGETHER):
            refused += sweep_together(name, opened, idents[start : start + TOGETHER]).refused
        self.note(name, begun)
        assert not refused, refused[:3]

    def answer(self, kind: str, day: date, says: Says = lambda _books, _row: {}) -> int:
        """Let the person whose business it is answer every question of a kind."""
        begun, told = perf_counter(), 0
        with self.opener(as_of=day, actor=WHO[kind])() as books:
            for row in [row for row in waiting(books) if row.kind == kind]:
                said = says(books, row)
                if said is not None:
                    answer(books, Answer(row.reference, "approve", "in order", said))
                    told += 1
        self.note(f"answer {kind}", begun)
        return told

    def decide(self, name: str, kinds: Iterable[str], day: date, month: str) -> None:
        """Run a stage, have what it asks answered, and run it again."""
        self.run(name, day, month)
        if sum(self.answer(kind, day) for kind in kinds):
            self.run(name, day, month)

    def note(self, what: str, begun: float) -> None:
        """Add to how long something took since it began."""
        self.seconds[what] = self.seconds.get(what, 0) + perf_counter() - begun


class Year(Clocked):
    """A year as the facts have it, month by month."""

    def __init__(self, opener: OpenerMaker, facts: Facts) -> None:
        super().__init__(opener)
        self.facts = facts
        begun = perf_counter()
        with opener(as_of=date(2026, 1, 1))() as books:
            self.partners: dict[int, Partner] = enter(books, facts)
        self.note("suppliers entered by makers", begun)
        self.orders = Orders(facts, self.partners)
        self.placed = Placed(facts, self.partners)
        self.tasks = Tasks(facts, self.partners)
        self.claims = Claims(facts, self.orders)

    def month(self, label: str) -> date:
        """Live through a month and close it on the first of the next; return that day."""
        first = date.fromisoformat(f"{label}-01")
        self._order(first, label)
        self._task(first, label)
        self._happen(label)
        day = (first + timedelta(days=31)).replace(day=1)
        self._report(day, label)
        self._accept(day, label)
        self._credit(day, label)
        self._claim(day, label)
        self._pay(day, label)
        return day

    def _order(self, day: date, label: str) -> None:
        begun = perf_counter()
        with self.opener(as_of=day, actor="lin.buyer")() as books:
            self.orders.place(books, label)
        self.note("order", begun)
        self.decide("ordering", ("work_order", "statement_of_work"), day, label)
        for changes in (self.orders.re_rates, self.orders.ends):
            self._revise(list(changes(label)), day, label)

    def _revise(self, changes: list[Revise], day: date, label: str) -> None:
        begun = perf_counter()
        with self.opener(as_of=day, actor="lin.buyer")() as books:
            for propose in changes:
                propose(books)
        self.note("revise", begun)
        if changes:
            self.decide("order_revisions", ("order_revision", "change_order"), day, label)

    def _task(self, first: date, label: str) -> None:
        if not self.tasks.of_month[label]:
            return
        for act, after in ((self.tasks.post, "tasks"), (self.tasks.assign, "task_orders")):
            begun = perf_counter()
            with self.opener(as_of=first, actor="lin.buyer")() as books:
                act(books, label)
            self.note("post and assign", begun)
            self.run(after, first, label)
        begun = perf_counter()
        self.tasks.sign(self.opener, first)
        self.note("sign", begun)
        self.run("task_orders", first, label)
        self.run("ordering", first, label)
        for again in (False, True):
            self._deliver(first.replace(day=18 if again else 9), label, again=again)

    def _deliver(self, day: date, label: str, *, again: bool) -> None:
        def says(books: Books, row: Decision) -> dict[str, Any] | None:
            sheet = books.get(ServiceSheet, row.subject_id)
            return self.tasks.accepts(books, sheet, again=again)

        begun = perf_counter()
        self.tasks.deliver(self.opener, day, label, again=again)
        self.note("deliver tasks", begun)
        for name in ("task_deliveries", "acceptance"):
            self.run(name, day, label)
        self.answer("acceptance", day, says)
        for name in ("acceptance", "task_orders"):
            self.run(name, day, label)

    def _happen(self, label: str) -> None:
        begun = perf_counter()
        for day in sorted(each for each in self.placed.days if month_label(each) == label):
            for actor, report in self.placed.days[day]:
                with self.opener(as_of=day, actor=actor)() as books:
                    report(books)
        self.note("starts and leavings", begun)

    def _report(self, day: date, label: str) -> None:
        self.run("ordering", day, label)
        begun = perf_counter()
        before = month_label(date.fromisoformat(f"{label}-01") - timedelta(days=1))
        for agency in self.facts.agencies:
            hand_time_in(self.opener, agency, self.orders, day, label)
            if before in agency.corrected:
                actor = self.partners[agency.number].signer
                with self.opener(as_of=day, actor=actor)() as books:
                    correct_time(books, agency, self.orders, before)
        self.note("hand time in", begun)
        begun = perf_counter()
        for outsourcer in self.facts.outsourcers:
            report_volumes(self.opener, outsourcer, self.orders, day, label)
        self.note("report volumes", begun)
        for name in ("timesheets", "placements", "deliveries"):
            self.run(name, day, label)

    def _accept(self, day: date, label: str) -> None:
        def says(books: Books, row: Decision) -> dict[str, Any] | None:
            return self.claims.accepts(books, books.get(ServiceSheet, row.subject_id), label)

        self.run("acceptance", day, label)
        self.answer("acceptance", day, says)
        for name in ("acceptance", "timesheets", "deliveries"):
            self.run(name, day, label)

    def _credit(self, day: date, label: str) -> None:
        begun = perf_counter()
        report_levels(self.opener, self.facts, self.orders, day, label)
        self.note("report levels", begun)
        self.run("service_levels", day, label)
        self.run("guarantees", day, label)
        self.decide("crediting", ("credit_memo",), day, label)
        self.run("timesheets", day, label)

    def _claim(self, day: date, label: str) -> None:
        begun = perf_counter()
        with self.opener(as_of=day, actor="portal")() as books:
            self.claims.send(books, day, label)
        self.note("write claims", begun)
        self.run("intake", day, label)
        before = month_label(date.fromisoformat(f"{label}-01") - timedelta(days=1))
        for month in (before, label):
            self.run("reconciliation", day, month)
        self.decide("exceptions", ("exception",), day, label)

    def _pay(self, day: date, label: str) -> None:
        self.decide("settlement", ("settlement",), day, label)
        self.run("payment", day, label)
        for kind in ("payment_approval", "payment_release"):
            self.decide("release", (kind,), day, label)
        for name in ("task_orders", "tasks"):
            self.run(name, day, label)
