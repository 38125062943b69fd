"""Every requirement, tested because it lies on the shelf."""

from datetime import date, timedelta

import pytest

from vendorops import programs, requirements
from vendorops.domain.refusal import Refused
from vendorops.domain.requirement import PROVES, STEPS, Serving
from vendorops.registry import Unknown
from vendorops.requirements import BadRequirement, required, requirements_from
from vendorops.settings import shipped_templates

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
ENTRIES = [
    pytest.param(place, needed, id=f"{place} {needed.kind} {needed.since}")
    for place in requirements.codes()
    for needed in requirements.requirements(place)
]
EACH = pytest.mark.parametrize(("place", "needed"), ENTRIES)
GOOD = """
- kind: licence
  title: Licence
  programs: [staffing]
  party_kinds: [organization]
  since: 2024-01-01
  blocks: [award]
  cite: "Act, s. 1"
"""


def kinds(program, place, party_kind="organization", home=None, day=TODAY):
    return {
        needed.kind for needed in required(Serving(program, place, party_kind, home or place), day)
    }


@EACH
def test_an_entry_is_dated_cited_and_asked_of_programs_we_run(place, needed):
    assert needed.place == place
    assert needed.since <= TODAY
    assert len(needed.cite) > 5
    assert set(needed.programs) <= set(programs.codes())
    assert set(needed.party_kinds) <= {"organization", "person"}
    assert set(needed.blocks) <= set(STEPS)
    assert needed.proves in PROVES
    assert 0 < needed.renew_days <= 366


@EACH
def test_a_document_that_is_as_good_is_itself_a_kind_we_know_there(place, needed):
    known = {each.kind for each in requirements.requirements(place)}

    assert set(needed.instead) <= known - {needed.kind}


@EACH
def test_an_entry_binds_from_its_first_day_and_not_before(place, needed):
    home = "zz" if needed.home == "abroad" else place
    serving = Serving(needed.programs[0], place, needed.party_kinds[0], home)

    assert needed in required(serving, needed.since)
    assert needed not in required(serving, needed.since - DAY)
    if needed.until:
        assert needed in required(serving, needed.until - DAY)
        assert needed not in required(serving, needed.until)


@EACH
def test_one_kind_is_asked_for_once_by_each_program_on_any_day(place, needed):
    for day in (needed.since, TODAY):
        for program in needed.programs:
            for party_kind in needed.party_kinds:
                serving = Serving(program, place, party_kind, place)
                asked = [each.kind for each in required(serving, day)]
                assert asked.count(needed.kind) <= 1


@pytest.mark.parametrize(
    ("program", "place"),
    [
        (program, folder.name)
        for program in programs.codes()
        for folder in sorted((shipped_templates() / program).glob("*/"))
    ],
)
def test_wherever_a_program_is_contracted_something_must_be_shown(program, place):
    assert kinds(program, place) | kinds(program, place, "person")


@pytest.mark.parametrize(
    ("program", "place", "party_kind", "home", "expected"),
    [
        ("staffing", "cn", "organization", "cn", "business_licence dispatch_licence"),
        ("rpo", "cn", "organization", "cn", "business_licence hr_service_licence"),
        ("bpo", "cn", "organization", "cn", "business_licence outsourcing_filing"),
        ("rpo", "cn", "organization", "sg", "foreign_registration hr_service_licence"),
        ("freelance", "cn", "person", "cn", "identity_proof withholding_consent own_account"),
        ("staffing", "de", "organization", "de", "register_extract leasing_licence vat_proof"),
        ("staffing", "de", "organization", "pl", "leasing_licence vat_proof a1_certificate"),
        ("bpo", "us", "organization", "us", "w9"),
        ("freelance", "us", "person", "us", "w9"),
        ("bpo", "us", "organization", "de", "w8ben"),
        ("freelance", "xa", "person", "xa", "registration"),
    ],
)
def test_suppliers_show_what_their_place_asks_of_their_kind(
    program, place, party_kind, home, expected
):
    money = {"tax_status", "bank_proof"}

    assert kinds(program, place, party_kind, home) - money == set(expected.split())


def test_the_dispatch_licence_states_its_capital_and_lasts_three_years():
    (licence,) = (
        needed for needed in requirements.requirements("cn") if needed.kind == "dispatch_licence"
    )

    assert licence.figures["registered_capital"].at_least == 2_000_000
    assert licence.term_months == 36
    assert licence.stops("award")
    assert licence.stops("start")
    assert not licence.stops("pay")


def test_a_filing_is_as_good_as_shown_by_who_holds_the_licence():
    (filing,) = (
        needed for needed in requirements.requirements("cn") if needed.kind == "outsourcing_filing"
    )

    assert filing.kinds == ("outsourcing_filing", "hr_service_licence")


def test_a_rule_that_ends_gives_way_to_the_one_that_begins_on_that_day():
    later = GOOD.replace("2024-01-01", "2026-07-01").replace("s. 1", "s. 2")
    ended = GOOD.replace("  blocks", "  until: 2026-07-01\n  blocks")

    old, new = requirements_from(ended + later, "zz")

    serving = Serving("staffing", "zz", "organization", "zz")
    assert [each.asks(serving, date(2026, 6, 30)) for each in (old, new)] == [True, False]
    assert [each.asks(serving, date(2026, 7, 1)) for each in (old, new)] == [False, True]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('  cite: "Act, s. 1"\n', "", "cite: Field required"),
        ("  since: 2024-01-01\n", "", "since: Field required"),
        ("[award]", "[]", "blocks"),
        ("[award]", "[delivery]", "blocks"),
        ("[organization]", "[machine]", "party_kinds"),
        ("2024-01-01", "2024-01-01\n  until: 2024-01-01", "after since"),
        ("2024-01-01", "2024-01-01\n  renew_days: 1.5", "renew_days"),
        ("2024-01-01", "2024-01-01\n  because: x", "because"),
        ("2024-01-01", "2024-01-01\n  since: 2025-01-01", "since is there twice"),
        ("- kind: licence", "- kind: Licence", "kind"),
    ],
)
def test_an_entry_that_does_not_say_what_it_must_is_refused(old, new, reason):
    assert old in GOOD

    with pytest.raises(Refused, match=reason):
        requirements_from(GOOD.replace(old, new), "zz")


def test_a_file_that_is_not_a_list_of_entries_is_refused():
    with pytest.raises(BadRequirement):
        requirements_from("licence: {}", "zz")


def test_a_place_without_a_file_is_refused_and_never_asks_for_nothing():
    with pytest.raises(Unknown, match="requirements knows no 'zz'; it knows cn, de, us, xa"):
        required(Serving("bpo", "zz", "organization", "zz"), TODAY)
