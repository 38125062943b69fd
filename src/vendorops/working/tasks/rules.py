"""What tasks may not be, dated and cited: vague, done by minors, or a job split into pieces."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vendorops.domain.dated import Dated

WIDE = 2
"""What a Chinese character weighs against a Latin letter: it says about as much as two."""
POLICY = "Purchasing policy on freelance tasks"


@dataclass(frozen=True)
class Wording:
    """How much a title and a brief must say beyond words that fit any work."""

    title: int
    """Least weight of what is left of a title without vague words."""
    brief: int
    vague: tuple[str, ...]
    """Words that say nothing, in lower case; they are taken out the longest first."""
    cite: str


@dataclass(frozen=True)
class Age:
    """How old a person must be to take a task."""

    youngest: int
    """Whole years on the day the task is taken."""
    cite: str


@dataclass(frozen=True)
class Limits:
    """The most that one person takes on in a month, by the months of the deadlines."""

    tasks: int
    amount_minor: Mapping[str, int]
    """By currency, without tax; a currency that is not there is not limited."""
    cite: str


VAGUE_ZH = (
    *("服务费", "咨询费", "劳务费", "推广费", "信息费", "技术服务", "咨询服务", "劳务服务"),
    *("综合服务", "其他服务", "相关服务", "日常工作", "临时工作", "服务", "咨询", "劳务", "费用"),
    *("工作", "任务", "项目", "兼职", "其他", "等", "月份", "月", "年", "日"),
)
VAGUE_EN = (
    *("consulting", "consultancy", "consultation", "services", "service", "freelance", "general"),
    *("miscellaneous", "various", "other", "work", "tasks", "task", "project", "support", "fees"),
    *("fee", "monthly", "labour", "labor", "misc"),
)
WORDING = Dated(
    "what titles of tasks must say",
    {
        date(2020, 1, 1): Wording(
            title=8,
            brief=20,
            vague=VAGUE_ZH + VAGUE_EN,
            cite=f'{POLICY} 2: no vague titles ("service fee"); auditors look for one-word tasks',
        )
    },
)
AGE: Mapping[str, Dated[Age]] = {
    "": Dated("the age of freelancers", {date(2020, 1, 1): Age(18, f"{POLICY} 3: adults only")}),
    "cn": Dated(
        "the age of freelancers in cn",
        {
            date(2021, 1, 1): Age(
                18,
                "Civil Code, art. 17 and 18: adult at eighteen; one of sixteen counts as adult "
                "only if he lives by his own labour, which we cannot see, so nobody below "
                f"eighteen is taken ({POLICY} 3)",
            )
        },
    ),
}
"""By place; the empty one holds where nothing of its own is known."""
LIMITS = Dated(
    "how much one freelancer takes on in a month",
    {
        date(2020, 1, 1): Limits(
            tasks=20,
            amount_minor={"CNY": 10_000_000},
            cite=f"{POLICY} 4: who works for us every working day looks employed; relief from VAT "
            "of small sellers ends at 100,000 CNY of sales in a month",
        )
    },
)
REWORK_DAYS = Dated("days to deliver again what was not accepted", {date(2020, 1, 1): 14})
REUSED_EVIDENCE = f"{POLICY} 6: evidence is of one task only"


def age_rule(place: str) -> Dated[Age]:
    """Return the rule of a place, or what holds everywhere."""
    return AGE.get(place, AGE[""])


def weight(text: str) -> int:
    """Return how much a text says: letters count one, Chinese characters two, all else nothing.

    >>> weight("门店巡检 10 家"), weight("Q3 fee!")
    (10, 4)
    """
    return sum(
        WIDE if unicodedata.east_asian_width(sign) == "W" else 1
        for sign in unicodedata.normalize("NFKC", text)
        if sign.isalpha()
    )


def said_beyond(text: str, wording: Wording) -> int:
    """Return the weight of what a text says beyond vague words.

    >>> wording = WORDING.on(date(2026, 1, 1))
    >>> said_beyond("10月服务费", wording), said_beyond("Consulting services (2)", wording)
    (0, 0)
    >>> said_beyond("Workshop", wording)
    8
    """
    left = unicodedata.normalize("NFKC", text).casefold()
    for word in sorted(wording.vague, key=len, reverse=True):
        left = _without(left, word)
    return weight(left)


def _without(text: str, word: str) -> str:
    """Take a word out: Chinese ones wherever they stand, others only as whole words."""
    if not word.isascii():
        return text.replace(word, " ")
    return " ".join("" if part.strip(".,:;!()-/&") == word else part for part in text.split())


def years_old(born: date, day: date) -> int:
    """Return somebody's age in whole years; who is born on 29 February turns on 1 March.

    >>> years_old(date(2008, 11, 27), date(2026, 11, 26))
    17
    >>> years_old(date(2008, 11, 27), date(2026, 11, 27))
    18
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
