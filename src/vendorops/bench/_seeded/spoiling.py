"""Makes a right line wrong, or right in another way; each act has the name of its fault."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from vendorops.bench._seeded.sent import IN_TIME, SEPTEMBER, SentLine, Work
from vendorops.domain.measure import extended

HOUR_E4 = 10_000
OTHER_CURRENCY = "GBP"
HIGHER_TAX_E4 = 1300


@dataclass(frozen=True)
class Beside:
    """What else is claimed around a line."""

    random: Random
    first: SentLine
    """The first line of its claim, which is always right."""
    anchor: SentLine
    """The first line of the first claim under its contract, which is served before all others."""
    elsewhere: str
    """Reference of work under the supplier's other contract."""


def at(work: Work, quantity_e4: int, price_e6: int = 0) -> int:
    """Return what a quantity of work comes to, at its own price unless another is given."""
    return extended(quantity_e4, price_e6 or work.price_e6, work.currency).minor


def price_above(line: SentLine, beside: Beside) -> SentLine:
    """Bill a fifth more than agreed; the agreed part is due."""
    del beside
    return replace(line, price_e6=line.price_e6 * 6 // 5)


def price_below(line: SentLine, beside: Beside) -> SentLine:
    """Bill a fifth less than agreed: an old rate card, perhaps; nothing is due until asked."""
    del beside
    return replace(line, price_e6=line.price_e6 * 4 // 5, due_minor=0)


def quantity_above(line: SentLine, beside: Beside) -> SentLine:
    """Bill more hours than were done."""
    more = HOUR_E4 * beside.random.randint(1, 12)
    return replace(line, quantity_e4=line.quantity_e4 + more)


def partly_accepted(line: SentLine, beside: Beside) -> SentLine:
    """Bill all of which half was accepted."""
    del beside
    work = replace(line.work, accepted_e4=line.work.quantity_e4 // 2)
    return replace(line, work=work, due_minor=at(work, work.accepted_e4))


def not_accepted(line: SentLine, beside: Beside) -> SentLine:
    """Bill what nobody has looked at yet."""
    del beside
    return replace(line, work=replace(line.work, accepted_e4=0, accepted_on=None), due_minor=0)


def other_contract(line: SentLine, beside: Beside) -> SentLine:
    """Name work of another contract of the same supplier."""
    return replace(line, reference=beside.elsewhere, due_minor=0)


def unknown(line: SentLine, beside: Beside) -> SentLine:
    """Name a number of the supplier's own system."""
    reference = f"JOB {beside.random.randint(10**6, 10**7)}"
    return replace(line, reference=reference, due_minor=0)


def typo(line: SentLine, beside: Beside) -> SentLine:
    """Mistype the reference in a way that makes it no other's."""
    right = line.reference
    wrong = beside.random.choice(
        (
            right[:-1],
            right.replace("WRK", "WKR"),
            right.replace("0", "O"),
            f"{right}{right[-1]}",
            right.replace("WRK", "WR"),
        )
    )
    return replace(line, reference=wrong, due_minor=0)


def no_prefix(line: SentLine, beside: Beside) -> SentLine:
    """Leave the prefix out, or the year too."""
    short = line.reference.removeprefix("WRK-")
    written = beside.random.choice((short, short.removeprefix("2026-")))
    return replace(line, reference=written, due_minor=0)


def no_reference(line: SentLine, beside: Beside) -> SentLine:
    """Name no work at all."""
    del beside
    return replace(line, reference="", due_minor=0)


def other_work(line: SentLine, beside: Beside) -> SentLine:
    """Name other work at the same price, which its own line has claimed before."""
    anchor = beside.anchor
    work = replace(line.work, price_e6=anchor.price_e6, term=anchor.work.term)
    return replace(
        line, work=work, reference=anchor.reference, price_e6=anchor.price_e6, due_minor=0
    )


def again_in_claim(line: SentLine, beside: Beside) -> SentLine:
    """Bill the first line of the claim once more."""
    del line
    return replace(beside.first, due_minor=0)


def again_in_another(line: SentLine, beside: Beside) -> SentLine:
    """Bill a line of an earlier claim once more."""
    del line
    return replace(beside.anchor, due_minor=0)


def wrong_period(line: SentLine, beside: Beside) -> SentLine:
    """Bill work of the month before that was accepted in time for its own claims."""
    del beside
    work = replace(line.work, performed_on=SEPTEMBER, accepted_on=IN_TIME)
    return replace(line, work=work, due_minor=0)


def late_accepted(line: SentLine, beside: Beside) -> SentLine:
    """Bill work of the month before that was accepted too late for it."""
    del beside
    return replace(line, work=replace(line.work, performed_on=SEPTEMBER))


def other_currency(line: SentLine, beside: Beside) -> SentLine:
    """Bill work that was ordered in another currency."""
    del beside
    return replace(line, work=replace(line.work, currency=OTHER_CURRENCY), due_minor=0)


def tax_category(line: SentLine, beside: Beside) -> SentLine:
    """Bill at the rate nought what is taxed."""
    del beside
    return replace(line, tax_category="Z", tax_rate_e4=0, due_minor=0)


def tax_rate(line: SentLine, beside: Beside) -> SentLine:
    """Bill with the tax of goods."""
    del beside
    return replace(line, tax_rate_e4=HIGHER_TAX_E4, due_minor=0)


def arithmetic(line: SentLine, beside: Beside) -> SentLine:
    """State a net that is not quantity times price."""
    return replace(line, off_minor=beside.random.randint(2, 5000), due_minor=0)


def credit_line(line: SentLine, beside: Beside) -> SentLine:
    """Take an hour back on an invoice, which only a credit note may."""
    del beside
    return replace(line, quantity_e4=-HOUR_E4, due_minor=0)


def within_tolerance(line: SentLine, beside: Beside) -> SentLine:
    """Bill half a per cent more than agreed."""
    price = line.price_e6 + line.price_e6 // 200
    del beside
    return replace(line, price_e6=price, due_minor=at(line.work, line.quantity_e4, price))


def rounded(line: SentLine, beside: Beside) -> SentLine:
    """Round another way."""
    off = beside.random.choice((-1, 1))
    return replace(line, off_minor=off, due_minor=line.due_minor + off)


def in_parts(line: SentLine, beside: Beside) -> SentLine:
    """Bill the first half of work; the other half follows in a later claim."""
    del beside
    half = line.quantity_e4 // 2
    return replace(line, quantity_e4=half, due_minor=at(line.work, half))


SPOILS: dict[str, Callable[[SentLine, Beside], SentLine]] = {
    each.__name__: each
    for each in (
        *(price_above, price_below, quantity_above, partly_accepted, not_accepted),
        *(other_contract, unknown, typo, no_prefix, no_reference, other_work),
        *(again_in_claim, again_in_another, wrong_period, other_currency, tax_category),
        *(tax_rate, arithmetic, credit_line, within_tolerance, rounded, late_accepted, in_parts),
    )
}
