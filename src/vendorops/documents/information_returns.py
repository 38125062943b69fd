"""Forms 1099-NEC for the IRIS portal: what a filing declares, under the header of a template."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from vendorops.books import Books
from vendorops.documents import kept
from vendorops.domain.refusal import Refused
from vendorops.identifiers import identifier
from vendorops.law.evaluation import evaluate
from vendorops.tables import Filing, LegalEntity, Party, Supplier

FORM = "us.1099nec"
TIN_TYPES = {"us_ein": "EIN", "us_ssn": "SSN", "us_itin": "ITIN"}


class NotThisForm(Refused):
    """The filing is of another form."""


@dataclass(frozen=True)
class IrisFiles:
    """The files for the portal, and the columns of the template that stay empty in them."""

    texts: tuple[str, ...]
    left_empty: tuple[str, ...]
    left_out: tuple[str, ...]
    """What the template has no column for."""
    noted: tuple[str, ...]
    """What could not be confirmed."""


def iris_files(books: Books, filing: Filing, header: str) -> IrisFiles:
    """Return what a filing declares, payee by payee, as files of the template's form.

    The amounts are those of the filing's own file. Addresses stand whole in the first line of
    the address: the books do not know their parts. Raises NotThisForm, and BadTemplate.
    """
    if filing.form != FORM:
        raise NotThisForm(f"{filing.reference} is a {filing.form}, not a {FORM}; name another one")
    lines = csv.DictReader(io.StringIO(kept(books, filing.file_sha256).decode()))
    rows = [line for line in lines if line["payee"] != "total"]
    if not rows:
        raise NotThisForm(f"{filing.reference} reports nobody: no payee reached the threshold")
    asked: dict[str, Any] = {
        "year": int(filing.month[:4]),
        "header": header,
        "returns": [_return(books, filing, row) for row in rows],
    }
    case = {"jurisdiction": filing.place, "rule": "1099nec.iris_csv", "inputs": asked}
    told: Any = evaluate(case, filing.prepared_on)
    noted = tuple(found["message"] for found in told["findings"])
    empty, out = tuple(told["left_empty"]), tuple(told["left_out"])
    return IrisFiles(tuple(told["files"]), empty, out, noted)


def _return(books: Books, filing: Filing, row: dict[str, str]) -> dict[str, str]:
    entity = books.get(LegalEntity, filing.legal_entity_id)
    payer = books.get(Party, entity.party_id)
    payee = books.get(Party, books.named(Supplier, row["payee"]).party_id)
    paid, kept_back = list(row)[-2:]
    is_person = payee.kind == "person"
    first, _, last = payee.name.rpartition(" ")
    name = {"recipient_first": first, "recipient_last": last} if is_person else {}
    return {
        "payer_tin": row["payer"],
        "payer_tin_type": TIN_TYPES.get(payer.identifier_scheme, ""),
        "payer_name": payer.name,
        "payer_address": payer.address,
        "recipient_tin": _digits(payee.identifier_scheme, row["identity"]),
        "recipient_tin_type": TIN_TYPES.get(payee.identifier_scheme, ""),
        "recipient_business": "" if is_person else payee.name,
        "recipient_address": payee.address,
        "account": row["payee"],
        "nonemployee_compensation": row[paid],
        "federal_tax_withheld": row[kept_back],
        **name,
    }


def _digits(scheme: str, number: str) -> str:
    """Return a taxpayer number without hyphens; nothing for a number of another kind."""
    return identifier(scheme).check(number) if scheme in TIN_TYPES else ""
