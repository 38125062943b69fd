"""Makes a right claim wrong as a whole, or sends it once more, in one way each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

from vendorops.bench._seeded.sent import Sent

ALIKE = {"ubl": "cii", "cii": "ubl", "csv": "xlsx", "xlsx": "csv"}
"""The format that says the same of taxes."""
OFF_MINOR = 37
"""Less than official rules let taxes stray (one major unit, BR-CO-17 as published)."""
CENT_E6 = 10_000


def _wrong(claim: Sent, fault: str, **changed: object) -> Sent:
    """Return a claim of which nothing is due."""
    lines = tuple(replace(line, due_minor=0, fault="") for line in claim.lines)
    return replace(claim, **{"fault": fault, "lines": lines, **changed})  # type: ignore[arg-type]  # columns by name.


def tax_amount(random: Random, claim: Sent) -> list[Sent]:
    """Print a tax that the rates do not make of the lines."""
    off = random.choice((-OFF_MINOR, OFF_MINOR))
    return [_wrong(claim, "tax_amount", tax_off_minor=off)]


def wrong_currency(random: Random, claim: Sent) -> list[Sent]:
    """Claim in another currency than was agreed."""
    del random
    return [_wrong(claim, "wrong_currency", currency="GBP")]


def unknown_contract(random: Random, claim: Sent) -> list[Sent]:
    """Name a contract that the supplier does not have."""
    number = random.randint(10**5, 10**6)
    return [_wrong(claim, "unknown_contract", contract_reference=f"CON-{number}")]


def same_number(random: Random, claim: Sent) -> list[Sent]:
    """Send it again in another format, its number written another way."""
    del random
    number = claim.number.replace("-", "/")
    return [claim, _wrong(claim, "same_number", number=number, how=ALIKE[claim.how])]


def prints_alike(random: Random, claim: Sent) -> list[Sent]:
    """Type it again from paper, an O for a nought."""
    del random
    number = claim.number.replace("0", "O")
    return [claim, _wrong(claim, "prints_alike", number=number, how=ALIKE[claim.how])]


def other_number(random: Random, claim: Sent) -> list[Sent]:
    """Enter it by hand under a number of its own."""
    return [claim, _wrong(claim, "other_number", number=f"M{random.randint(10**4, 10**6)}")]


def other_day(random: Random, claim: Sent) -> list[Sent]:
    """Send it again under a new number and day, as nobody had paid it yet."""
    day = claim.issue_date + timedelta(days=random.randint(1, 12))
    number = f"N{random.randint(10**4, 10**6)}"
    return [claim, _wrong(claim, "other_day", number=number, issue_date=day)]


def billed_anew(random: Random, claim: Sent) -> list[Sent]:
    """Bill it anew at corrected prices without crediting the first."""
    again = other_day(random, claim)[1]
    lines = tuple(replace(line, price_e6=line.price_e6 + CENT_E6) for line in again.lines)
    return [claim, replace(again, fault="billed_anew", lines=lines)]


def mail_and_portal(random: Random, claim: Sent) -> list[Sent]:
    """Send the same file by mail and through the portal."""
    del random
    return [replace(claim, posted=True)]


def credited(random: Random, claim: Sent) -> list[Sent]:
    """Take a whole claim back by a credit note that names it."""
    day = claim.issue_date + timedelta(days=random.randint(1, 9))
    lines = tuple(replace(line, due_minor=-line.due_minor) for line in claim.lines)
    note = replace(claim, number=f"C{claim.number}", issue_date=day, lines=lines)
    return [claim, replace(note, fault="credited", credits=claim.number)]


def partly_credited(random: Random, claim: Sent) -> list[Sent]:
    """Take the last line of a claim back by a credit note that names the claim."""
    first, note = credited(random, claim)
    return [first, replace(note, fault="partly_credited", lines=note.lines[-1:])]


def billed_again(random: Random, claim: Sent) -> list[Sent]:
    """Take a whole claim back, and bill it again under a new number."""
    first, note = credited(random, claim)
    number = f"R{claim.number}"
    again = replace(claim, number=number, issue_date=note.issue_date, fault="billed_again")
    return [first, note, again]


RESENT: dict[str, Callable[[Random, Sent], list[Sent]]] = {
    each.__name__: each
    for each in (
        *(tax_amount, wrong_currency, unknown_contract, same_number, prints_alike),
        *(other_number, other_day, billed_anew, mail_and_portal, credited),
        *(partly_credited, billed_again),
    )
}
