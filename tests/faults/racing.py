"""The story told where every stage is run by two processes at the same time."""

from dataclasses import dataclass, field
from datetime import date

from tests.faults.zygote import TaskBrokenError, Zygote
from vendorops.demo import PlainWorld


@dataclass(frozen=True)
class RacingWorld(PlainWorld):
    """Runs each stage twice at once; what one of the two could not do, the next run does."""

    zygotes: tuple[Zygote, ...]
    flaw: str = ""
    raised: list[str] = field(default_factory=list)
    """What runs raised that met another one."""

    def run(self, stage: str, day: date) -> None:
        for zygote in self.zygotes:
            zygote.start(
                "sweep",
                home=str(self.settings.home),
                database=self.settings.database,
                stage=stage,
                day=day.isoformat(),
                flaw=self.flaw,
            )
        for zygote in self.zygotes:
            try:
                zygote.answer()
            except TaskBrokenError as problem:
                self.raised.append(str(problem))
