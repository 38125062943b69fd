"""Demands in labels: read strictly, kept as they were placed."""

import json
from datetime import date
from typing import Annotated

from pydantic import Field
from sqlmodel import col, select

from vendorops import labels
from vendorops.books import Books, canonical, content_sha256, log
from vendorops.documents.forms import BadForm, Form, IsoDay, Words, read_content, read_form
from vendorops.documents.proposal_forms import Answer, Currency
from vendorops.domain.money import Money
from vendorops.domain.ranking import Demand, Wanted
from vendorops.tables import TalentDemand
from vendorops.talent.forms import LabelCode
from vendorops.talent.rights import check_buyer

Percent = Annotated[str, Field(pattern=r"^([1-9][0-9]?|100)$")]


class WantedForm(Form):
    """A label that is asked for."""

    kind: Words
    code: LabelCode
    at_least: Percent | None = None
    """Strength, 1 to 100; of a certificate its `level` is given instead."""
    level: Words | None = None
    must: Answer = "no"
    """Whether nobody without it is proposed."""


class CapForm(Form):
    """Most that an hour may cost."""

    currency: Currency
    hourly: Words


class DemandForm(Form):
    """Whom somebody looks for, and in which frame."""

    title: Words
    starts: IsoDay
    ends: IsoDay
    """First day after the work."""
    places: Annotated[tuple[LabelCode, ...], Field(max_length=40)] = ()
    price_cap: CapForm | None = None
    labels: Annotated[tuple[WantedForm, ...], Field(min_length=1, max_length=40)]


def place_demand(books: Books, data: bytes) -> TalentDemand:
    """Enter a demand of YAML or JSON; the same again is the same row.

    Refused: labels the vocabulary does not know on the day, protected attributes by name, a level
    a certificate does not have, an end before its start.
    """
    log.lock(books.session)
    check_buyer(books, "place a demand")
    form = _form(data)
    demand_of(form, books.as_of)
    content = form.model_dump(mode="json", exclude_none=True)
    digest = content_sha256(content)
    query = select(TalentDemand).where(col(TalentDemand.content_sha256) == digest)
    known = books.session.exec(query).one_or_none()
    if known:
        return known
    row = TalentDemand(
        id=books.key(),
        reference=books.reference("DEM"),
        title=form.title,
        content=canonical(content).decode(),
        content_sha256=digest,
        asked_by=books.actor,
        asked_on=books.as_of,
    )
    return books.enter(row, because=form.title)


def wanted_by(row: TalentDemand) -> Demand:
    """Return a demand that was placed as ranking reads it."""
    return demand_of(DemandForm.model_validate(json.loads(row.content)), row.asked_on)


def _form(data: bytes) -> DemandForm:
    """Read the form; what asks for a protected attribute is refused for that before all else."""
    given = read_content(data, "the demand")
    labels.check_not_protected(*map(str, given))
    for part in given.get("labels", ()):
        if isinstance(part, dict):
            labels.check_not_protected(*map(str, (*part, part.get("kind"), part.get("code"))))
    return read_form(data, DemandForm, "the demand")


def demand_of(form: DemandForm, day: date) -> Demand:
    """Return a demand as ranking reads it, its words checked on the day."""
    if form.ends <= form.starts:
        raise BadForm("ends: must lie after starts")
    for place in form.places:
        labels.label("place", place, day)
    cap = form.price_cap
    amount = Money.parse(cap.hourly, cap.currency).minor if cap else 0
    if cap and amount <= 0:
        raise BadForm("price_cap: must be above zero; leave it out where there is none")
    return Demand(
        starts=form.starts.toordinal(),
        ends=form.ends.toordinal(),
        wanted=tuple(_wanted(one, day) for one in form.labels),
        places=form.places,
        currency=cap.currency if cap else "",
        price_cap=amount,
    )


def _wanted(form: WantedForm, day: date) -> Wanted:
    labels.label(form.kind, form.code, day)
    must = form.must == "yes"
    if form.kind != "certificate":
        if form.level:
            raise BadForm(f"{form.kind} {form.code}: only certificates have a level; leave it out")
        return Wanted(form.kind, form.code, int(form.at_least or 0), must)
    if form.at_least:
        raise BadForm(f"certificate {form.code}: write its level instead of at_least")
    kind, _, track = form.code.partition(".")
    known = labels.certificate(kind, track, day)
    return Wanted(form.kind, form.code, known.rank(form.level) if form.level else 0, must)
