"""Writes people as a file that can be taken in again; it carries no identity numbers."""

import json
from typing import Any

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import TalentCertificateStatus
from vendorops.domain.money import Money
from vendorops.tables import Supplier, TalentLabel, TalentProfile, Worker
from vendorops.talent.certificates import certificates_of
from vendorops.talent.profiles import labels_on, strengths_of
from vendorops.working.workers import findings_about

LISTS = {"role": "positions", "industry": "industries", "language": "languages"}
Told = dict[str, Any]


def export(books: Books, supplier: Supplier) -> bytes:
    """Return all people of a supplier in the shape of talent/forms.py.

    A person is named by `workerReference`. Certificates are left out, as their numbers are; what
    is left out of an entry stays in the books.
    """
    query = (
        select(TalentProfile)
        .join(Worker, col(Worker.id) == col(TalentProfile.worker_id))
        .where(col(Worker.supplier_id) == supplier.id)
        .order_by(col(TalentProfile.reference))
    )
    workers = [_entry(books, row) for row in books.session.exec(query).all()]
    file = {"supplier": supplier.reference, "workers": workers}
    return json.dumps(file, ensure_ascii=False, indent=1).encode() + b"\n"


def shown(books: Books, profile: TalentProfile) -> Told:
    """Return what people may see of somebody: the entry, his states and masked certificates."""
    worker = books.get(Worker, profile.worker_id)
    held = [
        {
            "certificate": row.reference,
            "type": row.kind,
            "track": row.track,
            "level": row.level,
            "id": row.number_masked,
            "validTo": row.valid_to and row.valid_to.isoformat(),
            "status": row.status,
        }
        for row in certificates_of(books, profile)
        if row.status != TalentCertificateStatus.REJECTED
    ]
    return {
        "talent": profile.reference,
        "status": profile.status,
        "name": worker.name,
        **_entry(books, profile),
        "certifications": held,
        "looksLike": [found.message for found in findings_about(books, worker)],
    }


def _entry(books: Books, profile: TalentProfile) -> Told:
    worker = books.get(Worker, profile.worker_id)
    told: Told = {
        "id": profile.reference,
        "workerReference": worker.reference,
        "jurisdiction": worker.place,
        "workLocations": [],
        **{name: [] for name in LISTS.values()},
    }
    for row in labels_on(books, profile, books.as_of):
        _add(told, row)
    told["strengths"] = strengths_of(profile)
    return told


def _add(told: Told, row: TalentLabel) -> None:
    if row.kind in LISTS:
        told[LISTS[row.kind]].append({"code": row.code, "proficiency": row.value})
    elif row.kind == "place":
        told["workLocations"].append(row.code)
    elif row.kind == "price":
        amount = Money(row.value, row.code).text
        told["remuneration"] = {"currency": row.code, "hourlyAmount": amount}
    elif row.free_from and row.free_to:
        free = {"validFrom": row.free_from.isoformat(), "validTo": row.free_to.isoformat()}
        told["availability"] = free
