"""What tests of applications in bulk share: lines of a CSV file, entered like a command would."""

import csv
from io import StringIO

import yaml

from tests.stages.onboarding.applying import ATTACHED, sample
from vendorops.gateways.spreadsheet import Sheet, SheetRow
from vendorops.stages.onboarding.bulk import enter_lines, lines_of

NAMES = ("bpo", "freelance", "rpo", "staffing")


def flat(form, before=""):
    """The leaves of a form by their column."""
    pairs = form.items() if isinstance(form, dict) else enumerate(form, start=1)
    found: dict[str, str] = {}
    for name, value in pairs:
        if isinstance(value, dict | list):
            found |= flat(value, f"{before}{name}.")
        else:
            found[f"{before}{name}"] = value
    return found


def row(name, **changed):
    """A shipped application as a row; `changed` has two underscores for each dot."""
    form = flat(yaml.load(sample(name), yaml.BaseLoader))  # noqa: S506 - it knows text only.
    return form | {column.replace("__", "."): text for column, text in changed.items()}


def sheet(rows, name=""):
    """Rows as the reader would give them."""
    columns = list(dict.fromkeys(column for each in rows for column in each))
    cells = [[each.get(column, "") for column in columns] for each in rows]
    table = [columns, *cells]
    return Sheet(
        name, tuple(SheetRow(at, tuple(texts), {}) for at, texts in enumerate(table, start=1))
    )


def csv_of(rows):
    text = StringIO(newline="")
    writer = csv.DictWriter(text, list(dict.fromkeys(name for each in rows for name in each)))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def lines(*rows):
    return lines_of((sheet(rows),))


def hand_in_many(opener, *rows, mode="partial", folder=ATTACHED):
    return enter_lines(opener(actor="portal"), lines(*rows), folder, mode)


def outcomes(results):
    return [result.outcome for result in results]
