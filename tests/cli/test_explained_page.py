"""A tree as one page: whole, loading nothing, and safe whatever a supplier wrote."""

import time
from datetime import UTC, datetime

import pytest
from lxml import html

from vendorops.books import Terms, open_books
from vendorops.demo import story
from vendorops.domain.money import Money
from vendorops.tracing import Check, Node, broken, explain, page

pytestmark = pytest.mark.usefixtures("month")


def test_a_payment_unfolds_in_under_half_a_second_of_processor_time(month):
    terms = Terms(story.FILED, "reader", lambda: datetime(2026, 12, 2, tzinfo=UTC))
    with open_books(month, terms) as books:
        began = time.process_time()
        page(explain(books, "PAY-2026-000004"))
        assert time.process_time() - began < 0.5


def test_the_page_holds_every_node_and_asks_nobody_for_anything(run, tmp_path):
    target = tmp_path / "tree.html"
    (tree,) = run("explain", "PAY-2026-000001", "--json").rows

    ran = run("explain", "PAY-2026-000001", "--html", target)

    assert ran.code == 0
    written_page = target.read_bytes()
    parsed = html.fromstring(written_page)
    assert len(parsed.findall(".//details")) == len(nodes_of(tree))
    assert (
        parsed.xpath("//script | //link | //img | //iframe | //@src | //@href | //@onclick") == []
    )
    assert b"url(" not in written_page
    assert b"@import" not in written_page
    run("explain", "PAY-2026-000001", "--html", target)
    assert target.read_bytes() == written_page


def nodes_of(tree):
    return [tree, *(node for part in tree["parts"] for node in nodes_of(part))]


def test_nothing_that_a_supplier_wrote_becomes_part_of_the_page():
    hostile = "<script>alert(1)</script>"
    tree = Node("work", hostile, Money(1, "EUR"), {"what": hostile}, (Check(hostile, holds=True),))

    assert "<script" not in page(tree)
    assert page(tree).count("&lt;script&gt;") >= 4


def test_parts_that_do_not_make_up_their_amount_are_told():
    parts = (Node("line", "1", Money(40, "EUR")).sharing(), Node("proof", "2", Money(9, "EUR")))

    assert broken(Node("claim", "INV-1", Money(41, "EUR"), parts=parts)) == [
        "its only part: 0.40 EUR ≠ 0.41 EUR"
    ]
