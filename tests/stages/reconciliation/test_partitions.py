"""Suppliers matched together come out as each would alone, whatever the groups are."""

import pytest
from sqlmodel import col, select, update

from tests.stages.reconciliation.partitioned import (
    COUNT,
    copied,
    opener_of,
    outcome,
    suppliers,
)
from vendorops.books.engine import engine
from vendorops.stages import partitions, reconciliation, sweep
from vendorops.tables import Invoice, Reconciliation, Refusal


def test_suppliers_are_grouped_by_their_lines_and_none_is_lost(opener, monkeypatch):
    idents = suppliers(opener())  # They claim two, three, four and two lines.
    monkeypatch.setattr(reconciliation, "PARTITION_LINES", 4)
    assert partitions("reconciliation", opener(), idents) == [[ident] for ident in idents]

    monkeypatch.setattr(reconciliation, "PARTITION_LINES", 6)
    assert partitions("reconciliation", opener(), idents) == [idents[:2], idents[2:]]


def test_a_stage_that_knows_no_groups_takes_each_row_alone(opener):
    assert partitions("acceptance", opener(), [3, 4]) == [[3], [4]]


def test_together_and_alone_the_same_is_written_told_and_sealed(
    opener, settings, tmp_path, monkeypatch
):
    suppliers(opener())
    other = copied(settings, tmp_path / "other")

    sweep("reconciliation", opener())
    monkeypatch.setattr(reconciliation, "PARTITION_LINES", 1)
    sweep("reconciliation", opener_of(other))

    together = outcome(opener())
    assert together == outcome(opener_of(other))
    engine(other).dispose()
    assert len(together[2]) == len(set(together[3])) == COUNT
    assert {status for *_, status in together[2]} == {"sealed", "explained"}


@pytest.mark.breaks("S17")  # The claim is spoilt past the books.
def test_one_that_is_refused_keeps_no_other_of_its_group(opener):
    idents = suppliers(opener())
    with opener()() as books:
        wrong = update(Invoice).where(col(Invoice.supplier_id) == idents[1])
        books.session.execute(wrong.values(currency="EURO"))

    outcome = sweep("reconciliation", opener())

    assert len(outcome.advanced) == COUNT - 1
    assert "'EURO' is not a currency" in outcome.refused[0][1]
    with opener()() as books:
        explained = set(books.session.exec(select(Reconciliation.supplier_id)))
        assert explained == {*idents} - {idents[1]}
        assert books.session.exec(select(Refusal.subject_id)).one() == idents[1]
