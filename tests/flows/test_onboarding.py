from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlmodel import select

from flows.onboarding import OnboardingRequest, onboarding
from vendorops import law, programs
from vendorops.books import Terms, open_books, waiting
from vendorops.demo import story
from vendorops.gateways.clock import now
from vendorops.stages.onboarding import load_company
from vendorops.tables import Event, Qualification

DAY = date(2026, 9, 21)
NAME = "深圳勤途人力资源有限公司 Shenzhen Qintu Human Resources Co. Ltd."


@pytest.fixture
def installation(settings, monkeypatch):
    """An installation that flows find, with our company in its books."""
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    with opened(settings) as books:
        load_company(books, (story.SAMPLES / "company.yaml").read_bytes())
    return settings


def opened(settings):
    return open_books(settings, Terms(DAY, "reader", now))


def request(**changed):
    usual = {
        "supplier_name": NAME,
        "program": "rpo",
        "country": "cn",
        "application": story.SAMPLES / "applications" / "rpo.yaml",
        "documents": story.SAMPLES / "documents",
    }
    return OnboardingRequest.model_validate(usual | changed)


def events(settings):
    with opened(settings) as books:
        return len(books.session.exec(select(Event)).all())


@pytest.mark.usefixtures("prefect")
def test_procurement_starts_an_onboarding_that_then_waits_for_a_buyer(installation):
    state = onboarding(request(), as_of=DAY, return_state=True)

    assert state.name == "1 waiting for a decision"
    with opened(installation) as books:
        (case,) = books.session.exec(select(Qualification)).all()
        assert case.status == "in_review"
        assert [row.subject_reference for row in waiting(books)] == [case.reference]


@pytest.mark.usefixtures("prefect")
def test_the_same_request_again_changes_nothing(installation):
    onboarding(request(), as_of=DAY, return_state=True)
    before = events(installation)

    state = onboarding(request(), as_of=DAY, return_state=True)

    assert state.is_completed()
    assert events(installation) == before


@pytest.mark.usefixtures("prefect")
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"program": "bpo"}, "program: the form says 'bpo', the application another"),
        ({"supplier_name": "Somebody Else Ltd."}, "supplier: the form says 'Somebody Else Ltd.'"),
        ({"application": Path("no-such-file.yaml")}, "No such file or directory"),
        ({"documents": Path("nowhere")}, "was not handed in"),
    ],
    ids=["other program", "other supplier", "no file", "no documents"],
)
def test_a_request_that_does_not_fit_is_refused_in_words_and_enters_nothing(
    installation, changed, said
):
    before = events(installation)

    state = onboarding(request(**changed), as_of=DAY, return_state=True)

    assert state.is_completed()
    assert state.name == "1 refused"
    assert said in str(state.message)
    assert str(state.message).endswith("; nothing was entered")
    assert events(installation) == before


def test_the_form_offers_the_programs_and_places_that_are_on_the_shelves():
    fields = onboarding.parameters.definitions["OnboardingRequest"]["properties"]

    assert fields["program"]["enum"] == programs.codes()
    assert fields["country"]["enum"] == law.codes()
    assert all(field["title"] and field["description"] for field in fields.values())


def test_the_form_takes_no_other_facts_than_those_it_asks_for():
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        request(identity_number="310105199004123624")
