"""Takes a person in, or what has changed about him: labels end and begin, nothing is edited."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from vendorops import labels
from vendorops.books import Books, canonical, content_sha256, log
from vendorops.documents.forms import BadForm
from vendorops.domain.lifecycle import WorkerStatus
from vendorops.domain.money import Money
from vendorops.tables import Supplier, TalentLabel, TalentProfile, Worker
from vendorops.talent.certificates import claim
from vendorops.talent.claims import check_claims_still_hold
from vendorops.talent.forms import Claimed, WorkerEntry
from vendorops.talent.rights import check_registrar
from vendorops.working.workers import NumberForm, WorkerForm, register_worker

KEPT = ("kind", "code", "value", "free_from", "free_to")


@dataclass(frozen=True)
class _Said:
    """A label as an entry gives it."""

    kind: str
    code: str
    value: int
    free_from: date | None = None
    free_to: date | None = None


def enter_profile(books: Books, supplier: Supplier, entry: WorkerEntry) -> TalentProfile:
    """Enter a person of a supplier, or what an entry says anew of one we know.

    The same entry again changes nothing. Other claims than those that were verified take a person
    back to `verified`: somebody must look at them before he is proposed again.
    """
    log.lock(books.session)
    check_registrar(books, supplier)
    said = list(_said(books, entry))
    worker = _worker(books, supplier, entry)
    profile = _profile(books, worker)
    digest = content_sha256({**_content(entry), "worker": worker.reference})
    if profile.entry_sha256 == digest:
        return profile
    changed = _set_labels(books, profile, said)
    for given in entry.certifications:
        changed |= claim(books, profile, given)
    strengths = canonical([one.model_dump() for one in entry.strengths]).decode()
    changed |= strengths != profile.strengths
    profile.strengths, profile.entry_sha256 = strengths, digest
    if changed:
        told = "labels and certificates as given"
        books.record("described", profile, told, content_sha256=digest)
    check_claims_still_hold(books, profile)
    return profile


def labels_on(books: Books, profile: TalentProfile, day: date) -> list[TalentLabel]:
    """Return a person's labels on a day, by kind and code."""
    query = select(TalentLabel).where(
        col(TalentLabel.profile_id) == profile.id,
        col(TalentLabel.since) <= day,
        (col(TalentLabel.until).is_(None)) | (col(TalentLabel.until) > day),
    )
    return list(books.session.exec(query.order_by(TalentLabel.kind, TalentLabel.code)))


def strengths_of(profile: TalentProfile) -> list[dict[str, str]]:
    """Return personal strengths as sentences by language."""
    told: list[dict[str, str]] = json.loads(profile.strengths) or []
    return told


def _content(entry: WorkerEntry) -> dict[str, object]:
    """Return what an entry says beside who the person is; no number is hashed."""
    return entry.model_dump(mode="json", exclude={"id", "person", "worker_reference"})


def _worker(books: Books, supplier: Supplier, entry: WorkerEntry) -> Worker:
    person = entry.person
    if bool(entry.worker_reference) == bool(person):
        raise BadForm("give either person or workerReference; one of the two, not both")
    if person is None:
        worker = books.named(Worker, entry.worker_reference)
        if worker.supplier_id != supplier.id:
            raise BadForm(
                f"workerReference: {worker.reference} works for another supplier than"
                f" {supplier.reference}; give that one's file"
            )
    else:
        given = NumberForm(scheme=person.legal_id.scheme_id, number=person.legal_id.value)
        form = WorkerForm.model_validate(
            {
                "name": person.formatted_name,
                "place": entry.jurisdiction,
                "identifier": given,
                "born_on": person.birth_date and person.birth_date.isoformat(),
                "email": person.email,
            }
        )
        worker = register_worker(books, supplier, form)
    if worker.status != WorkerStatus.ACTIVE:
        raise BadForm(f"{worker.reference} is {worker.status}; make him active first")
    return worker


def _profile(books: Books, worker: Worker) -> TalentProfile:
    query = select(TalentProfile).where(col(TalentProfile.worker_id) == worker.id)
    known = books.session.exec(query).one_or_none()
    if known:
        return known
    row = TalentProfile(
        id=books.key(),
        reference=books.reference("TAL"),
        worker_id=worker.id,
        registered_by=books.actor,
        registered_on=books.as_of,
    )
    return books.enter(row, because=f"{worker.reference} may be proposed once verified")


def _said(books: Books, entry: WorkerEntry) -> Iterator[_Said]:
    named = (("role", entry.positions), ("industry", entry.industries))
    for kind, claimed in (*named, ("language", entry.languages), ("place", _places(entry))):
        codes = [one.code for one in claimed]
        for one in claimed:
            labels.label(kind, one.code, books.as_of)
            if codes.count(one.code) > 1:
                raise BadForm(f"{kind} {one.code} is there twice; keep one")
            yield _Said(kind, one.code, one.proficiency)
    free = entry.availability
    if free and free.valid_to <= free.valid_from:
        raise BadForm("availability: validTo must lie after validFrom")
    if free:
        yield _Said("availability", "", 0, free.valid_from, free.valid_to)
    price = entry.remuneration
    if price:
        amount = Money.parse(price.hourly_amount, price.currency)
        if amount.minor < 0:
            raise BadForm("remuneration: an hour cannot cost less than nothing")
        yield _Said("price", price.currency, amount.minor)


def _places(entry: WorkerEntry) -> tuple[Claimed, ...]:
    return tuple(Claimed(code=code) for code in entry.work_locations)


def _set_labels(books: Books, profile: TalentProfile, said: list[_Said]) -> bool:
    """Let labels begin and end as they are said now; tell whether any did."""
    query = select(TalentLabel).where(
        col(TalentLabel.profile_id) == profile.id, col(TalentLabel.until).is_(None)
    )
    current = {_as_said(row): row for row in books.session.exec(query)}
    ended = [row for known, row in current.items() if known not in said]
    for row in ended:
        row.until = max(books.as_of, row.since)
    books.session.flush()
    begun = [one for one in said if one not in current]
    for one in begun:
        row = TalentLabel(
            id=books.key(),
            profile_id=profile.id,
            since=books.as_of,
            entered_by=books.actor,
            **vars(one),
        )
        books.enter(row)
    return bool(ended or begun)


def _as_said(row: TalentLabel) -> _Said:
    return _Said(**{name: getattr(row, name) for name in KEPT})
