"""The match of one line: what of it is explained by accepted work at the agreed price.

`judge` is the rule for one line. `judge_columns` says the same of whole months, by column; tests
hold both equal. Every cent of a line's net ends in the allocation or in one difference, and what
is paid (allocated and tolerated) is never more than what was claimed. A credit note reduces what
is paid by what it says, whatever work it is about.
"""

from collections.abc import Sequence
from dataclasses import replace

from vendorops.domain.matching.facts import (
    ClaimFacts,
    DocumentFacts,
    Explained,
    TaxFacts,
    TermFacts,
    ToleranceFacts,
    Verdict,
    WorkFacts,
)
from vendorops.domain.matching.reasons import Reason
from vendorops.domain.measure import extended

ONE = 1_000_000
"""A share of all, in millionths."""


def flaw_of_claim(document: DocumentFacts, tax: ToleranceFacts) -> Reason | None:
    """Return why no line of a claim can be matched, if so: its sums are not those of its lines.

    Its tax may be rounded once for each rate or line by line; else it may stray as far as the
    tolerance of the step tax allows, from what is rounded once.

    >>> flaw_of_claim(DocumentFacts(5000, 5000, 351, 350, 350), ToleranceFacts(10_000, 1))
    >>> flaw_of_claim(DocumentFacts(5000, 5000, 352, 350, 350), ToleranceFacts(10_000, 1)).value
    'wrong_tax_amount'
    """
    if document.net_minor != document.lines_minor:
        return Reason.DOCUMENT_TOTAL
    computed = document.tax_by_rate_minor
    off = abs(document.tax_minor - computed)
    within = off <= min(share_of(computed, tax), tax.amount_minor)
    return (
        None
        if within or document.tax_minor == document.tax_by_line_minor
        else (Reason.WRONG_TAX_AMOUNT)
    )


def share_of(whole: int, tolerance: ToleranceFacts) -> int:
    """Return by how much of something a figure may stray, without its fraction."""
    return abs(whole) * min(tolerance.share_e6, ONE) // ONE


def judge(claim: ClaimFacts, work: WorkFacts | None, terms: TermFacts) -> Verdict:
    """Split the net of one line into what accepted work stands for and named differences.

    >>> claim = ClaimFacts("EUR", quantity_e4=90_000, price_e6=10_050_000, net_minor=9045)
    >>> work = WorkFacts("EUR", True, accepted_e4=80_000, claimed_e4=0, price_e6=10_000_000)
    >>> verdict = judge(claim, work, TermFacts(price=ToleranceFacts(10_000, 100)))
    >>> verdict.allocated_minor, [(d.reason.value, d.amount_minor) for d in verdict.differences]
    (8000, [('price_above_term', 40), ('quantity_above_accepted', 1005)])
    """
    if claim.flaw:
        return _whole(claim, claim.flaw)
    if claim.credit_note:
        return _whole(claim, Reason.CREDIT, tolerated=claim.net_minor <= 0)
    if work is None:
        return _whole(claim, claim.unnamed)
    flaw = _flaw_of_line(claim, work, terms.tax) or _flaw_of_work(claim, work, terms)
    return _whole(claim, flaw) if flaw else _split(claim, work, terms)


def within_cap(claim: ClaimFacts, verdict: Verdict, room_minor: int) -> Verdict:
    """Return a verdict, or the refusal of the whole line where the cap has no room for it.

    `room_minor` is what the cap leaves for this line, after those that are served before it.
    """
    if verdict.payable_minor <= 0 or verdict.payable_minor <= room_minor:
        return verdict
    return _whole(claim, Reason.CAP_EXCEEDED)


def within_total(verdicts: Sequence[Verdict], limit_minor: int | None) -> list[Verdict]:
    """Return the verdicts of a claim's lines, none of which strays further than all may together.

    Where what lines claim too much, each within its tolerance, comes to more than the claim may
    stray as a whole, all of it is disputed. Without a limit each line stands for itself.

    >>> dear = Verdict(10_000, 1000, (Explained(Reason.PRICE_ABOVE_TERM, 60, tolerated=True),))
    >>> [each.payable_minor for each in within_total([dear, dear], 120)]
    [1060, 1060]
    >>> [each.payable_minor for each in within_total([dear, dear], 119)]
    [1000, 1000]
    """
    strayed = [part for each in verdicts for part in each.differences if _strays(part)]
    if limit_minor is None or sum(part.amount_minor for part in strayed) <= limit_minor:
        return list(verdicts)
    return [
        replace(
            each,
            differences=tuple(
                part._replace(tolerated=False) if _strays(part) else part
                for part in each.differences
            ),
        )
        for each in verdicts
    ]


def _strays(part: Explained) -> bool:
    dearer = part.reason in (Reason.PRICE_ABOVE_TERM, Reason.QUANTITY_ABOVE_ACCEPTED)
    return dearer and part.tolerated


def _whole(claim: ClaimFacts, reason: Reason, *, tolerated: bool = False) -> Verdict:
    """Return one difference for all of a line."""
    return Verdict(0, 0, (Explained(reason, claim.net_minor, tolerated),))


def _flaw_of_line(claim: ClaimFacts, work: WorkFacts, tax: TaxFacts | None) -> Reason | None:
    if work.currency != claim.currency:
        return Reason.WRONG_CURRENCY
    if not work.in_month:
        return Reason.WRONG_PERIOD
    if claim.quantity_e4 <= 0 or claim.price_e6 < 0 or claim.net_minor < 0:
        return Reason.CREDIT
    if tax and claim.tax and claim.tax != tax:
        same = claim.tax.category == tax.category
        return Reason.WRONG_TAX_RATE if same else Reason.WRONG_TAX_CATEGORY
    own = extended(claim.quantity_e4, claim.price_e6, claim.currency).minor
    return Reason.LINE_ARITHMETIC if abs(claim.net_minor - own) > 1 else None


def _flaw_of_work(claim: ClaimFacts, work: WorkFacts, terms: TermFacts) -> Reason | None:
    if work.accepted_e4 == 0:
        return Reason.NOT_ACCEPTED_YET
    if terms.forbids(work.grade):
        return Reason.GRADE_BELOW_AGREED
    # Allocating at the agreed price would pay more than was claimed: a person looks first.
    if claim.price_e6 < work.price_e6 and not _tolerated(claim, work, terms.price):
        return Reason.PRICE_BELOW_TERM
    return Reason.DUPLICATE_LINE if work.claimed_e4 >= work.accepted_e4 else None


def _tolerated(claim: ClaimFacts, work: WorkFacts, tolerance: ToleranceFacts) -> bool:
    """Both limits hold for the price; the amount is that of what can at most be allocated."""
    most = min(claim.quantity_e4, work.accepted_e4)
    claimed = extended(most, claim.price_e6, claim.currency)
    agreed = extended(most, work.price_e6, claim.currency)
    return (
        abs(claim.price_e6 - work.price_e6) <= share_of(work.price_e6, tolerance)
        and abs((claimed - agreed).minor) <= tolerance.amount_minor
    )


def _split(claim: ClaimFacts, work: WorkFacts, terms: TermFacts) -> Verdict:
    quantity = min(claim.quantity_e4, work.accepted_e4 - work.claimed_e4)
    allocated = extended(quantity, work.price_e6, claim.currency).minor
    at_claimed_price = extended(quantity, claim.price_e6, claim.currency).minor
    whole = extended(claim.quantity_e4, claim.price_e6, claim.currency).minor
    above = claim.price_e6 > work.price_e6
    tolerated = _tolerated(claim, work, terms.price)
    found = []
    if at_claimed_price != allocated:
        reason = Reason.PRICE_ABOVE_TERM if above else Reason.PRICE_BELOW_TERM
        found.append(Explained(reason, at_claimed_price - allocated, tolerated))
    if quantity < claim.quantity_e4:
        excess = whole - at_claimed_price
        spare = share_of(work.accepted_e4, terms.quantity)
        few = claim.quantity_e4 - quantity <= spare and excess <= terms.quantity.amount_minor
        # It is paid at the claimed price, which therefore has to be tolerated too.
        found.append(Explained(Reason.QUANTITY_ABOVE_ACCEPTED, excess, few and tolerated))
    if claim.net_minor != whole:
        found.append(Explained(Reason.ROUNDING, claim.net_minor - whole, tolerated=True))
    return Verdict(quantity, allocated, tuple(found))
