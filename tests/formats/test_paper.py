from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given

from tests.formats.papers import line, paper, papers, party
from vendorops.domain.money import Money, total
from vendorops.domain.paper import UnfitPaper


def test_each_rate_is_rounded_once_on_the_sum_of_its_lines():
    lines = tuple(line(str(at), quantity_e4=10_000, price_e6=30_000) for at in range(5))

    shares = paper(lines=lines).taxes

    assert [(share.net.text, share.tax.text) for share in shares] == [("0.15", "0.03")]


@given(given_paper=papers())
def test_the_totals_add_up_and_each_share_is_within_half_a_unit(given_paper):
    currency = given_paper.currency

    assert given_paper.gross == given_paper.net + given_paper.tax
    assert given_paper.net == total([share.net for share in given_paper.taxes], currency)
    assert given_paper.net == total([one.net(currency) for one in given_paper.lines], currency)
    for share in given_paper.taxes:
        off = share.tax.minor - Fraction(share.net.minor * share.rate_e4, 10_000)
        assert abs(off) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"lines": ()}, "lacks its number, a name or its lines"),
        ({"seller": party("")}, "lacks its number, a name or its lines"),
        ({"lines": (line(price_e6=-1),)}, "make the quantity negative"),
        ({"lines": (line(tax_category="AE", tax_rate_e4=0),)}, "say why in the exemption"),
        ({"lines": (line(description="a\x00b"),)}, "cannot be printed"),
        ({"number": "INV\u202e1"}, "cannot be printed"),
    ],
)
def test_a_paper_that_would_be_no_invoice_is_refused(told, sentence):
    with pytest.raises(UnfitPaper, match=sentence):
        paper(**told)


def test_a_negative_invoice_carries_its_sign_into_every_total():
    claim = paper(lines=(line(quantity_e4=-10_000, price_e6=100_000_000),))

    assert (claim.net, claim.tax) == (Money(-10_000, "EUR"), Money(-1_900, "EUR"))
    assert replace(claim, type_code="381").kind == "credit_note"
