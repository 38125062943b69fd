"""Files for an office's portal under the template of the year, and what to know of them.

Each is part of the version: written when that is prepared, approved with it, and written anew by
its checks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vendorops.books import Books
from vendorops.documents.information_returns import (
    CORRECTED,
    ORIGINAL,
    UNCHANGED,
    WITHDRAWN,
    NotThisForm,
    Told,
    told_by,
    year_of,
)
from vendorops.documents.office_templates import header_of
from vendorops.domain.finding import Finding, Level
from vendorops.law import jurisdiction
from vendorops.law.evaluation import evaluate
from vendorops.tables import Filing

PARTS = {"iris": (ORIGINAL,), "iris-corrections": (CORRECTED, WITHDRAWN)}
"""Names of files, and which returns stand in them: the portal takes corrections apart."""
NOTHING_NEW = (
    "no payee's statement differs from the version that the office has: there is no file to hand "
    "in, so give a receipt number of your own that says so"
)
NAMED = 5
"""Payees that a finding names."""


@dataclass(frozen=True)
class PortalFile:
    """One file for the portal."""

    name: str
    """Such as `iris-1`, or `iris-corrections-1`."""
    text: str


@dataclass(frozen=True)
class IrisFiles:
    """The files for the portal, and the columns of the template that stay empty in them."""

    files: tuple[PortalFile, ...]
    left_empty: tuple[str, ...]
    left_out: tuple[str, ...]
    """What the template has no column for."""
    noted: tuple[str, ...]
    """What could not be confirmed."""


def iris_files(books: Books, filing: Filing, header: str) -> IrisFiles:
    """Return what a filing tells, payee by payee, as files of the template's form.

    The amounts are those of the filing's own file. Addresses stand whole in the first line of
    the address: the books do not know their parts. Raises NotThisForm, and BadTemplate.
    """
    told = told_by(books, filing)
    if not told:
        raise NotThisForm(f"{filing.reference} reports nobody: no payee reached the threshold")
    return _files(filing, told, header)


def _files(filing: Filing, told: Sequence[Told], header: str) -> IrisFiles:
    files: list[PortalFile] = []
    answers: list[Any] = []
    for name, wanted in PARTS.items():
        returns = [each.facts for each in told if each.says in wanted]
        if returns:
            answers.append(_filled(filing, header, returns))
            texts = enumerate(answers[-1]["files"], start=1)
            files += [PortalFile(f"{name}-{at}", text) for at, text in texts]
    if not files:
        raise NotThisForm(f"{filing.reference} tells the office of nobody anew")
    noted = (found["message"] for answer in answers for found in answer["findings"])
    return IrisFiles(
        tuple(files),
        tuple(dict.fromkeys(name for answer in answers for name in answer["left_empty"])),
        tuple(dict.fromkeys(name for answer in answers for name in answer["left_out"])),
        tuple(dict.fromkeys(noted)),
    )


def _filled(filing: Filing, header: str, returns: list[dict[str, str]]) -> dict[str, Any]:
    form = jurisdiction(filing.place).return_of(filing.form)
    inputs = {"year": year_of(filing), "header": header, "returns": returns}
    case = {"jurisdiction": filing.place, "rule": form.fills, "inputs": inputs}
    return evaluate(case, filing.prepared_on)


def portal_files(
    books: Books, filing: Filing, told: Sequence[Told], template_sha256: str
) -> IrisFiles:
    """Return the files of a version under a template that is kept; none if nobody is told of."""
    if not any(each.says != UNCHANGED for each in told):
        return IrisFiles((), (), (), ())
    return _files(filing, told, header_of(books, template_sha256))


def findings_of(filing: Filing, every: Sequence[Told], files: IrisFiles | None) -> list[Finding]:
    """Return what somebody should know before the statements are approved.

    There are no files where the template of the year is not recorded.
    """
    told = [each for each in every if each.says != UNCHANGED]
    if not told:
        return [_finding("nothing-to-tell", NOTHING_NEW)] if every else []
    found = [*_of_payees(told)]
    if files is None:
        year = year_of(filing)
        message = (
            f"the template of {filing.form} for {year} is not recorded, so no file for the portal "
            f"was written: vendorops filing template {filing.form} --year {year}, then vendorops "
            f"filing prepare --again {filing.reference}"
        )
        return [*found, _finding("template-missing", message)]
    if files.left_empty:
        message = f"columns of the template that stay empty: {', '.join(files.left_empty)}"
        found.append(_finding("template-incomplete", message))
    return [*found, *(_finding("template-unconfirmed", noted) for noted in files.noted)]


def _of_payees(told: Sequence[Told]) -> Iterator[Finding]:
    without = [each for each in told if not each.facts["recipient_tin_type"]]
    changed = [each for each in told if each.says in PARTS["iris-corrections"]]
    if without:
        message = (
            f"no taxpayer number is on file of {_names(without)}: their returns have none, and "
            "whoever was paid enough has tax kept back"
        )
        yield _finding("tin-missing", message)
    if changed:
        message = (
            f"{_names(changed)}: corrected or withdrawn. Enter these in the portal as "
            "corrections, each against the record that it gave the first one; the books do not "
            "know its number"
        )
        yield _finding("corrected-by-record", message)


def _finding(code: str, message: str) -> Finding:
    return Finding(code, Level.WARNING, "statements", message)


def _names(some: Sequence[Told]) -> str:
    more = f" and {len(some) - NAMED} more" if len(some) > NAMED else ""
    return ", ".join(each.supplier.reference for each in some[:NAMED]) + more
