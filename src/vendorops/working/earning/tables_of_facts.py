"""Reads facts from a file: a form in YAML, or a table (CSV, XLSX) of one fact a row."""

from pydantic import ValidationError

from vendorops.documents.forms import BadForm, mistakes, read_form
from vendorops.gateways.spreadsheet import read_sheets
from vendorops.working.earning.forms import FactForm, FactsForm
from vendorops.working.tasks.columns import Filled, rows_of

COLUMNS = tuple(FactForm.model_fields)
TABLES = (".csv", ".tsv", ".txt", ".xlsx")


def read_facts(data: bytes, suffix: str, contract: str | None = None) -> FactsForm:
    """Return the facts of a file; a table does not say of which contract, so that it is told.

    Raises BadForm or BadTable naming the row and column that is wrong.
    """
    if suffix.lower() not in TABLES:
        said = read_form(data, FactsForm, "facts")
        if contract not in (None, said.contract):
            raise BadForm(f"the file is about {said.contract}, not {contract}; give one of them")
        return said
    if not contract:
        raise BadForm("a table does not say whose facts it has; name the contract")
    facts = tuple(map(_fact, rows_of(read_sheets(data, COLUMNS), COLUMNS)))
    if not facts:
        raise BadForm("the table has no rows below its names; report at least one fact")
    return FactsForm(contract=contract, facts=facts)


def _fact(row: Filled) -> FactForm:
    if row.fault:
        raise BadForm(f"row {row.number}: {row.fault}")
    said = {name: cell.strip() for name, cell in row.cells.items() if cell.strip()}
    try:
        return FactForm.model_validate(said)
    except ValidationError as error:
        told = "; ".join(f"{place[0]} {what}" for place, what in mistakes(error))
        raise BadForm(f"row {row.number}: {told}") from None
