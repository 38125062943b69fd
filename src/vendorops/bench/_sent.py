"""The claims of many suppliers in the order they arrive, some made again in ways people have."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from vendorops.bench._invoices import HABITS, Claim, Writer

DUPLICATES = 0.2
"""Share of claims that are made again."""
CREDITED = 0.03
"""Share that is credited and rightly billed again."""
LOOKALIKES = str.maketrans({"1": "l", "0": "O", "I": "l", "V": "\u0474"})


def written(claims: int, seed: int) -> list[Claim]:
    """Return so many claims of many suppliers in the order in which they arrive."""
    writer = Writer(seed)
    found: list[Claim] = []
    for supplier in count(1):
        habit = HABITS[supplier % len(HABITS)]
        found += sorted(_sent(writer, [*habit(writer, supplier)]), key=lambda one: one.day)
        if len(found) >= claims:
            return found[:claims]
    raise AssertionError  # Counting never ends.


def _sent(writer: Writer, honest: Sequence[Claim]) -> Iterator[Claim]:
    """Yield claims, some of them made again, some credited and then rightly billed again."""
    for at, claim in enumerate(honest):
        yield claim
        if writer.chance(DUPLICATES) and _done(claim, honest):
            ways = [way for way in WAYS if way is not with_more or claim.lines[0].work >= 0]
            way = ways[writer.upto(len(ways)) - 1]
            yield replace(way(writer, claim, at), way=way.__name__, of=claim.number)
        elif writer.chance(CREDITED):
            later = claim.day + timedelta(days=writer.upto(9))
            of = claim.number if at % 2 else ""  # Every other credit note names its source.
            yield replace(claim, number=f"C{claim.number}", day=later, credit=True, of=of)
            yield replace(claim, number=f"R{at + 1:05d}", day=later)


def _done(claim: Claim, honest: Sequence[Claim]) -> bool:
    """Tell whether nothing honest is left to claim later of the work of a claim."""
    works = {line.work for line in claim.lines if line.work >= 0}
    return not any(
        works & {line.work for line in other.lines} for other in honest if other.day > claim.day
    )


def same_number(writer: Writer, claim: Claim, at: int) -> Claim:
    """Sent by mail and through the portal, its number written another way."""
    del writer, at
    return replace(claim, number=claim.number.lower().replace("-", " ").replace("/", "-"))


def lookalike(writer: Writer, claim: Claim, at: int) -> Claim:
    """Typed from paper: an l for a 1, an O for a 0."""
    del writer, at
    return replace(claim, number=claim.number.translate(LOOKALIKES))


def other_zeros(writer: Writer, claim: Claim, at: int) -> Claim:
    """Another program pads the number with other zeros, and has the day of entry."""
    del at
    head = claim.number.rstrip("0123456789")
    number = f"{head}00{claim.number[len(head) :]}"
    return replace(claim, number=number, day=_later(writer, claim, 5))


def without_prefix(writer: Writer, claim: Claim, at: int) -> Claim:
    """Lose the prefix of the number, or put one before it."""
    del at
    for sign in ("INV-2026-", "P/", "T-", "BC-", "SG"):
        if claim.number.startswith(sign):
            return replace(claim, number=claim.number.removeprefix(sign))
    return replace(claim, number=f"RE-{claim.number}", day=_later(writer, claim, 3))


def slip(writer: Writer, claim: Claim, at: int) -> Claim:
    """Two signs of the number changed places, or one was typed twice."""
    del writer, at
    number = claim.number
    for place in range(len(number) - 1, 0, -1):
        if number[place] != number[place - 1] and number[place - 1 : place + 1].isalnum():
            return replace(
                claim,
                number=number[: place - 1]
                + number[place]
                + number[place - 1]
                + number[place + 1 :],
            )
    return replace(claim, number=number + number[-1])


def other_number(writer: Writer, claim: Claim, at: int) -> Claim:
    """Entered by hand under a number of its own, on the same day."""
    return replace(claim, number=f"M{90_000 + at * 7 + writer.upto(6)}")


def sent_again(writer: Writer, claim: Claim, at: int) -> Claim:
    """Sent again under a new number and day, as nobody had paid it yet."""
    again = other_number(writer, claim, at)
    return replace(again, day=_later(writer, claim, 20))


def billed_anew(writer: Writer, claim: Claim, at: int) -> Claim:
    """Billed anew under a new number, at a corrected price where it names work, never credited."""
    again = sent_again(writer, claim, at)
    lines = tuple(
        replace(line, price_e6=line.price_e6 + 10_000 * (line.work >= 0)) for line in claim.lines
    )
    return replace(again, lines=lines)


def with_more(writer: Writer, claim: Claim, at: int) -> Claim:
    """Claim the same work again among some more, in a later week."""
    again = sent_again(writer, claim, at)
    more = writer.work("Travel", writer.upto(5) * 10_000)
    return replace(again, lines=(*claim.lines, more))


def _later(writer: Writer, claim: Claim, most: int) -> date:
    return claim.day + timedelta(days=writer.upto(most))


WAYS: tuple[Callable[[Writer, Claim, int], Claim], ...] = (
    same_number,
    lookalike,
    other_zeros,
    without_prefix,
    slip,
    other_number,
    sent_again,
    billed_anew,
    with_more,
)
