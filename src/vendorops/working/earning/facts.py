"""Takes reported facts in: all of a file or none, each key once, corrections as later facts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books, log
from vendorops.books.many import enter_many
from vendorops.documents import keep
from vendorops.domain.earnings import Agreed, BadFact, Fact
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, EarningFact, Person, Supplier
from vendorops.working.earning.forms import WITHDRAWN, FactForm, FactsForm
from vendorops.working.earning.in_force import agreed_plans
from vendorops.working.earning.judging import Counted, judged


@dataclass(frozen=True)
class _Known:
    """What a contract has already, while a file of facts is judged row by row."""

    contract: Contract
    plans: Sequence[Agreed]
    rows: dict[str, EarningFact]
    """By key."""
    replaced: set[int | None]
    counted: Counted = field(default_factory=Counted)


def report(
    books: Books, said: FactsForm, data: bytes, suffix: str = ".yaml"
) -> tuple[list[EarningFact], int]:
    """Enter facts, all or none; return those that are new, and how many were known as they are.

    Raises BadFact naming the row: a key that is there with another content, a day outside every
    agreed plan or to come, a kind that the plan does not read, days that reach over the end of a
    period or that another fact covers, a correction of what was corrected.
    """
    log.lock(books.session)
    contract = books.named(Contract, said.contract)
    _refuse_reporter(books, contract)
    rows = list(books.session.exec(_of(contract)))
    replaced = {row.replaces_id for row in rows}
    known = _Known(
        contract, agreed_plans(books, contract), {row.key: row for row in rows}, replaced
    )
    for fact in _living(rows, replaced):
        known.counted.add(fact)
    source = keep(books, data, f"facts of {contract.reference}", suffix)
    entered, same = [], 0
    for number, form in enumerate(said.facts, start=1):
        try:
            row = _row(books, known, form, source)
        except Refused as refusal:
            raise BadFact(f"fact {number} ({form.key}): {refusal}") from refusal
        if row is None:
            same += 1
        else:
            entered.append(row)
    because = f"{len(entered)} facts of {contract.reference}"
    enter_many(books, EarningFact, [row.model_dump() for row in entered], because)
    return entered, same


def _of(contract: Contract) -> SelectOfScalar[EarningFact]:
    wanted = select(EarningFact).where(col(EarningFact.contract_id) == contract.id)
    return wanted.order_by(col(EarningFact.id))


def _refuse_reporter(books: Books, contract: Contract) -> None:
    """Refuse facts of whoever belongs neither to us nor to the supplier."""
    query = select(Person).where(col(Person.handle) == books.actor)
    person = books.session.exec(query).one_or_none()
    supplier = books.get(Supplier, contract.supplier_id)
    if person is None or person.party_id not in (None, supplier.party_id):
        raise BadFact(
            f"{books.actor} neither belongs to {supplier.reference} nor to us; facts of"
            f" {contract.reference} are reported by its supplier or by us"
        )


def _row(books: Books, known: _Known, form: FactForm, source: str) -> EarningFact | None:
    """Return a fact that may be entered, or None where it is known exactly so."""
    target = _target(known, form)
    told = _columns(known, form)
    before = known.rows.get(form.key)
    if before:
        same = {name: getattr(before, name) for name in told} == told
        if same and before.replaces_id == (target.id if target else None):
            return None
        raise BadFact(
            f"was reported on {before.reported_on} with another content; correct it by a fact"
            f" with a key of its own and `replaces: {form.key}`"
        )
    if target and target.id in known.replaced:
        raise BadFact(f"{form.replaces} was corrected already; correct what took its place")
    if target:
        known.counted.remove(_fact(target))
    if form.kind != WITHDRAWN:
        fact = form.fact(known.contract.currency)
        judged(known.plans, fact, books.as_of)
        known.counted.add(fact)
    row = EarningFact(
        id=books.key(),
        contract_id=known.contract.id,
        key=form.key,
        **told,
        replaces_id=target.id if target else None,
        source_sha256=source,
        reported_by=books.actor,
        reported_on=books.as_of,
    )
    known.rows[form.key] = row
    known.replaced.add(row.replaces_id)
    return row


def _target(known: _Known, form: FactForm) -> EarningFact | None:
    if not form.replaces:
        if form.kind == WITHDRAWN:
            raise BadFact("what is withdrawn is named by `replaces`; add it")
        return None
    found = known.rows.get(form.replaces)
    if found is None:
        raise BadFact(f"replaces {form.replaces!r}, which was never reported; check the key")
    if found.kind == WITHDRAWN:
        raise BadFact(f"{form.replaces} withdrew a fact; report it anew under a key of its own")
    return found


def _columns(known: _Known, form: FactForm) -> dict[str, Any]:
    if form.kind == WITHDRAWN:
        if form.quantity or form.amount:
            raise BadFact("what is withdrawn has neither quantity nor amount; leave them out")
        days = {"first": form.day, "last": form.through or form.day}
        plain = {"code": form.code, "subject": form.subject}
        return {"kind": WITHDRAWN, **days, **plain, "quantity_e4": 0, "amount_minor": 0}
    fact = form.fact(known.contract.currency)
    return {
        "kind": fact.kind,
        "first": fact.first,
        "last": fact.last,
        "code": fact.code,
        "subject": fact.subject,
        "quantity_e4": fact.quantity_e4,
        "amount_minor": fact.amount_minor,
    }


def facts_known(books: Books, contract: Contract) -> list[Fact]:
    """Return the facts that count."""
    return facts_through(reported_rows(books, contract))


def reported_rows(books: Books, contract: Contract) -> list[EarningFact]:
    """Return everything that was ever reported of a contract, oldest first."""
    return list(books.session.exec(_of(contract)))


def facts_through(rows: Sequence[EarningFact], newest: int | None = None) -> list[Fact]:
    """Return the facts that count, as they were known when the row of that key was the newest."""
    known = [row for row in rows if newest is None or row.id <= newest]
    return list(_living(known, {row.replaces_id for row in known}))


def _living(rows: Iterable[EarningFact], replaced: set[int | None]) -> Iterator[Fact]:
    """Yield the facts in whose place nothing stands."""
    for row in rows:
        if row.id not in replaced and row.kind != WITHDRAWN:
            yield _fact(row)


def _fact(row: EarningFact) -> Fact:
    return Fact(
        key=row.key,
        kind=row.kind,
        first=row.first,
        last=row.last,
        code=row.code,
        subject=row.subject,
        quantity_e4=row.quantity_e4,
        amount_minor=row.amount_minor,
    )


def newest_fact(books: Books, contract: Contract) -> tuple[EarningFact | None, int]:
    """Return the newest fact of a contract, and how many there are."""
    query = _of(contract).order_by(None).order_by(col(EarningFact.id).desc()).limit(1)
    count = select(func.count()).where(col(EarningFact.contract_id) == contract.id)
    return books.session.exec(query).one_or_none(), books.session.exec(count).one()
