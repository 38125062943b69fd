"""What the law asks for in a situation, besides or by keeping tax back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from vendorops.domain.withholding import Situation


@dataclass(frozen=True)
class Duty:
    """Something the law asks for besides taxes kept back: another tax, a report, a limit."""

    rule: str
    """Name under which `law evaluate` answers it."""
    title: str
    applies: Callable[[Situation], bool]
    since: date
    until: date | None = None
    """First day on which it is asked for no longer."""

    def holds(self, situation: Situation) -> bool:
        """Tell whether it is asked for in a situation, on its day."""
        begun = self.since <= situation.day and (self.until is None or situation.day < self.until)
        return begun and self.applies(situation)


@dataclass(frozen=True)
class Applicable:
    """A rule that has something to say in a situation."""

    code: str
    """Of a tax that is kept back, or name of a rule."""
    title: str
    kept_back: bool
    since: date
    """First day of the formula, or of the duty."""
