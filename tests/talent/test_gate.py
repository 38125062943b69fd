"""Nobody is proposed before a person verified his identity and his claims."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests import make
from tests.make import talent
from tests.make.parties import party_of
from tests.make.people import person, signer
from tests.make.talent import CERTIFICATION, REGISTRAR, VERIFIER, as_
from vendorops import labels
from vendorops.documents.forms import BadForm
from vendorops.domain.lifecycle import TalentStatus, WorkerStatus
from vendorops.invariants import check, every
from vendorops.tables import Worker
from vendorops.talent.assessing import assess
from vendorops.talent.certificates import certificates_of, verify_certificate
from vendorops.talent.exporting import shown
from vendorops.talent.forms import entry_from
from vendorops.talent.matching import propose
from vendorops.talent.profiles import enter_profile, labels_on
from vendorops.talent.rights import NotYours
from vendorops.talent.verifying import (
    NotInThatOrder,
    NotVerified,
    TalentDoubtful,
    check_proposable,
    verify,
)

SOUND, DOUBTFUL = ("sound", "seen"), ("doubtful", "another face")


def test_who_was_only_registered_cannot_be_proposed(books, agency):
    row = talent.profile(books, agency, proposable=False)
    with pytest.raises(NotVerified, match="identity must be verified"):
        propose(as_(books, REGISTRAR), talent.demand(books), row, labels.formula("2026.1"))


def test_who_is_verified_but_whose_claims_are_not_cannot_be_proposed(books, agency):
    row = talent.profile(books, agency, proposable=False)
    verify(as_(books, VERIFIER), row, "identity", SOUND, b"video")
    with pytest.raises(NotVerified, match="claims must be verified"):
        check_proposable(books, row)


def test_two_sound_findings_make_somebody_proposable(books, agency):
    row = talent.profile(books, agency)
    check_proposable(books, row)
    assert (row.status, row.proposable_from) == ("proposable", books.as_of)


def test_claims_are_not_verified_before_the_identity(books, agency):
    row = talent.profile(books, agency, proposable=False)
    with pytest.raises(NotInThatOrder, match="identity before the claims"):
        verify(as_(books, VERIFIER), row, "claims", SOUND, b"notes")


def test_claims_are_not_sound_while_a_certificate_is_unsettled(books, agency):
    row = talent.profile(books, agency, proposable=False, certifications=[CERTIFICATION])
    other = as_(books, VERIFIER)
    verify(other, row, "identity", SOUND, b"video")
    with pytest.raises(NotInThatOrder, match="CRT-2026-000001"):
        verify(other, row, "claims", SOUND, b"notes")
    verify_certificate(other, certificates_of(books, row)[0], sound=False, because="unknown")
    verify(other, row, "claims", SOUND, b"notes")
    assert row.status == TalentStatus.PROPOSABLE


def test_who_registered_somebody_may_not_verify_him(books, agency):
    row = talent.profile(books, agency, proposable=False)
    with pytest.raises(NotYours, match="somebody else"):
        verify(as_(books, REGISTRAR), row, "identity", SOUND, b"video")


def test_a_supplier_may_register_its_people_but_neither_verify_nor_assess_them(books, agency):
    signer(books, party_of(books, agency))
    theirs = as_(books, "he.hengxin")
    row = enter_profile(theirs, agency, entry_from(talent.entry()))
    with pytest.raises(NotYours, match="buyer or compliance"):
        verify(theirs, row, "identity", SOUND, b"video")


def test_nobody_registers_people_of_a_supplier_he_does_not_sign_for(books, agency):
    person(books, "some.one")
    with pytest.raises(NotYours, match="may not register"):
        enter_profile(as_(books, "some.one"), agency, entry_from(talent.entry()))


def test_a_doubt_stops_proposals_until_the_identity_was_verified_anew(books, agency):
    row = talent.profile(books, agency)
    other = as_(books, VERIFIER)
    verify(other, row, "identity", DOUBTFUL, b"video")
    with pytest.raises(TalentDoubtful, match="until the doubt is settled"):
        check_proposable(books, row)
    assert row.proposable_from is None
    verify(other, row, "identity", ("sound", "his brother was filmed"), b"video 2")
    assert row.status == TalentStatus.VERIFIED
    verify(other, row, "claims", SOUND, b"notes")
    check_proposable(books, row)


def test_new_claims_take_somebody_back_to_verified(books, agency):
    row = talent.profile(books, agency)
    stronger = talent.entry(positions=[{"code": "2.3.4", "proficiency": 100}])
    enter_profile(as_(books, REGISTRAR), agency, entry_from(stronger))
    assert (row.status, row.proposable_from) == (TalentStatus.VERIFIED, None)


def test_another_price_or_place_needs_no_new_verification(books, agency):
    row = talent.profile(books, agency)
    cheaper = talent.entry(
        remuneration={"currency": "CNY", "hourlyAmount": "99.00"}, workLocations=["cn-zj"]
    )
    enter_profile(as_(books, REGISTRAR), agency, entry_from(cheaper))
    assert row.status == TalentStatus.PROPOSABLE


def test_who_no_longer_works_cannot_be_proposed(books, agency):
    row = talent.profile(books, agency)
    books.move(books.get(Worker, row.worker_id), WorkerStatus.INACTIVE, because="left")
    with pytest.raises(NotVerified, match="inactive"):
        check_proposable(books, row)


def test_a_certificate_that_two_people_show_is_verified_for_neither(books, agency):
    first = talent.profile(books, agency, 1, proposable=False, certifications=[CERTIFICATION])
    second = talent.profile(books, agency, 2, proposable=False, certifications=[CERTIFICATION])
    assert first.id != second.id
    with pytest.raises(BadForm, match="shown as CRT-2026-000001 too"):
        talent.verified(books, certificates_of(books, second)[0])


def test_a_certificate_that_ended_is_not_verified(books, agency):
    ended = {**CERTIFICATION, "validTo": "2026-11-04"}
    row = talent.profile(books, agency, proposable=False, certifications=[ended])
    with pytest.raises(BadForm, match="ended on 2026-11-04"):
        talent.verified(books, certificates_of(books, row)[0])


def test_a_revoked_certificate_takes_somebody_back_to_verified(books, agency):
    row = talent.profile(books, agency, certifications=[CERTIFICATION])
    (held,) = certificates_of(books, row)
    assert (held.verified_by, held.verified_on) == (VERIFIER, date(2026, 11, 4))
    verify_certificate(as_(books, VERIFIER), held, sound=False, because="the issuer withdrew it")
    assert (held.status, row.status) == ("revoked", TalentStatus.VERIFIED)


def test_a_label_changed_behind_our_back_is_noticed(books, agency):
    row = talent.profile(books, agency)
    (rule,) = (one for one in every() if one.code == "S74")
    assert check(books, rule) == []
    (label,) = (one for one in labels_on(books, row, books.as_of) if one.kind == "role")
    label.value = 100
    books.session.flush()
    assert [found.what for found in check(books, rule)] == [row.reference]


def test_an_assessment_is_never_edited_and_belongs_to_who_made_it(books, agency):
    row = talent.profile(books, agency)
    made = talent.assessed(books, row, 80, 80, 80, 80, 80)
    assert (made.assessor, made.assessed_on, made.grade) == (REGISTRAR, books.as_of, "silver")
    with pytest.raises(NotYours, match="assessor or buyer"):
        assess(as_(books, VERIFIER), row, "web_anchor", {}, b"")
    with pytest.raises(DBAPIError, match="never edited"):
        books.session.connection().execute(text("UPDATE assessment SET grade = 'gold'"))


def test_somebody_registered_by_two_suppliers_is_shown_as_such(books, agency):
    first = talent.profile(books, agency)
    second = talent.profile(books, make.supplier(books))
    assert shown(books, first)["looksLike"] == []
    (told,) = shown(books, second)["looksLike"]
    assert "WKR-2026-000001 of another supplier" in told
