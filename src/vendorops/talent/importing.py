"""Takes in a file of people: each entry by itself, with a row that says what became of it.

An import that was ended midway is given again, whole: what was entered is found and unchanged.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from vendorops.books import Books, Opener, log
from vendorops.books.parts import part
from vendorops.documents.forms import BadForm, Form, Words
from vendorops.domain.refusal import Refused
from vendorops.tables import Supplier
from vendorops.talent.forms import entry_from
from vendorops.talent.profiles import enter_profile

LARGEST = 64 * 2**20
BATCH = 200
"""Entries in one transaction."""
ENTERED, UNCHANGED, REFUSED = "entered", "unchanged", "refused"


@dataclass(frozen=True)
class Given:
    """One entry of a file as it was read, before any model has judged it."""

    line: int
    entry: object


@dataclass(frozen=True)
class Result:
    """What became of one entry."""

    line: int
    id: str
    outcome: str
    talent: str
    reason: str


class _File(Form):
    supplier: Words
    workers: list[object]


def read_people(data: bytes) -> tuple[str, list[Given]]:
    """Return the supplier a JSON file names, and its entries as they are."""
    if len(data) > LARGEST:
        raise BadForm(f"the file is larger than {LARGEST // 2**20} MiB; split it")
    try:
        file = _File.model_validate(json.loads(data, parse_float=_no_fraction))
    except ValidationError:
        raise BadForm('the file must be {"supplier": "SUP-…", "workers": […]}') from None
    except (ValueError, RecursionError) as error:
        raise BadForm(f"the file is not JSON in UTF-8 ({error}); correct it") from None
    return file.supplier, [Given(line, entry) for line, entry in enumerate(file.workers, 1)]


def _no_fraction(text: str) -> object:
    raise ValueError(f"{text} must be a text or a whole number")


def enter_people(opener: Opener, supplier: str, given: Sequence[Given]) -> Iterator[Result]:
    """Enter what is in order, in batches, and yield a result for every entry."""
    for some in _batches(given):
        with opener() as books:
            log.lock(books.session)
            whose = books.named(Supplier, supplier)
            done = [_apart(books, whose, one) for one in some]
        yield from done


def _batches(given: Sequence[Given]) -> Iterator[Sequence[Given]]:
    return (given[start : start + BATCH] for start in range(0, len(given), BATCH))


def _apart(books: Books, supplier: Supplier, given: Given) -> Result:
    name = str(given.entry.get("id", "")) if isinstance(given.entry, dict) else ""
    before = log.lock(books.session).seq
    try:
        with part(books):
            talent = enter_profile(books, supplier, entry_from(given.entry)).reference
    except Refused as refusal:
        return Result(given.line, name, REFUSED, "", str(refusal))
    outcome = UNCHANGED if log.lock(books.session).seq == before else ENTERED
    return Result(given.line, name, outcome, talent, "")
