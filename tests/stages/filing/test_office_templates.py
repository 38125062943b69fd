"""Templates that offices publish for a year, as people give them."""

import pytest

from tests import make
from tests.stages.filing.american_year import FORM, NAMES, TOLD, template
from tests.stages.filing.carrying import TAX
from tests.stages.settlement.month import rows
from tests.stages.settlement.test_withholding_abroad import NEW_YEAR
from vendorops.books.standing import NotProposable
from vendorops.documents.office_templates import record_template
from vendorops.domain.refusal import Refused
from vendorops.tables import OfficeTemplate


def test_what_is_no_template_of_the_form_and_year_is_refused(opener):
    with opener()() as books:
        make.people(books)

    for of, header, source, why in (
        ((FORM, 2025), NAMES, TOLD, "boxes 1, 2, 3"),
        ((FORM, 2026), "", TOLD, "it is empty"),
        ((FORM, 2026), NAMES + ",Office Code", TOLD, "Office Code twice"),
        ((FORM, 2026), NAMES, "web", "give --source"),
        (("cn.iit.withholding", 2026), NAMES, TOLD, "these are: us.1099nec"),
    ):
        with opener(as_of=NEW_YEAR)() as books, pytest.raises(Refused, match=why):
            record_template(make.by(books, TAX), of, header.encode(), source)


def test_a_template_is_kept_once_and_given_by_our_own_people_alone(opener):
    with opener()() as books:
        make.people(books)

    assert template(opener) == template(opener)

    with opener(as_of=NEW_YEAR)() as books:
        assert len(rows(books, OfficeTemplate)) == 1
        with pytest.raises(NotProposable):
            record_template(make.by(books, "nobody"), (FORM, 2026), NAMES.encode(), TOLD)
        with pytest.raises(Refused, match="no text in UTF-8"):
            record_template(make.by(books, TAX), (FORM, 2026), b"\xff\xfe", TOLD)
