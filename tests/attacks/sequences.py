"""Courses of events: the honest one, everything that differs from it once, and lots of more."""

from collections.abc import Iterator
from itertools import combinations
from random import Random

from tests.attacks.actions import Action

Sequence = tuple[Action, ...]
BANK, PAY, RELEASE = ("run", "bank_accounts"), ("run", "payment"), ("run", "release")
HONEST: Sequence = (
    ("propose", "he.hengxin", "new"),
    BANK,
    ("call", "zhao.finance", "old", "right"),
    ("name", "zhao.finance", "match"),
    BANK,
    ("say", "bank_approval", "wang.approver"),
    BANK,
    ("wait", "144"),
    BANK,
    PAY,
    RELEASE,
    ("say", "payment_approval", "chen.approver"),
    RELEASE,
    ("say", "first_payment", "sun.releaser"),
    ("say", "payment_release", "sun.releaser"),
    RELEASE,
)
PAID = (*HONEST[9:],)
BACKDATED: Sequence = (
    HONEST[0],
    ("clock", "-200"),
    BANK,
    ("clock", "0"),
    *HONEST[2:6],
    ("clock", "-200"),
    BANK,
    ("clock", "0"),
    *HONEST[8:],
)
"""The clock is set back for the moment of approval."""
AHEAD: Sequence = (*HONEST[:7], ("clock", "144"), BANK, ("clock", "0"), ("as_of", "10"), *PAID)
"""The clock is set ahead until the account is in use, and then put right."""
UNDERWAY: Sequence = (
    *HONEST[9:13],
    HONEST[0],
    ("say", "payment_release", "sun.releaser"),
    RELEASE,
)
"""A change is proposed when the payment to the old account waits for its release."""
PUSHED: Sequence = (HONEST[0], *[("move", "ada.admin")] * 3, HONEST[7], *PAID)
"""Somebody pushes the account on behind everybody's back."""
CLAIMED: Sequence = (*HONEST[:6], ("move", "ada.admin"), ("wait", "24"), *HONEST[8:])
"""Somebody writes down that what was just approved was approved long ago."""
BASES = (HONEST, BACKDATED, AHEAD, UNDERWAY, PUSHED, CLAIMED)
PEOPLE = (
    "he.hengxin",
    "lin.buyer",
    "zhao.finance",
    "wang.approver",
    "chen.approver",
    "sun.releaser",
    "ada.admin",
    "system:bank_accounts",
)
EXTRAS: Sequence = (
    ("propose", "he.hengxin", "second"),
    ("propose", "lin.buyer", "new"),
    ("propose", "he.hengxin", "shared"),
    ("contact", "he.hengxin", "portal"),
    ("contact", "lin.buyer", "register"),
    ("call", "zhao.finance", "old", "wrong"),
    ("say", "bank_verification", "zhao.finance"),
    ("say", "bank_verification", "zhao.finance", "reject"),
    ("replay", "wang.approver"),
    ("replay", "ada.admin"),
    ("clock", "-120"),
    ("clock", "100"),
    ("clock", "0"),
    ("as_of", "10"),
    ("as_of", "-10"),
    ("as_of", "0"),
    ("move", "ada.admin"),
    ("revoke", "he.hengxin"),
    ("forget", "bank_verification"),
    ("forget", "bank_approval"),
    ("forget", "first_payment"),
    ("say", "payment_hold", "zhao.finance"),
    ("wait", "24"),
    BANK,
    PAY,
    RELEASE,
)


def others(action: Action) -> Iterator[Action]:
    """Yield what might be done in place of one act."""
    name, *given = action
    if name == "propose":
        yield from ((name, who, given[1]) for who in PEOPLE)
        yield from ((name, given[0], which) for which in ("second", "shared"))
    elif name == "call":
        yield from ((name, who, *given[1:]) for who in PEOPLE)
        yield from ((name, given[0], which, "right") for which in ("young", "mail", "newest"))
        yield from ((name, given[0], "old", reading) for reading in ("wrong", "old"))
        yield ("say", "bank_verification", given[0])
    elif name == "name":
        yield from ((name, who, "match") for who in PEOPLE)
        yield from ((name, given[0], result) for result in ("close_match", "no_match"))
    elif name == "say":
        yield from ((name, given[0], who) for who in PEOPLE)
        yield (name, given[0], given[1], "reject")
    elif name == "wait":
        yield from ((name, hours) for hours in ("0", "24", "71", "96"))
        yield from ((("as_of", "10")), ("clock", "144"))


def once(base: Sequence) -> Iterator[Sequence]:
    """Yield every course that differs from another in one thing."""
    for at, action in enumerate(base):
        before, after = base[:at], base[at + 1 :]
        yield before + after
        yield (*before, action, action, *after)
        yield from ((*before, other, *after) for other in others(action))
    for at in range(len(base) + 1):
        yield from ((*base[:at], extra, *base[at:]) for extra in EXTRAS)
    for one, two in combinations(range(len(base)), 2):
        swapped = list(base)
        swapped[one], swapped[two] = base[two], base[one]
        yield tuple(swapped)


def varied(base: Sequence, lots: Random) -> Sequence:
    """Return a course changed in one thing drawn by lot, cheaper than to draw from `once`."""
    at = lots.randrange(len(base)) if base else 0
    way = lots.randrange(5) if base else 3
    if way == 0:
        return base[:at] + base[at + 1 :]
    if way == 1:
        two = lots.randrange(len(base))
        swapped = list(base)
        swapped[at], swapped[two] = base[two], base[at]
        return tuple(swapped)
    found = list(others(base[at])) if way == 2 else []
    if found:
        return (*base[:at], lots.choice(found), *base[at + 1 :])
    return (*base[:at], lots.choice(EXTRAS), *base[at:])


def drawn(count: int, seed: int) -> list[Sequence]:
    """Return so many different courses: each that differs once, then some that differ often."""
    found = dict.fromkeys([*BASES, *once(HONEST)])
    lots = Random(seed)
    while len(found) < count:
        course = lots.choice((HONEST, *BASES))
        for _ in range(lots.randint(2, 5)):
            course = varied(course, lots)
        found[course] = None
    return list(found)[:count]
