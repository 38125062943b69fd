"""Judges a claim just booked: one surely made before is refused, one that may have been held."""

from collections.abc import Sequence

from vendorops.books import Books, canonical
from vendorops.claiming.duplicates import finding
from vendorops.claiming.duplicates.crediting import credited
from vendorops.claiming.duplicates.scoring import Likeness, Surroundings, likeness
from vendorops.claiming.duplicates.sight import ClaimSight, sights
from vendorops.claiming.duplicates.terms import SCORER, WEIGHTS
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import Invoice, PossibleDuplicate

MOST_SHOWN = 3
"""Earlier claims that a person is shown beside one, the most alike first."""


class DuplicateClaim(Refused):
    """The claim is one that was booked before."""


def check_duplicate(books: Books, invoice: Invoice) -> list[PossibleDuplicate]:
    """Compare a claim with those booked before it, and return what a person must look at.

    Raises DuplicateClaim when number, day, amounts and lines are those of an earlier claim; the
    caller's transaction then books nothing.
    """
    (claim,) = sights(books, [invoice.id])
    alike = alike_to(books, claim)
    finding.enter_keys(books, claim)
    for one in alike:
        if one.certain:
            raise DuplicateClaim(
                f"the claim {invoice.number[:40]!r} is {one.earlier.reference} again: "
                f"{_because(one)}; reject that one first if this replaces it"
            )
    return [_enter(books, invoice, one) for one in alike[:MOST_SHOWN]]


def alike_to(books: Books, claim: ClaimSight) -> list[Likeness]:
    """Return the earlier claims that are alike from the threshold on, the most alike first.

    Left out is what a credit note took back: it may be claimed again.
    """
    weights = WEIGHTS.on(books.as_of)
    earlier = sights(books, finding.candidates(books, claim))
    if not earlier:
        return []
    known = Surroundings(
        finding.overdrawn(books, [claim, *earlier]), finding.on_beat(claim, earlier)
    )
    scored = [likeness(claim, one, known, weights) for one in earlier]
    found = [one for one in scored if one.certain or one.score >= weights.threshold]
    gone = credited(books, [one.earlier for one in found])
    found = [one for one in found if one.earlier.id not in gone]
    return sorted(found, key=lambda one: (-one.score, -one.earlier.id))


def _enter(books: Books, invoice: Invoice, one: Likeness) -> PossibleDuplicate:
    parts = [part._asdict() for part in one.parts]
    since = WEIGHTS.since(books.as_of)
    return books.enter(
        PossibleDuplicate(
            id=books.key(),
            reference=books.reference("DUP"),
            invoice_id=invoice.id,
            earlier_id=one.earlier.id,
            score_e6=one.score,
            parts=canonical(parts).decode(),
            scorer=f"{SCORER}, weights since {since}",
            found_on=books.as_of,
        ),
        because=f"{invoice.reference} may be {one.earlier.reference} again: {_because(one)}",
    )


def _because(one: Likeness) -> str:
    return "; ".join(part.sentence for part in one.parts if part.points > 0)


def lapsed(books: Books, open_ones: Sequence[PossibleDuplicate]) -> dict[int, str]:
    """Return why suspicions have lapsed, by their keys: the earlier claim is owed no more."""
    claims = sights(books, {row.earlier_id for row in open_ones})
    gone = {ident: f"credited with {note}" for ident, note in credited(books, claims).items()}
    for row in open_ones:
        earlier = books.get(Invoice, row.earlier_id)
        if earlier.status == InvoiceStatus.REJECTED:
            gone[earlier.id] = f"{earlier.reference} was rejected"
    return {row.id: gone[row.earlier_id] for row in open_ones if row.earlier_id in gone}
