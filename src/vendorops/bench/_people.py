"""Seeded people of the labour platform, entered in bulk."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
from sqlalchemy import insert

from vendorops.books import Books, canonical
from vendorops.domain.lifecycle import SupplierStatus, TalentCertificateStatus, TalentStatus
from vendorops.labels import competency, labels
from vendorops.tables import (
    Assessment,
    Party,
    Row,
    Supplier,
    TalentCertificate,
    TalentLabel,
    TalentProfile,
    Worker,
)

SEED = 20261126
TODAY = date(2026, 11, 26)
SINCE = date(2026, 1, 5)
BATCH = 10_000
NOWHERE = "0" * 64
ROLES = ("2.3.4", "2.3.7", "1.4.3", "1.4.1", "2.1.3", "1.3.6")
"""The six core positions, which most people of the platform have."""
ASSESSED, CERTIFIED = 0.6, 0.3
"""Shares of people."""

Values = Mapping[str, Any]


def enter_people(books: Books, count: int) -> None:
    """Enter so many verified people of one supplier, with nothing in the history."""
    supplier = _supplier(books)
    draw = np.random.default_rng(SEED)
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        rows: dict[type[Row], list[Values]] = {}
        for number in numbers:
            for row in _person(books, supplier, number, draw):
                rows.setdefault(type(row), []).append(row.model_dump())
        for table in (Worker, TalentProfile, TalentLabel, Assessment, TalentCertificate):
            if rows.get(table):
                books.session.connection().execute(insert(table), rows[table])


def _supplier(books: Books) -> Supplier:
    party = Party(
        id=books.key(),
        kind="organization",
        name="Seeded people",
        place="cn",
        identifier_scheme="cn_uscc",
        identifier_masked="••••0000",
        identifier_index="seeded",
    )
    books.enter(party)
    row = Supplier(id=books.key(), reference="SUP-2026-000001", party_id=party.id, kind="staffing")
    supplier = books.enter(row)
    books.move(supplier, SupplierStatus.REGISTERED, because="seeded")
    return supplier


def _person(
    books: Books, supplier: Supplier, number: int, draw: np.random.Generator
) -> Iterator[Row]:
    first = books.keys(20)
    yield Worker(
        id=first,
        reference=f"WKR-2026-{number + 1:06d}",
        supplier_id=supplier.id,
        name=f"Person {number}",
        place="cn",
        identifier_scheme="cn_ric",
        identifier_masked="••••0000",
        identifier_index=f"seeded {number}",
    )
    yield TalentProfile(
        id=first + 1,
        reference=f"TAL-2026-{number + 1:06d}",
        worker_id=first,
        registered_by="lin.buyer",
        registered_on=SINCE,
        proposable_from=SINCE,
        status=TalentStatus.PROPOSABLE.value,
    )
    yield from _labels(first + 1, draw)
    if draw.random() < ASSESSED:
        yield _assessment(first + 1, number, draw)
    if draw.random() < CERTIFIED:
        yield _certificate(first + 1, number, draw)


def _labels(profile: int, draw: np.random.Generator) -> Iterator[TalentLabel]:
    chosen = [("role", code) for code in _some(ROLES, 2, draw)]
    for kind, most in (("industry", 3), ("place", 3), ("language", 2)):
        chosen += [(kind, code) for code in _some(_codes(kind), most, draw)]
    for at, (kind, code) in enumerate(dict.fromkeys(chosen)):
        yield _label(profile, at, kind=kind, code=code, value=int(draw.integers(30, 101)))
    price = int(draw.integers(6_000, 60_000))
    yield _label(profile, 12, kind="price", code="CNY", value=price)
    begins = TODAY + timedelta(days=int(draw.integers(-200, 60)))
    ends = begins + timedelta(days=int(draw.integers(60, 600)))
    yield _label(
        profile, 13, kind="availability", code="", value=0, free_from=begins, free_to=ends
    )


@cache
def _codes(kind: str) -> tuple[str, ...]:
    return tuple(labels(kind, TODAY))


def _label(profile: int, at: int, **said: Any) -> TalentLabel:  # noqa: ANN401 - columns by name.
    ident = profile + 1 + at
    return TalentLabel(id=ident, profile_id=profile, since=SINCE, entered_by="lin.buyer", **said)


def _some(codes: tuple[str, ...], most: int, draw: np.random.Generator) -> list[str]:
    return [codes[int(draw.integers(len(codes)))] for _ in range(int(draw.integers(1, most + 1)))]


def _assessment(profile: int, number: int, draw: np.random.Generator) -> Assessment:
    model = competency("web_anchor", TODAY)
    base = int(draw.integers(50, 96))
    scores = {name: min(base + int(draw.integers(0, 12)), 100) for name in model.dimensions}
    return Assessment(
        id=profile + 16,
        reference=f"ASM-2026-{number + 1:06d}",
        profile_id=profile,
        model=model.model,
        scores=canonical(scores).decode(),
        grade=model.grade(scores),
        assessor="lin.buyer",
        assessed_on=SINCE,
        evidence_sha256=NOWHERE,
    )


def _certificate(profile: int, number: int, draw: np.random.Generator) -> TalentCertificate:
    level = ("junior", "intermediate", "senior")[int(draw.integers(3))]
    return TalentCertificate(
        id=profile + 17,
        reference=f"CRT-2026-{number + 1:06d}",
        profile_id=profile,
        kind="omc",
        track="web_anchor",
        level=level,
        issuer="seeded",
        number_masked="••••0000",
        number_index=f"seeded {number}",
        valid_from=SINCE,
        valid_to=TODAY + timedelta(days=int(draw.integers(-100, 700))),
        claimed_by="lin.buyer",
        verified_by="gu.compliance",
        verified_on=SINCE,
        status=TalentCertificateStatus.VERIFIED.value,
    )
