"""Papers from the books are made of what a person decided, and of nothing else."""

from typing import Any

import pytest

from tests import make
from tests.documents.contract_facts import squeezed
from vendorops.documents import UnprintableText, pdf_facts
from vendorops.documents.notices import NotAnswered, acceptance_note
from vendorops.documents.notices.reasons import REASONS_ZH
from vendorops.domain.lifecycle import ServiceSheetStatus
from vendorops.domain.matching import Reason
from vendorops.stages import sweep
from vendorops.tables import ServiceSheet


def answered(opener, verdict="reject", **changed: Any):
    """A sheet of one line, put before the buyer and answered."""
    with opener()() as books:
        make.people(books)
        items = [make.done(accepted="0", **changed)]
        sheet = make.service_sheet(books, items=items, status=ServiceSheetStatus.SUBMITTED)
    sweep("acceptance", opener())
    make.reply(opener, "acceptance", "lin.buyer", verdict)
    sweep("acceptance", opener())
    return sheet.id


def test_work_that_nobody_has_answered_has_no_acceptance_note(opener):
    with opener()() as books:
        sheet = make.service_sheet(books, status=ServiceSheetStatus.SUBMITTED)

        with pytest.raises(NotAnswered, match=f"accepted or rejected {sheet.reference} yet"):
            acceptance_note(books, sheet)


def test_a_rejected_sheet_says_that_all_of_it_was_rejected_and_why(opener):
    ident = answered(opener)

    with opener()() as books:
        sheet = books.get(ServiceSheet, ident)
        said = squeezed(pdf_facts(acceptance_note(books, sheet).pdf).text)

    assert squeezed("分拣 sorting, week 41 小时 hour 40 0 40") in said
    assert sheet.source_sha256 in said


def test_a_description_that_cannot_be_printed_is_refused_and_not_left_out(opener):
    ident = answered(opener, description="sorting \U0001f600")

    with opener()() as books, pytest.raises(UnprintableText, match="cannot print '\U0001f600'"):
        acceptance_note(books, books.get(ServiceSheet, ident))


def test_every_reason_for_a_difference_is_said_in_both_languages():
    assert set(REASONS_ZH) == {reason.value for reason in Reason}
    assert all(reason.sentence for reason in Reason)
