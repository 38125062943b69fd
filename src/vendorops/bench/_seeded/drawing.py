"""Draws a month: suppliers, their contracts, the work and the claims for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from random import Random

from vendorops.bench._month import sizes
from vendorops.bench._seeded.faults import CAPPED_EVERY, CLAIM_FAULTS, LINE_FAULTS, Fault
from vendorops.bench._seeded.resending import RESENT
from vendorops.bench._seeded.sent import Month, Sent, SentLine, Work
from vendorops.bench._seeded.spoiling import SPOILS, Beside, at

FIRST, DAYS = date(2026, 10, 28), 6
"""The first claim of a contract is issued on that day, the others within so many days after."""
FORMATS = {"ubl": 45, "cii": 25, "csv": 20, "xlsx": 10}
ALL_FIGURES = ("ubl", "cii")
"""Formats that state taxes, and whose figures may disagree."""
TERMS = {"regular_hours": 2, "overtime_hours": 3}
"""Kinds of hour, and how their prices relate."""
CURRENCIES = ("CNY", "EUR", "CNY", "USD")
"""Of suppliers by turns."""
USUAL, SPREAD, SMALLEST, LARGEST = 9, 0.7, 3, 80
"""Lines of a claim: the median, how widely sizes spread (log-normally), the least and the most."""
LINES_A_SUPPLIER = 150
CAPPED_LINES = 6
UNTIED = {"other_contract", "unknown", "typo", "no_prefix", "no_reference"}
EARLIER = {"wrong_period", "late_accepted"}
"""One line in three has neither, one may have both, so that a claim is always of its month."""


@dataclass(frozen=True)
class Agreed:
    """One contract that is claimed under."""

    supplier: int
    contract: int
    currency: str
    prices: Mapping[str, int]
    anchor: SentLine
    elsewhere: str


class Drawing:
    """Draws one month; the same seed draws the same."""

    def __init__(self, seed: int, often: float = 1) -> None:
        self.random = Random(seed)  # noqa: S311 - a seeded draw, no secret.
        self.month = Month()
        self._often = often
        """How many times as often as usual something is wrong."""
        self._keys, self._numbers = count(1), count(1)
        self._rest: list[SentLine] = []
        """Second halves of work, to be claimed by the next claim under the contract."""

    def draw(self, lines: int) -> Month:
        """Return a month of about so many lines."""
        for number, share in enumerate(sizes(lines, LINES_A_SUPPLIER), start=1):
            claims = self._supplier(number, max(share, 2 * CAPPED_LINES))
            self.month.claims += sorted(claims, key=lambda claim: claim.issue_date)
        works = {line.work.key: line.work for sent in self.month.claims for line in sent.lines}
        self.month.works = [works[key] for key in sorted(works)]
        return self.month

    def _supplier(self, number: int, lines: int) -> list[Sent]:
        currency = CURRENCIES[number % len(CURRENCIES)]
        self.month.suppliers[number] = currency
        first, second = self._agreed(number, currency)
        if number % CAPPED_EVERY == 0:
            return [*self._claims(first, lines - CAPPED_LINES), self._capped(second)]
        few = max(lines // 3, SMALLEST)
        return [*self._claims(first, lines - few), *self._claims(second, few)]

    def _agreed(self, number: int, currency: str) -> tuple[Agreed, Agreed]:
        keys = (2 * number, 2 * number + 1)
        prices = [self._prices() for _ in keys]
        one, two = (
            self._line(key, currency, agreed) for key, agreed in zip(keys, prices, strict=True)
        )
        return (
            Agreed(number, keys[0], currency, prices[0], one, two.reference),
            Agreed(number, keys[1], currency, prices[1], two, one.reference),
        )

    def _prices(self) -> dict[str, int]:
        price = self.random.randint(1_000, 9_000) * 10_000
        return {term: price * share for term, share in TERMS.items()}

    def _line(self, contract: int, currency: str, prices: Mapping[str, int]) -> SentLine:
        """Do some work, and claim it as it was accepted."""
        term = self.random.choice(list(TERMS))
        quantity = self.random.randint(4, 320) * 2_500
        price = prices[term]
        work = Work(next(self._keys), contract, term, quantity, quantity, price, currency)
        return SentLine(work, work.reference, quantity, price, at(work, quantity))

    def _claims(self, of: Agreed, lines: int) -> Iterator[Sent]:
        """Yield claims of so many lines under one contract, some of them sent once more."""
        self._rest = []
        first = True
        while lines > 0:
            size = min(self._size(), lines) if lines > SMALLEST else lines
            lines -= size
            yield from self._sent(of, size, first=first)
            first = False

    def _size(self) -> int:
        drawn = round(self.random.lognormvariate(0, SPREAD) * USUAL)
        return min(max(drawn, SMALLEST), LARGEST)

    def _sent(self, of: Agreed, size: int, *, first: bool) -> list[Sent]:
        whole = "" if first else self._drawn(CLAIM_FAULTS)
        how = self._format(whole)
        opening = of.anchor if first else self._line(of.contract, of.currency, of.prices)
        day = FIRST if first else FIRST + timedelta(days=self.random.randint(1, DAYS))
        rest, self._rest = self._rest, []
        lines = [opening]
        for position in range(1, size):
            line = self._line(of.contract, of.currency, of.prices)
            beside = Beside(self.random, opening, of.anchor, of.elsewhere)
            lines.append(line if whole else self._spoilt(line, beside, how, position))
        claim = self._claim(of, how, day, (*lines, *rest))
        return RESENT[whole](self.random, claim) if whole else [claim]

    def _claim(self, of: Agreed, how: str, day: date, lines: tuple[SentLine, ...]) -> Sent:
        number = f"{of.supplier:03d}-{next(self._numbers):05d}"
        return Sent(of.supplier, of.contract, of.currency, number, day, how, lines)

    def _format(self, whole: str) -> str:
        if whole and not CLAIM_FAULTS[whole].on_statements:
            return self.random.choice(ALL_FIGURES)
        return self.random.choices([*FORMATS], [*FORMATS.values()])[0]

    def _drawn(self, faults: Mapping[str, Fault]) -> str:
        """Draw what is wrong: the name of a fault, or mostly nothing."""
        left = self.random.random() / self._often
        for name, fault in faults.items():
            left -= fault.rate
            if left < 0:
                return name
        return ""

    def _spoilt(self, line: SentLine, beside: Beside, how: str, position: int) -> SentLine:
        name = self._drawn(LINE_FAULTS)
        unfit = how not in ALL_FIGURES and name and not LINE_FAULTS[name].on_statements
        month_unclear = (name in UNTIED and position % 3 == 0) or (
            name in EARLIER and position % 3 != 1
        )
        if not name or unfit or month_unclear:
            return line
        spoilt = replace(SPOILS[name](line, beside), fault=name)
        if name == "in_parts":
            rest = line.work.quantity_e4 - spoilt.quantity_e4
            self._rest.append(replace(line, quantity_e4=rest, due_minor=at(line.work, rest)))
        return spoilt

    def _capped(self, of: Agreed) -> Sent:
        """Claim more than the contract's cap allows: the last lines have no room."""
        lines = [of.anchor]
        lines += [self._line(of.contract, of.currency, of.prices) for _ in range(CAPPED_LINES - 1)]
        within = self.random.randint(2, CAPPED_LINES - 2)
        self.month.caps[of.contract] = sum(line.due_minor for line in lines[:within])
        beyond = [replace(line, due_minor=0, fault="cap") for line in lines[within:]]
        return self._claim(of, self._format(""), FIRST, (*lines[:within], *beyond))
