"""Take a supplier's application in, and carry every onboarding case as far as it goes."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed
from pydantic import BaseModel, ConfigDict, Field

from flows.driver import run, start_name
from flows.report import Report, publish
from vendorops import law, programs
from vendorops.books import Books, Opener, Terms, open_books
from vendorops.domain.refusal import Refused
from vendorops.gateways.clock import now, today
from vendorops.gateways.spreadsheet import read_sheets
from vendorops.settings import Settings
from vendorops.stages import Outcome
from vendorops.stages.onboarding import apply
from vendorops.stages.onboarding.bulk import ALL, Line, enter_lines, lines_of, roots
from vendorops.tables import Party, Qualification, Supplier

SPREADSHEETS = (".csv", ".tsv", ".xlsx")
TOLD = 5
"""Refused rows that the state of a run names; its report has them all."""


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
            "Leave it empty for a spreadsheet, and for a person: this form is kept in Prefect.",
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
            description="Path on the machine where flows run: YAML or JSON for one application, "
            "XLSX or CSV for one in each row. Numbers of people and accounts stand only there.",
        ),
    ]
    documents: Annotated[
        Path | None,
        Field(
            title="Folder of its documents",
            description="Where the files lie that the application names; beside it unless given.",
        ),
    ] = None
    rows: Annotated[
        Literal["all", "partial"],
        Field(
            title="Rows of a spreadsheet",
            description="`all`: enter every row or, if one is not in order, none. `partial`: "
            "enter the rows that are in order. Without meaning for a single application.",
        ),
    ] = "all"


@flow(name="onboarding", flow_run_name=start_name, persist_result=False)
def onboarding(
    request: OnboardingRequest | None = None, as_of: date | None = None, month: str | None = None
) -> State[None]:
    """Enter an application if one is given, then check and decide whatever is ready.

    An application that is refused leaves nothing behind; the run ends well and says why.
    """
    if request:
        try:
            many = request.application.suffix.lower() in SPREADSHEETS
            refused = _take_in_many(request, as_of) if many else _take_in(request, as_of)
        except (Refused, OSError) as refusal:
            return _refused(request, refusal)
        if refused and request.rows == ALL:
            return _none_entered(request, refused)
    return run("onboarding", as_of=as_of, month=month)


def _opener(as_of: date | None) -> Opener:
    settings = Settings.from_environment()
    terms = Terms(as_of or today(settings.zone), "system:procurement", now)
    return partial(open_books, settings, terms)


def _take_in(request: OnboardingRequest, as_of: date | None) -> list[tuple[str, str]]:
    data = request.application.read_bytes()
    with _opener(as_of)() as books:
        case = apply(books, data, request.documents or request.application.parent)
        _check(books, case, request)
    return []


def _take_in_many(request: OnboardingRequest, as_of: date | None) -> list[tuple[str, str]]:
    """Enter the rows of a spreadsheet; return those that were refused, with the reasons."""
    lines = lines_of(read_sheets(request.application.read_bytes(), roots()))
    for line in lines:
        _check_line(line, request)
    folder = request.documents or request.application.parent
    results = enter_lines(_opener(as_of), lines, folder, request.rows)
    refused = [(f"line {each.line}", each.reason) for each in results if each.outcome == "refused"]
    _publish(request, refused, len(lines))
    return refused


def _check_line(line: Line, request: OnboardingRequest) -> None:
    """Refuse a file of which a row speaks of something else than the form."""
    for what, asked in (("program", request.program), ("place", request.country)):
        found = line.content.get(what, asked)
        if found != asked:
            raise NotWhatWasAsked(
                f"line {line.number}, {what}: the form says {asked!r}, the row another; correct "
                "one of them, or hand in a file for each"
            )


def _none_entered(request: OnboardingRequest, refused: list[tuple[str, str]]) -> State[None]:
    told = "; ".join(f"{line}: {reason}" for line, reason in refused[:TOLD])
    return Completed(
        name=f"{len(refused)} refused",
        message=f"{request.application.name}: {told}; nothing was entered",
    )


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
    _publish(request, [(name, f"{why}; nothing was entered")], 1)
    return Completed(name="1 refused", message=f"{name}: {why}; nothing was entered")


def _publish(request: OnboardingRequest, refused: list[tuple[str, str]], count: int) -> None:
    """Keep with the run what was refused of the applications, if anything was."""
    if refused:
        outcome = Outcome(refused=refused)
        publish(Report("onboarding", "Application", count, request.program, outcome))
