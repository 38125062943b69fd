"""Lets a month run through the stages: accepted, claimed, matched, settled, paid."""

from datetime import date
from time import perf_counter

from vendorops.books import Answer, Opener, answer, waiting
from vendorops.stages import stage, sweep_together

WHO = {
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

    def __init__(self, opener) -> None:
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
        self._note(name, begun)
        assert not refused, refused[:3]

    def answer(self, kind: str, day: date, detail=lambda _books, _row: {}) -> int:
        """Let the person whose business it is say yes to every question of a kind."""
        begun = perf_counter()
        with self.opener(as_of=day, actor=WHO[kind])() as books:
            asked = [row for row in waiting(books) if row.kind == kind]
            for row in asked:
                said = detail(books, row)
                answer(books, Answer(row.reference, "approve", "in order", said))
        self._note(f"answer {kind}", begun)
        return len(asked)

    def note(self, what: str, begun: float) -> None:
        self._note(what, begun)

    def _note(self, what: str, begun: float) -> None:
        self.seconds[what] = self.seconds.get(what, 0) + perf_counter() - begun
