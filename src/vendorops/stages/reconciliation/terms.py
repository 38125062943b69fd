"""What claims are compared with beyond the work itself: tolerances and taxes, and their days.

They are chosen when a month is matched and written down in its rules, which the seal covers; a
past month is matched by what was written.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import col, select

from vendorops.books import Books, canonical
from vendorops.documents import revisions
from vendorops.domain.contract_facts import ContractFacts
from vendorops.domain.dated import Dated
from vendorops.domain.matching import RULES, VERSION, TaxFacts, TermFacts, ToleranceFacts
from vendorops.domain.periods import DAY
from vendorops.programs import program
from vendorops.stages.reconciliation.caps import room
from vendorops.tables import AgreedTerm, Contract, InputTax, Tolerance
from vendorops.working.adjusting import degree_of
from vendorops.working.matching_degrees import degrees_of, holding

SHOWN = 12
"""Digits of a hash by which facts are cited."""
NONE_AGREED: Mapping[str, int | str] = {"share_e6": 0, "amount_minor": 0, "cite": "none agreed"}


@dataclass(frozen=True)
class OnFile:
    """What may hold for the work of one contract, before a day and a category are known."""

    contract: Contract
    facts: Dated[ContractFacts]
    tolerances: Sequence[Tolerance]
    taxes: Sequence[InputTax]
    degrees: Sequence[AgreedTerm] = ()

    def days(self) -> list[date]:
        """Return the days from which something else may hold, the first of all days first."""
        begun = {row.valid_from for row in self.tolerances}
        begun |= {row.valid_from for row in self.taxes}
        begun |= {row.valid_from for row in self.degrees}
        return sorted({date.min, *self.facts.versions, *begun})

    def on(self, day: date, term: str) -> dict[str, Any]:
        """Return what holds for work of a category done on a day."""
        tax = self._narrowest(self.taxes, day, term)
        return {
            "price": self._agreed(day) or self.tolerance("price", day, term),
            "quantity": self.tolerance("quantity", day, term),
            "tax": tax and _tax(tax),
            "degree": _degree(holding(self.degrees, day, term)),
        }

    def tolerance(self, step: str, day: date, term: str = "") -> dict[str, int | str]:
        """Return the company's tolerance of a step, which is none where none is on file."""
        return self.found(step, day, term) or dict(NONE_AGREED)

    def found(self, step: str, day: date, term: str = "") -> dict[str, int | str] | None:
        """Return the company's tolerance of a step; None where none is on file."""
        rows = [row for row in self.tolerances if row.step == step]
        best = self._narrowest(rows, day, term)
        if best is None:
            return None
        limits = {"share_e6": best.share_e6, "amount_minor": best.amount_minor}
        return {**limits, "since": best.valid_from.isoformat(), "cite": best.cite}

    def _agreed(self, day: date) -> dict[str, int | str] | None:
        """Return the contract's own tolerance for prices, which goes before the company's."""
        agreed = self.facts.on(day).tolerance
        cite = f"{self.contract.reference}, facts {self.contract.facts_sha256[:SHOWN]}"
        since = max(self.contract.starts_on, self.facts.since(day)).isoformat()
        return {**asdict(agreed), "since": since, "cite": cite} if agreed else None

    def _narrowest(self, rows: Sequence[Any], day: date, term: str) -> Any:  # noqa: ANN401 - a row.
        """Return the row of a day: a supplier's first, then a category's, then the newest."""
        held = [row for row in rows if row.valid_from <= day and row.term in ("", term)]
        return max(
            held,
            key=lambda row: (row.supplier_id is not None, row.term, row.valid_from, row.id),
            default=None,
        )


def _degree(row: AgreedTerm | None) -> dict[str, object] | None:
    """Return how many sides are matched, where it was agreed; else there are three."""
    if row is None:
        return None
    degree = degree_of(row)
    since = row.valid_from.isoformat()
    told = {"sides": degree.sides, "grades": degree.paid_grades}
    return {**told, "since": since, "cite": f"{row.reference}, {row.cite}"}


def _tax(row: InputTax) -> dict[str, int | str]:
    since = row.valid_from.isoformat()
    return {
        "category": row.category,
        "rate_e4": row.rate_e4,
        "since": since,
        "cite": row.cite,
    }


def rules(books: Books, contracts: Iterable[Contract]) -> str:
    """Return the rules of a reconciliation as canonical JSON: name, version, what was chosen."""
    chosen = [
        _chosen(books, contract) for contract in sorted(contracts, key=lambda row: row.reference)
    ]
    return canonical({"name": RULES, "version": VERSION, "contracts": chosen}).decode()


def _chosen(books: Books, contract: Contract) -> dict[str, object]:
    known = on_file(books, contract)
    last = books.month.end - DAY
    return {
        "contract": contract.reference,
        "facts_sha256": contract.facts_sha256,
        "tax": known.tolerance("tax", last),
        "total": known.found("total", last),
        "room_minor": room(books, contract),
        "terms": _spans(known, last),
    }


def on_file(books: Books, contract: Contract) -> OnFile:
    """Return every row that could hold for the work of a contract."""

    def of_supplier(table: type[Tolerance] | type[InputTax]) -> Any:  # noqa: ANN401 - a condition.
        supplier = col(table.supplier_id)
        return supplier.is_(None) | (supplier == contract.supplier_id)

    tolerances = select(Tolerance).where(
        col(Tolerance.program) == contract.program,
        col(Tolerance.currency) == contract.currency,
        of_supplier(Tolerance),
    )
    taxes = select(InputTax).where(
        col(InputTax.place) == contract.place,
        col(InputTax.program) == contract.program,
        of_supplier(InputTax),
    )
    return OnFile(
        contract,
        revisions(books, contract),
        books.session.exec(tolerances).all(),
        books.session.exec(taxes).all(),
        degrees_of(books, contract.id),
    )


def _spans(known: OnFile, last: date) -> list[dict[str, object]]:
    """Return what holds for the categories of work from which day on, each change once.

    Categories of which nothing is said on its own are told together, in one entry.
    """
    codes = [term.code for term in program(known.contract.program).terms]
    own = {row.term for row in known.tolerances} | {row.term for row in known.taxes}
    own |= {code for row in known.degrees for code in row.categories.split()}
    plain = [code for code in codes if code not in own]
    groups = [[code] for code in codes if code in own]
    return [
        {"of": group, "from": day.isoformat(), **held}
        for group in ([plain] if plain else []) + groups
        for day, held in _changes(known, last, group[0])
    ]


def _changes(known: OnFile, last: date, term: str) -> Iterator[tuple[date, dict[str, Any]]]:
    before: dict[str, Any] = {}
    for day in (day for day in known.days() if day <= last):
        held = known.on(day, term)
        if held != before:
            yield day, held
        before = held


def of_claims(
    written: Mapping[str, Any],
) -> dict[str, tuple[ToleranceFacts, ToleranceFacts | None]]:
    """Return the tolerances for the tax and the total of claims, by reference of the contract."""
    return {
        each["contract"]: (_limits(each["tax"]), each["total"] and _limits(each["total"]))
        for each in written["contracts"]
    }


def _limits(said: Mapping[str, Any]) -> ToleranceFacts:
    return ToleranceFacts(said["share_e6"], said["amount_minor"])


class Held(NamedTuple):
    """What holds for work of one kind under one contract from a day on, until another day."""

    first_day: str
    end_day: str
    terms: TermFacts


class TermsOf:
    """What the rules of some reconciliations say of work, by contract, kind of work and day."""

    def __init__(self, written: Mapping[str, Any], contracts: Mapping[str, int]) -> None:
        self._held: defaultdict[tuple[int, str], list[Held]] = defaultdict(list)
        for each in written["contracts"]:
            if each["contract"] in contracts:
                for term, held in _held(each["terms"]):
                    self._held[contracts[each["contract"]], term].append(held)

    def on(self, contract_id: int, term: str, day: str) -> TermFacts | None:
        """Return what holds for work done on a day, an ISO text; None where nothing does."""
        known = self._held.get((contract_id, term), ())
        return next((held.terms for held in known if held.first_day <= day < held.end_day), None)


def _held(spans: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Held]]:
    for at, span in enumerate(spans):
        after = spans[at + 1] if at + 1 < len(spans) else None
        ends = after["from"] if after and after["of"] == span["of"] else str(date.max)
        tax = span["tax"] and TaxFacts(span["tax"]["category"], span["tax"]["rate_e4"])
        degree = span["degree"]
        grades = tuple(degree["grades"]) if degree else ()
        terms = TermFacts(_limits(span["price"]), _limits(span["quantity"]), tax, grades)
        for term in span["of"]:
            yield term, Held(span["from"], ends, terms)


def read(written: str) -> dict[str, Any]:
    """Return written rules."""
    rules: dict[str, Any] = json.loads(written)
    return rules
