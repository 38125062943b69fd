"""People as files carry them: JSON whose words are HR Open's, read strictly.

    {"supplier": "SUP-2026-000001", "workers": [{
      "id": "A-17",
      "person": {"formattedName": "周明", "legalId": {"schemeId": "cn_ric", "value": "…"},
                 "birthDate": "1991-01-01", "email": "zhou@example.org"},
      "jurisdiction": "cn",
      "positions": [{"code": "2.3.4", "proficiency": 80}],
      "industries": [{"code": "beauty"}], "languages": [{"code": "zh"}],
      "workLocations": ["cn-sh", "remote"],
      "availability": {"validFrom": "2026-11-01", "validTo": "2027-11-01"},
      "remuneration": {"currency": "CNY", "hourlyAmount": "120.00"},
      "certifications": [{"type": "omc", "track": "web_anchor", "level": "senior",
        "issuingAuthority": "…", "id": "…", "validFrom": "2025-01-01", "validTo": "2028-01-01"}],
      "strengths": [{"zh": "…", "en": "…"}]}]}

A worker we know may be named by `workerReference` in place of `person`. What is left out of an
entry is taken away from what the person is described by, except certificates, which only end.
"""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, ValidationError
from pydantic.alias_generators import to_camel

from vendorops import labels
from vendorops.documents.forms import BadForm, Form, IsoDay, Words, mistakes
from vendorops.documents.proposal_forms import Code, Currency
from vendorops.domain.talent import FULL

LabelCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]{0,59}$")]
Strength = Annotated[int, Field(ge=1, le=FULL, strict=True)]
Most = Field(default=(), max_length=60)


class _Open(Form):
    """A part of the file; names are written in HR Open's camel case."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class LegalId(_Open):
    """The number a person is known under."""

    scheme_id: Code
    value: Words


class PersonPart(_Open):
    """Who somebody is; his day of birth serves to tell people apart and nothing else."""

    formatted_name: Words
    legal_id: LegalId
    birth_date: IsoDay | None = None
    email: str = ""


class Claimed(_Open):
    """A label somebody claims, and how strongly."""

    code: LabelCode
    proficiency: Strength = FULL


class Availability(_Open):
    """When he is to be had."""

    valid_from: IsoDay
    valid_to: IsoDay
    """First day on which he is no longer to be had."""


class Remuneration(_Open):
    """What an hour of his work costs."""

    currency: Currency
    hourly_amount: Words


class Certification(_Open):
    """A certificate he claims to hold."""

    type: Code
    track: Code
    level: Words
    issuing_authority: Words
    id: Words
    valid_from: IsoDay
    valid_to: IsoDay | None = None


class Strong(_Open):
    """A personal strength, in both languages of reports."""

    zh: Words
    en: Words


class WorkerEntry(_Open):
    """One person of the file."""

    id: Words
    """What the file's owner calls him; results name it."""
    worker_reference: str = ""
    person: PersonPart | None = None
    jurisdiction: Code = "cn"
    positions: Annotated[tuple[Claimed, ...], Most] = ()
    industries: Annotated[tuple[Claimed, ...], Most] = ()
    languages: Annotated[tuple[Claimed, ...], Most] = ()
    work_locations: Annotated[tuple[LabelCode, ...], Most] = ()
    availability: Availability | None = None
    remuneration: Remuneration | None = None
    certifications: Annotated[tuple[Certification, ...], Most] = ()
    strengths: Annotated[tuple[Strong, ...], Field(max_length=8)] = ()


def entry_from(given: object) -> WorkerEntry:
    """Return one entry, or refuse it by place; protected attributes are refused by name."""
    try:
        return WorkerEntry.model_validate(given)
    except ValidationError as error:
        for mistake in error.errors():
            if mistake["type"] == "extra_forbidden":
                labels.check_not_protected(str(mistake["loc"][-1]))
        told = [f"{', '.join(map(str, at))} {what}" for at, what in mistakes(error)]
        raise BadForm("; ".join(told)) from None
