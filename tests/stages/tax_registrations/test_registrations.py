"""Registrations are followed to their end; many at once are a doubt before anybody goes on."""

from dataclasses import replace
from datetime import date

import pytest

from tests import make
from tests.make.days import AS_OF
from tests.soundness import broken
from tests.stages.settlement.month import claim, company, freelance, rows, run
from vendorops.books import waiting
from vendorops.books.answers.tax_registration import NotThatDay
from vendorops.books.standing import NotProposable
from vendorops.stages.tax_registrations import Application, BadRegistration, follow
from vendorops.tables import CheckFinding, Party, Review, Supplier, TaxRegistration

FILED = date(2026, 11, 2)
ALONE = Application("sole_trader", "herself", "Lane 7", FILED, "receipt 4711")
SEEN = {"registered_on": "2026-11-03", "valid_to": "2027-11-03"}


def person(books, number):
    party = make.party(books, number, kind="person", identifier_scheme="cn_ric")
    return make.supplier(books, party, kind="freelancer")


def opened(opener, count=1, **changed):
    """So many people apply, of whom nothing but what is given is alike."""
    with opener(actor="lin.buyer")() as books:
        make.people(books)
        for at in range(count):
            told = Application("sole_trader", f"agent {at}", f"Lane {at}", FILED, "receipt")
            application = replace(told, **changed)
            follow(books, person(books, f"1101051949123100{at:02}"), application)
    return run("tax_registrations", opener)


def states(opener, as_of=AS_OF):
    with opener(as_of=as_of)() as books:
        assert broken(books) == []
        return [row.status for row in rows(books, TaxRegistration)]


def asked(opener):
    with opener()() as books:
        return [row.kind for row in waiting(books)]


def test_an_application_is_registered_on_the_day_that_somebody_else_saw(opener):
    opened(opener)
    assert asked(opener) == ["tax_registration"]

    make.reply(opener, "tax_registration", "qian.tax", detail=SEEN)
    run("tax_registrations", opener)

    assert states(opener) == ["registered"]
    run("tax_registrations", opener, as_of=date(2027, 11, 3))
    assert states(opener, date(2027, 11, 3)) == ["ended"]


def test_an_application_that_the_office_refused_is_over(opener):
    opened(opener)

    make.reply(opener, "tax_registration", "qian.tax", "reject")
    run("tax_registrations", opener)

    assert states(opener) == ["refused"]


@pytest.mark.parametrize(
    ("count", "changed", "flag"),
    [(6, {"agent": "Park Ltd"}, "agent"), (4, {"address": "Park 1"}, "address"), (11, {}, "day")],
)
def test_many_by_one_agent_at_one_address_or_on_one_day_are_a_doubt(opener, count, changed, flag):
    opened(opener, count, **changed)
    run("reviews", opener)

    with opener()() as books:
        [found] = rows(books, Review)
        assert (found.kind, found.role) == ("mass_registration", "compliance")
        assert f"by the same {flag}" in found.question
    assert sorted(asked(opener)) == ["review", *["tax_registration"] * (count - 1)]


@pytest.mark.parametrize(("says", "state"), [("approve", "applied"), ("reject", "withdrawn")])
def test_a_doubt_that_is_true_ends_the_case_and_a_harmless_one_lets_it_go_on(opener, says, state):
    opened(opener, 4, address="Park 1")
    run("reviews", opener)

    make.reply(opener, "review", "gu.compliance", says)
    run("reviews", opener)
    run("tax_registrations", opener)

    assert states(opener) == ["applied"] * 3 + [state]


def test_the_same_application_is_one_case_and_another_one_waits_for_its_end(opener):
    with opener(actor="lin.buyer")() as books:
        make.people(books)
        supplier = person(books, "110105194912310001")
        first = follow(books, supplier, ALONE)
        assert follow(books, supplier, ALONE).id == first.id
        with pytest.raises(BadRegistration, match="ends before another begins"):
            follow(books, supplier, Application("sole_trader", "x", "y", FILED, "receipt"))
        with pytest.raises(BadRegistration, match="is no natural person"):
            follow(books, make.supplier(books), ALONE)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"agent": " "}, "agent: it is empty"),
        ({"address": ""}, "address: it is empty"),
        ({"source": " ab "}, "source: 'ab' names nothing"),
        ({"applied_on": date(2026, 11, 5)}, "2026-11-05 has not come yet"),
    ],
)
def test_an_application_that_leaves_something_out_or_is_to_come_is_refused(opener, changed, why):
    with opener(actor="lin.buyer")() as books:
        make.people(books)
        supplier = person(books, "110105194912310001")

        with pytest.raises(BadRegistration, match=why):
            follow(books, supplier, replace(ALONE, **changed))
        assert rows(books, TaxRegistration) == []


def test_who_is_none_of_our_own_people_opens_no_case(opener):
    with opener(actor="nobody")() as books:
        make.people(books)
        supplier = person(books, "110105194912310001")

        with pytest.raises(NotProposable, match="nobody holds no role with us"):
            follow(books, supplier, ALONE)


@pytest.mark.parametrize(
    ("detail", "why"),
    [
        ({}, "since when"),
        ({"registered_on": "2026-11-05"}, "2026-11-05 has not come yet"),
        ({"registered_on": "2026-11-01"}, "was filed on 2026-11-02"),
        (SEEN | {"valid_to": "2026-11-03"}, "cannot end"),
        (SEEN | {"number": "1"}, "registered_on and valid_to only"),
    ],
)
def test_days_that_do_not_fit_the_application_are_refused(opener, detail, why):
    opened(opener)

    with pytest.raises(NotThatDay, match=why):
        make.reply(opener, "tax_registration", "qian.tax", detail=detail)


def test_a_person_paid_who_is_a_sole_trader_too_is_a_finding_for_the_approver(opener):
    with opener(actor="lin.buyer")() as books:
        company(books)
        contract = freelance(books)
        supplier = books.get(Supplier, contract.supplier_id)
        follow(books, supplier, ALONE)
        claim(books, contract, ("1", "3000"), rate_e4=0)
        assert books.get(Party, supplier.party_id).kind == "person"
    run("tax_registrations", opener)
    make.reply(opener, "tax_registration", "qian.tax", detail=SEEN)
    run("tax_registrations", opener)

    run("settlement", opener)

    with opener()() as books:
        codes = {row.code for row in rows(books, CheckFinding)}
        assert "payee-in-two-registrations" in codes
        assert broken(books) == []
