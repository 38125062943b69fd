"""Candidates come from suppliers that were asked and may represent them; the first owns him."""

from datetime import date

import pytest
from sqlmodel import select

from tests.stages.sourcing.line import (
    CONSENT,
    FIRST,
    SECOND,
    Refusals,
    beside,
    both_at_once,
    form,
    nth_number,
    proposed,
)
from vendorops.books import vault
from vendorops.documents import kept
from vendorops.domain.lifecycle import (
    QualificationStatus,
    RequisitionStatus,
    SupplierStatus,
)
from vendorops.domain.money import BadAmount
from vendorops.domain.refusal import Refused
from vendorops.tables import (
    Distribution,
    Qualification,
    Requisition,
    Submission,
    Supplier,
    VaultEntry,
)
from vendorops.working import sourcing
from vendorops.working.sourcing.admitting import (
    NoRightToRepresent,
    NotDistributed,
    NotSubmittable,
    PastDeadline,
)
from vendorops.working.sourcing.owning import OWNED_DAYS
from vendorops.working.sourcing.rights import NotTheirs
from vendorops.working.sourcing.states import TooLate

DAYS = OWNED_DAYS.on(date(2026, 11, 4))


def test_a_candidate_is_kept_by_a_blind_index_and_his_number_in_the_vault_alone(line):
    line.open()

    reference = line.submit(FIRST)

    row = line.seen(Submission, reference)
    assert (row.status, row.submitted_by, row.submitted_at) == ("submitted", FIRST, line.now)
    assert row.identifier_masked == "••••" + nth_number(0)[-4:]
    assert nth_number(0) not in str(row.model_dump())
    with line.books("reader") as books:
        assert row.candidate_key == vault.blind_index(books, nth_number(0), "cn_ric")
        assert vault.reveal(books, books.get(Submission, row.id), "identifier") == nth_number(0)
        assert kept(books, row.consent_sha256) == CONSENT


def test_the_first_candidate_takes_the_requisition_on_and_answers_for_the_supplier(line):
    requisition = line.open()
    line.wait(hours=5)

    line.submit(FIRST)

    row = line.seen(Requisition, requisition)
    assert (row.status, row.started_at) == ("in_progress", line.now)
    answered = line.seen(Distribution, "DIS-2026-000001")
    assert (answered.status, answered.responded_at) == ("responded", line.now)


UNFIT: Refusals = {
    "right_to_represent is missing": (NoRightToRepresent, {"right_to_represent": None}),
    "2026-11-05 has not come yet": (
        NoRightToRepresent,
        {"right_to_represent": {"given_on": "2026-11-05", "file": "consent.pdf"}},
    ),
    "pay: give what one year costs": (NotSubmittable, {"pay": ""}),
    "above nothing": (NotSubmittable, {"pay": "-1.00"}),
    "finer than the smallest unit": (BadAmount, {"pay": "0.001"}),
    "neither belongs to SUP-2026-000002": (NotTheirs, {"supplier": "SUP-2026-000002"}),
    "there is no Requisition": (Refused, {"requisition": "REQ-2026-000009"}),
    "number": (Refused, {"number": "110101199003070000"}),
}


def test_a_candidate_who_cannot_be_taken_is_refused_and_nothing_is_kept(line):
    line.open()

    for sentence, (refusal, changed) in UNFIT.items():
        wanted = {name: value for name, value in changed.items() if value is not None}
        given = proposed(FIRST, **wanted)
        for name in set(changed) - set(wanted):
            del given[name]
        with line.books(FIRST) as books, pytest.raises(refusal) as told:
            sourcing.submit(books, form(given), beside)
        assert sentence in str(told.value)
        assert nth_number(0) not in str(told.value)

    with line.books("reader") as books:
        assert books.session.exec(select(Submission)).all() == []
        kept_for = select(VaultEntry).where(VaultEntry.subject_table == "submission")
        assert books.session.exec(kept_for).all() == []


def test_an_empty_consent_gives_no_right_to_represent(line):
    line.open()

    with line.books(FIRST) as books, pytest.raises(NoRightToRepresent, match="is empty"):
        sourcing.submit(books, form(proposed(FIRST)), lambda _: b"")


def test_a_supplier_that_was_not_asked_or_not_yet_or_declined_proposes_nobody(line):
    line.open()
    with pytest.raises(NotDistributed, match="is not yet distributed to SUP-2026-000002"):
        line.submit(SECOND)
    line.open(suppliers=[{"contract": "CON-2026-000001"}])
    with pytest.raises(NotDistributed, match="REQ-2026-000002 was not distributed"):
        line.submit(SECOND, requisition="REQ-2026-000002")

    with line.books(FIRST) as books:
        sourcing.decline_requisition(books, "REQ-2026-000001", "SUP-2026-000001", "too busy")

    with pytest.raises(NotDistributed, match=r"is declined \(too busy\)"):
        line.submit(FIRST)


def test_nobody_is_taken_after_the_deadline_or_once_the_requisition_has_ended(line):
    requisition = line.open(**both_at_once())
    line.wait(days=16)
    line.submit(FIRST)
    line.wait(days=1)
    with pytest.raises(PastDeadline, match="took candidates until 2026-11-20"):
        line.submit(SECOND, number=nth_number(1))

    with line.books() as books:
        sourcing.stop(books, requisition, RequisitionStatus.CANCELLED, "the shop closes")

    with pytest.raises(TooLate, match=r"is cancelled \(the shop closes\)"):
        line.submit(SECOND, number=nth_number(2))
    assert line.status("SUB-2026-000001") == "rejected"


def test_a_supplier_stopped_or_unqualified_since_it_was_asked_proposes_nobody(line):
    line.open(**both_at_once())
    with line.books("system:test") as books:
        stopped = books.named(Supplier, "SUP-2026-000001")
        books.move(stopped, SupplierStatus.SUSPENDED, because="as the test wants it")
        case = books.named(Qualification, "QUA-2026-000002")
        books.move(case, QualificationStatus.EXPIRED, because="as the test wants it")

    with pytest.raises(Refused, match="SUP-2026-000001 is suspended"):
        line.submit(FIRST)
    with pytest.raises(Refused, match="QUA-2026-000002 held until"):
        line.submit(SECOND)


def test_who_belongs_to_another_supplier_neither_decides_nor_withdraws(line):
    line.open()
    found = line.submit(FIRST)

    with line.books(SECOND) as books, pytest.raises(NotTheirs, match="may not withdraw"):
        sourcing.withdraw(books, found, "not mine")
    with line.books(FIRST) as books, pytest.raises(NotTheirs, match="may not shortlist"):
        sourcing.shortlist(books, found, "the best of all")
    with line.books(FIRST) as books, pytest.raises(NotTheirs, match="may not reject"):
        sourcing.reject(books, found, "another is better")
