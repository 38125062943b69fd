from datetime import date
from pathlib import Path
from typing import Any

import pytest
from prefect import get_client
from prefect.exceptions import PrefectHTTPStatusError
from prefect.flow_engine import run_flow
from pydantic import ValidationError
from sqlmodel import select

from flows.onboarding import OnboardingRequest, onboarding
from flows.serving.deployments import deployments
from tests.stages.onboarding.bulk.many import csv_of, row
from vendorops import law, programs
from vendorops.books import Terms, open_books, waiting
from vendorops.demo import story
from vendorops.gateways.clock import now
from vendorops.stages.onboarding import load_company
from vendorops.tables import Event, Qualification

DAY = date(2026, 9, 21)
DOCUMENTS = story.SAMPLES / "documents"
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


def spreadsheet(folder, *rows):
    (folder / "applications.csv").write_bytes(csv_of(rows))
    return folder / "applications.csv"


@pytest.mark.usefixtures("prefect")
def test_a_spreadsheet_starts_an_onboarding_for_each_of_its_rows(installation, tmp_path):
    other = row("rpo") | {
        "party.identifier.number": "91310115MA1K4YX365",
        "bank_account.number": "1001234509006789013",
        "signer": "other.rpo",
    }
    file = spreadsheet(tmp_path, row("rpo"), other)

    state = onboarding(request(application=file), as_of=DAY, return_state=True)

    assert "waiting for a decision" in str(state.name)
    with opened(installation) as books:
        assert len(books.session.exec(select(Qualification)).all()) == 2


@pytest.mark.usefixtures("prefect")
@pytest.mark.parametrize(("rows", "cases"), [("all", 0), ("partial", 1)])
def test_a_spreadsheet_with_a_wrong_row_is_entered_as_the_form_says(
    installation, tmp_path, rows, cases
):
    wrong = row("rpo", contract__cap="0") | {"signer": "other.rpo"}
    wrong |= {"party.identifier.number": "91310115MA1K4YX365", "bank_account.number": "123456789"}
    file = spreadsheet(tmp_path, row("rpo"), wrong)

    state = onboarding(request(application=file, rows=rows), as_of=DAY, return_state=True)

    assert state.is_completed()
    if rows == "all":
        assert state.name == "1 refused"
        assert "line 3: column contract.cap: must be above nothing" in str(state.message)
    with opened(installation) as books:
        assert len(books.session.exec(select(Qualification)).all()) == cases


@pytest.mark.usefixtures("prefect")
def test_a_spreadsheet_of_another_program_than_the_form_says_is_refused(installation, tmp_path):
    before = events(installation)
    file = spreadsheet(tmp_path, row("rpo"), row("bpo"))

    state = onboarding(request(application=file), as_of=DAY, return_state=True)

    assert "line 3, program: the form says 'rpo'" in str(state.message)
    assert events(installation) == before


@pytest.mark.usefixtures("prefect")
def test_a_run_started_from_the_form_of_the_deployment_takes_the_application_in(installation):
    """The server checks what was typed against the schema that its form is drawn from."""
    (planned,) = [made for made in deployments() if made.flow_name == "onboarding"]
    with get_client(sync_client=True) as client:
        registered: Any = planned.apply()
        deployment = client.read_deployment(registered)
        schema: Any = deployment.parameter_openapi_schema
        form = schema["definitions"]["OnboardingRequest"]
        typed = {name: filled(name, form["properties"][name]) for name in form["required"]}
        parameters = {"request": typed | {"documents": str(DOCUMENTS)}, "as_of": DAY.isoformat()}
        started = client.create_flow_run_from_deployment(deployment.id, parameters=parameters)
        misspelt = {"request": {**typed, "program": "mars"}}
        with pytest.raises(PrefectHTTPStatusError, match="mars"):
            client.create_flow_run_from_deployment(deployment.id, parameters=misspelt)

    state: Any = run_flow(
        onboarding, flow_run=started, parameters=started.parameters, return_type="state"
    )

    assert state.name == "1 waiting for a decision"
    with opened(installation) as books:
        (case,) = books.session.exec(select(Qualification)).all()
        assert (case.program, case.status) == ("rpo", "in_review")


def filled(name, field):
    """Fill in one field as a person would: a choice where there are choices."""
    typed = {
        "program": "rpo",
        "country": "cn",
        "application": str(story.SAMPLES / "applications" / "rpo.yaml"),
    }[name]
    assert field["title"]
    assert field["description"]
    assert typed in field.get("enum", [typed])
    return typed
