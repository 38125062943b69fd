"""The match of one line: exact, never paying more than was claimed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from vendorops.domain.matching import (
    ClaimFacts,
    DocumentFacts,
    Explained,
    Reason,
    TaxFacts,
    TermFacts,
    ToleranceFacts,
    Verdict,
    WorkFacts,
    belongs,
    flaw_of_claim,
    judge,
    within_cap,
)
from vendorops.domain.periods import Period

CLAIM = ClaimFacts("EUR", quantity_e4=80_000, price_e6=10_000_000, net_minor=8000)
WORK = WorkFacts("EUR", in_month=True, accepted_e4=80_000, claimed_e4=0, price_e6=10_000_000)
ONE_PER_CENT = TermFacts(price=ToleranceFacts(share_e6=10_000, amount_minor=100))
STRICT = TermFacts()
TAXED = TermFacts(tax=TaxFacts("S", 600))


def only(verdict: Verdict) -> Explained:
    """Return the one difference of a line of which nothing is allocated."""
    assert (verdict.allocated_quantity_e4, verdict.allocated_minor) == (0, 0)
    [difference] = verdict.differences
    assert (difference.amount_minor, difference.tolerated) != (0, True)
    return difference


def test_accepted_work_at_the_agreed_price_explains_everything():
    assert judge(CLAIM, WORK, STRICT) == Verdict(80_000, 8000, ())


def test_a_price_within_both_limits_is_tolerated_and_paid_as_claimed():
    claim = replace(CLAIM, price_e6=10_100_000, net_minor=8080)

    verdict = judge(claim, WORK, ONE_PER_CENT)

    assert verdict.differences == (Explained(Reason.PRICE_ABOVE_TERM, 80, tolerated=True),)


def test_a_price_beyond_the_amount_is_disputed_though_within_the_share():
    claim = replace(CLAIM, price_e6=10_100_000, net_minor=8080)

    verdict = judge(claim, WORK, TermFacts(price=ToleranceFacts(10_000, 79)))

    assert verdict.allocated_minor == 8000
    assert verdict.differences == (Explained(Reason.PRICE_ABOVE_TERM, 80, tolerated=False),)


def test_a_price_beyond_the_share_is_disputed_though_within_the_amount():
    claim = replace(CLAIM, price_e6=10_100_001, net_minor=8080)

    verdict = judge(claim, WORK, ONE_PER_CENT)

    assert verdict.differences == (Explained(Reason.PRICE_ABOVE_TERM, 80, tolerated=False),)


def test_a_price_slightly_below_the_term_is_paid_as_claimed():
    claim = replace(CLAIM, price_e6=9_900_000, net_minor=7920)

    verdict = judge(claim, WORK, ONE_PER_CENT)

    assert verdict.differences == (Explained(Reason.PRICE_BELOW_TERM, -80, tolerated=True),)


def test_a_price_far_below_the_term_is_not_allocated_at_all():
    claim = replace(CLAIM, price_e6=5_000_000, net_minor=4000)

    verdict = judge(claim, WORK, ONE_PER_CENT)

    assert only(verdict) == Explained(Reason.PRICE_BELOW_TERM, 4000, tolerated=False)


def test_what_is_beyond_the_accepted_quantity_is_disputed():
    verdict = judge(CLAIM, replace(WORK, accepted_e4=75_000), STRICT)

    assert verdict.allocated_minor == 7500
    excess = Explained(Reason.QUANTITY_ABOVE_ACCEPTED, 500, tolerated=False)
    assert verdict.differences == (excess,)


def test_only_what_earlier_lines_left_over_is_allocated():
    verdict = judge(CLAIM, replace(WORK, claimed_e4=70_000), STRICT)

    assert (verdict.allocated_quantity_e4, verdict.allocated_minor) == (10_000, 1000)


def test_a_line_rounded_another_way_is_tolerated_by_one_unit():
    verdict = judge(replace(CLAIM, net_minor=7999), WORK, STRICT)

    assert verdict.differences == (Explained(Reason.ROUNDING, -1, tolerated=True),)


def test_every_flaw_of_a_line_disputes_the_whole_line():
    flawed = {
        Reason.NO_SUCH_WORK: (CLAIM, None),
        Reason.WRONG_CURRENCY: (CLAIM, replace(WORK, currency="CNY")),
        Reason.WRONG_PERIOD: (CLAIM, replace(WORK, in_month=False)),
        Reason.CREDIT: (replace(CLAIM, quantity_e4=-80_000, net_minor=-8000), WORK),
        Reason.LINE_ARITHMETIC: (replace(CLAIM, net_minor=8002), WORK),
        Reason.NOT_ACCEPTED_YET: (CLAIM, replace(WORK, accepted_e4=0)),
        Reason.DUPLICATE_LINE: (CLAIM, replace(WORK, claimed_e4=80_000)),
        Reason.DOCUMENT_TOTAL: (replace(CLAIM, flaw=Reason.DOCUMENT_TOTAL), WORK),
    }

    for reason, (claim, work) in flawed.items():
        expected = Explained(reason, claim.net_minor, tolerated=False)
        assert only(judge(claim, work, ONE_PER_CENT)) == expected


def test_a_line_that_names_no_work_says_why():
    for reason in (Reason.NO_REFERENCE, Reason.REFERENCE_UNKNOWN):
        expected = Explained(reason, 8000, tolerated=False)
        assert only(judge(replace(CLAIM, unnamed=reason), None, STRICT)) == expected


def test_the_tax_of_a_line_is_that_of_its_work_where_one_is_on_file():
    for taxed, reason in (
        (TaxFacts("AE", 0), Reason.WRONG_TAX_CATEGORY),
        (TaxFacts("S", 900), Reason.WRONG_TAX_RATE),
    ):
        claim = replace(CLAIM, tax=taxed)
        assert only(judge(claim, WORK, TAXED)) == Explained(reason, 8000, tolerated=False)
        assert judge(claim, WORK, STRICT).differences == ()
    assert judge(replace(CLAIM, tax=TaxFacts("S", 600)), WORK, TAXED).differences == ()
    assert judge(CLAIM, WORK, TAXED).differences == (), "a statement is no paper for taxes"


def test_a_quantity_within_both_limits_is_paid_at_a_price_that_is_tolerated():
    some = TermFacts(price=ToleranceFacts(10_000, 100), quantity=ToleranceFacts(20_000, 200))
    claim = replace(CLAIM, quantity_e4=81_600, net_minor=8160)
    more = replace(CLAIM, quantity_e4=81_601, net_minor=8160)
    dear = replace(CLAIM, quantity_e4=81_600, price_e6=10_200_000, net_minor=8323)

    for each, amount, tolerated in ((claim, 160, True), (more, 160, False), (dear, 163, False)):
        excess = Explained(Reason.QUANTITY_ABOVE_ACCEPTED, amount, tolerated)
        assert excess in judge(each, WORK, some).differences
    strict = judge(claim, WORK, replace(some, quantity=ToleranceFacts(20_000, 159)))
    assert strict.payable_minor == 8000


def test_a_line_is_capped_whole_and_only_where_its_own_payment_has_no_room():
    verdict = judge(CLAIM, WORK, STRICT)

    assert within_cap(CLAIM, verdict, 8000) == verdict
    assert only(within_cap(CLAIM, verdict, 7999)) == Explained(
        Reason.CAP_EXCEEDED, 8000, tolerated=False
    )
    nothing = judge(CLAIM, None, STRICT)
    assert within_cap(CLAIM, nothing, -1) == nothing


def test_work_of_an_earlier_month_is_claimed_later_only_where_it_was_late_or_partly_claimed():
    october, done = Period.month("2026-10"), date(2026, 9, 30)

    assert belongs(october, date(2026, 10, 1), None, 0)
    assert belongs(october, done, date(2026, 10, 1), 0)
    assert belongs(october, done, None, 0), "it is not accepted yet, rather than of another month"
    assert belongs(october, done, done, 1)
    assert not belongs(october, done, done, 0)
    assert not belongs(october, date(2026, 11, 1), None, 1)


def test_claims_that_do_not_add_up_are_flawed_as_a_whole():
    strict = ToleranceFacts()

    assert flaw_of_claim(DocumentFacts(90, 100), strict) is Reason.DOCUMENT_TOTAL
    assert flaw_of_claim(DocumentFacts(-90, -100), strict) is Reason.DOCUMENT_TOTAL
    assert flaw_of_claim(DocumentFacts(100, 100), strict) is None


def test_tax_rounded_line_by_line_is_as_good_as_rounded_once_and_nothing_else_is():
    claim = DocumentFacts(39, 39, 6, tax_by_rate_minor=7, tax_by_line_minor=6)

    for tax, flaw in ((6, None), (7, None), (8, Reason.WRONG_TAX_AMOUNT)):
        assert flaw_of_claim(replace(claim, tax_minor=tax), ToleranceFacts()) is flaw


def test_tax_as_printed_is_taken_within_both_limits_of_its_tolerance():
    printed = DocumentFacts(38_750, 38_750, 2_310, 2_325, 2_325)

    for share, amount, passes in ((10_000, 15, True), (10_000, 14, False), (6_000, 15, False)):
        flaw = flaw_of_claim(printed, ToleranceFacts(share, amount))
        assert flaw is (None if passes else Reason.WRONG_TAX_AMOUNT)


CREDIT = replace(CLAIM, quantity_e4=-20_000, net_minor=-2000, credit_note=True)


def test_a_line_of_a_credit_note_is_taken_off_whatever_work_it_names():
    takes_back = (Explained(Reason.CREDIT, -2000, tolerated=True),)

    for work in (WORK, None, replace(WORK, in_month=False), replace(WORK, accepted_e4=0)):
        assert judge(CREDIT, work, STRICT) == Verdict(0, 0, takes_back)


def test_a_credit_note_never_adds_to_what_is_paid():
    for wrong in (replace(CREDIT, net_minor=2000), replace(CREDIT, quantity_e4=1, net_minor=1)):
        expected = Explained(Reason.CREDIT, wrong.net_minor, tolerated=False)
        assert only(judge(wrong, WORK, ONE_PER_CENT)) == expected


def test_a_credit_note_that_does_not_add_up_waits_for_a_person():
    verdict = judge(replace(CREDIT, flaw=Reason.DOCUMENT_TOTAL), WORK, STRICT)

    assert only(verdict) == Explained(Reason.DOCUMENT_TOTAL, -2000, tolerated=False)


def test_every_reason_says_what_it_means_in_a_sentence():
    for reason in Reason:
        assert reason.sentence.endswith(".")
        assert reason.remedy.endswith(".")


def test_every_reason_and_what_to_do_about_it_is_in_the_manual():
    manual = (Path(__file__).parents[2] / "docs" / "reconciliation.md").read_text()

    for reason in Reason:
        assert f"| `{reason.value}` | {reason.sentence} | {reason.remedy} |" in manual
