from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.formats.papers import claimed, line, paper, papers
from vendorops.domain.claim_checks import ClaimContradictsItself, check_claim
from vendorops.domain.money import Money


def taxed(claim, tax_minor):
    """Return the claim with another tax that its totals agree to."""
    tax = Money(tax_minor, claim.currency)
    return replace(claim, tax=tax, gross=claim.net + tax, payable=claim.net + tax)


@given(papers())
def test_every_invoice_that_we_would_print_holds_together(printed):
    assume(printed.kind == "invoice" or printed.gross.minor >= 0)

    check_claim(claimed(printed, "ubl"))


def test_a_credit_note_that_would_ask_for_money_is_refused():
    back = claimed(paper(type_code="381", lines=(line(quantity_e4=-10_000),)), "ubl")

    with pytest.raises(ClaimContradictsItself, match="so it would ask for money"):
        check_claim(back)


@pytest.mark.parametrize(("beside", "right"), [(0, True), (1, True), (-1, True), (2, False)])
def test_the_stated_tax_of_a_line_may_be_a_unit_beside_what_its_rate_makes(beside, right):
    claim = claimed(paper(lines=(line(),)), "ubl")
    tax = Money(claim.tax.minor + beside, claim.currency)
    stated = taxed(replace(claim, lines=(replace(claim.lines[0], tax=tax),)), tax.minor)

    if right:
        check_claim(stated)
    else:
        with pytest.raises(ClaimContradictsItself, match="the rate makes a tax of"):
            check_claim(stated)


def test_stated_taxes_of_lines_that_do_not_make_the_tax_are_refused():
    claim = claimed(paper(lines=(line(),)), "ubl")
    lines = (replace(claim.lines[0], tax=claim.tax),)

    with pytest.raises(ClaimContradictsItself, match="the taxes of the lines make"):
        check_claim(taxed(replace(claim, lines=lines), claim.tax.minor + 1))


@given(papers(), st.integers(-(10**9), 10**9))
def test_tax_of_another_amount_is_left_to_the_match(printed, more):
    claim = claimed(printed, "ubl")
    assume(claim.kind == "invoice" or claim.gross.minor + more >= 0)

    check_claim(taxed(claim, claim.tax.minor + more))


def test_an_allowance_on_the_whole_document_is_left_to_the_match():
    claim = claimed(paper(), "ubl")
    net = claim.net - Money(1000, claim.currency)

    check_claim(replace(claim, net=net, gross=net + claim.tax, payable=net + claim.tax))


WRONG = {
    "has no lines": lambda claim: replace(claim, lines=()),
    "what is left to pay": lambda claim: replace(claim, payable=Money(1, claim.currency)),
    "gross": lambda claim: replace(claim, gross=Money(1, claim.currency)),
    "in another currency": lambda claim: replace(claim, tax=Money(claim.tax.minor, "USD")),
    "more digits than any bill": lambda claim: replace(claim, net=Money(10**15, claim.currency)),
    "no tax has such a rate": lambda claim: replace(
        claim, lines=(replace(claim.lines[0], tax_rate_e4=100_001),)
    ),
    "larger than any line": lambda claim: replace(
        claim, lines=(replace(claim.lines[0], quantity_e4=2**40, price_e6=2**40),)
    ),
}


@pytest.mark.parametrize("sentence", WRONG)
def test_a_claim_that_would_pay_a_wrong_amount_is_refused(sentence):
    claim = WRONG[sentence](claimed(paper(), "ubl"))

    with pytest.raises(ClaimContradictsItself, match=sentence):
        check_claim(claim)
