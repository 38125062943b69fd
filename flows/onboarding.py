"""Take a supplier's application in, and carry every onboarding case as far as it goes."""

from datetime import date
from pathlib import Path
from typing import Annotated

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed
from pydantic import BaseModel, ConfigDict, Field

from flows.driver import run, start_name
from flows.report import Report, publish
from vendorops import law, programs
from vendorops.books import Books, Terms, open_books
from vendorops.domain.refusal import Refused
from vendorops.gateways.clock import now, today
from vendorops.settings import Settings
from vendorops.stages import Outcome
from vendorops.stages.onboarding import apply
from vendorops.tables import Party, Qualification, Supplier


class NotWhatWasAsked(Refused):
    """The application is not the one the form speaks of."""


def _one_of(codes: list[str]) -> dict[str, object]:
    """Let Prefect's form offer what is on a shelf."""
    return {"enum": [*codes]}


class OnboardingRequest(BaseModel):
    """What procurement fills in: public facts of a company, and where its application lies."""

    model_config = ConfigDict(extra="forbid", title="A supplier's application")

    supplier_name: Annotated[
        str,
        Field(
            max_length=200,
            title="Supplier",
            description="Registered name of the company, as in its application. "
            "Leave it empty for a person: this form is kept in Prefect.",
        ),
    ] = ""
    program: Annotated[
        str,
        Field(
            title="Program",
            description="What the supplier is to do for us.",
            json_schema_extra=_one_of(programs.codes()),
        ),
    ]
    country: Annotated[
        str,
        Field(
            title="Country",
            description="Where it is to work for us; decides contract, documents and tax.",
            json_schema_extra=_one_of(law.codes()),
        ),
    ]
    application: Annotated[
        Path,
        Field(
            title="Application file",
            description="Path of the YAML or JSON file on the machine where flows run.",
        ),
    ]
    documents: Annotated[
        Path | None,
        Field(
            title="Folder of its documents",
            description="Where the files lie that the application names; beside it unless given.",
        ),
    ] = None


@flow(name="onboarding", flow_run_name=start_name, persist_result=False)
def onboarding(
    request: OnboardingRequest | None = None, as_of: date | None = None, month: str | None = None
) -> State[None]:
    """Enter an application if one is given, then check and decide whatever is ready.

    An application that is refused leaves nothing behind; the run ends well and says why.
    """
    if request:
        try:
            _take_in(request, as_of)
        except (Refused, OSError) as refusal:
            return _refused(request, refusal)
    return run("onboarding", as_of=as_of, month=month)


def _take_in(request: OnboardingRequest, as_of: date | None) -> None:
    settings = Settings.from_environment()
    terms = Terms(as_of or today(settings.zone), "system:procurement", now)
    data = request.application.read_bytes()
    with open_books(settings, terms) as books:
        case = apply(books, data, request.documents or request.application.parent)
        _check(books, case, request)


def _check(books: Books, case: Qualification, request: OnboardingRequest) -> None:
    """Refuse, and so undo, what another file than the intended one would enter."""
    party = books.get(Party, books.get(Supplier, case.supplier_id).party_id)
    compared = {
        "program": (request.program, case.program),
        "country": (request.country, case.place),
        "supplier": (request.supplier_name or party.name, party.name),
    }
    for what, (asked, found) in compared.items():
        if asked != found:
            raise NotWhatWasAsked(
                f"{what}: the form says {asked!r}, the application another; correct one of them"
            )


def _refused(request: OnboardingRequest, refusal: Refused | OSError) -> State[None]:
    name = request.application.name
    why = refusal.strerror if isinstance(refusal, OSError) else str(refusal)
    outcome = Outcome(refused=[(name, f"{why}; nothing was entered")])
    publish(Report("onboarding", "Application", 1, request.program, outcome))
    return Completed(name="1 refused", message=f"{name}: {why}; nothing was entered")
