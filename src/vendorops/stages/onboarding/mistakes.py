"""Judges an application by what the shelves know, before the books are opened: all at once."""

from collections.abc import Callable, Iterator
from functools import partial

from vendorops.documents.proposal import contradictions
from vendorops.domain.refusal import Refused
from vendorops.identifiers import identifier
from vendorops.programs import codes, program
from vendorops.stages.onboarding.application import (
    Application,
    BadApplication,
    Identity,
    PaperForm,
    at,
    place,
    where,
)


def check(application: Application) -> None:
    """Refuse what no shelf knows and what cannot be, with everything that was found."""
    if told := mistakes(application):
        raise BadApplication("; ".join(told))


def mistakes(application: Application) -> list[str]:
    """Return what is wrong with an application, each with its place, before books are opened."""
    told = []
    for wanted in _checks(application):
        try:
            wanted()
        except Refused as refusal:
            told.append(str(refusal))
    if application.program in codes():
        found = contradictions(application.contract, where(application))
        told += [f"contract, {mistake}" for mistake in found]
    return told


def _checks(application: Application) -> Iterator[Callable[[], object]]:
    yield partial(_check_program, application)
    yield partial(_check_place, application.place, "place")
    yield partial(_check_place, application.party.place, "party, place")
    yield partial(_check_identifier, application.party.identifier)
    yield partial(_check_account, application)
    for number, paper in enumerate(application.documents, start=1):
        yield partial(_check_paper, application, paper, f"documents {number}")


def _check_program(application: Application) -> None:
    with at("program"):
        wanted = program(application.program)
    if application.supplier_kind not in wanted.supplier_kinds:
        known = ", ".join(wanted.supplier_kinds)
        raise BadApplication(f"supplier_kind: {wanted.title} is served by {known}; choose one")


def _check_place(code: str, where: str) -> None:
    with at(where):
        place(code)


def _check_identifier(form: Identity) -> None:
    with at("party, identifier"):
        identifier(form.scheme).check(form.number)


def _check_account(application: Application) -> None:
    form = application.bank_account
    with at("bank_account"):
        identifier(form.scheme).check(form.number)
        if form.scheme == "iban":
            identifier("bic").check(form.bank)
    if form.currency != application.contract.currency:
        raise BadApplication("bank_account, currency: must be the currency of the contract")


def _check_paper(application: Application, paper: PaperForm, where: str) -> None:
    if [other.kind for other in application.documents].count(paper.kind) > 1:
        raise BadApplication(f"{where}: {paper.kind} is there twice; keep one")
    if paper.valid_to and paper.valid_to <= paper.valid_from:
        raise BadApplication(f"{where}: valid_to must lie after valid_from")
