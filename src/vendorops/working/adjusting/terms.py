"""Proposes terms of a contract from a form, and finds those that hold."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Protocol

from sqlalchemy import bindparam
from sqlmodel import col, select

from vendorops.books import Books, canonical, log
from vendorops.documents import keep
from vendorops.documents.forms import read_form
from vendorops.domain.adjustments import AdjustmentFacts
from vendorops.domain.earnings import KIND as PAY_PLAN
from vendorops.domain.earnings import PayTerms
from vendorops.domain.lifecycle import AgreedTermStatus
from vendorops.domain.matching import MatchingDegree
from vendorops.domain.matching.degrees import KIND as MATCHING
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.tables import AgreedTerm, Contract, EarnedLine
from vendorops.working.adjusting.forms import AgreedTermsForm

_AGREED = (  # Written once: every sheet and every settlement asks it.
    select(AgreedTerm)
    .where(
        col(AgreedTerm.contract_id) == bindparam("contract"),
        col(AgreedTerm.kind) == bindparam("kind"),
        col(AgreedTerm.status) == AgreedTermStatus.AGREED,
    )
    .order_by(col(AgreedTerm.valid_from), col(AgreedTerm.id))
)
WITHOUT_MONTHS = (MATCHING, PAY_PLAN)
"""Kinds of term that bring no lines by the accepted work of months."""


class NotAgreeable(Refused):
    """Terms that contradict the contract, or others of it."""


class Proposable(Protocol):
    """What a form says of one term, of whatever kind."""

    @property
    def categories(self) -> Sequence[str]:
        """Term codes of the program; none: all that is accepted."""

    @property
    def valid_from(self) -> date:
        """The first day."""

    @property
    def cite(self) -> str:
        """Where the parties agreed on it."""

    def facts(self, currency: str) -> AdjustmentFacts | MatchingDegree | PayTerms:
        """Return what was agreed, or refuse what does not go together."""


def propose(books: Books, data: bytes) -> list[AgreedTerm]:
    """Enter the terms of a file in draft, all or none; the same file again is the same terms.

    Raises BadForm for a file that is no form, and NotAgreeable where a term contradicts itself,
    its contract, or what was agreed before.
    """
    said = read_form(data, AgreedTermsForm, "terms")
    return enter_drafts(books, said.contract, said.terms, data)


def enter_drafts(
    books: Books, of: str, said: Sequence[Proposable], data: bytes
) -> list[AgreedTerm]:
    """Enter what a file proposes for the contract of a reference, once."""
    log.lock(books.session)
    contract = books.named(Contract, of)
    known = select(AgreedTerm).where(
        col(AgreedTerm.contract_id) == contract.id,
        col(AgreedTerm.source_sha256) == sha256(data).hexdigest(),
    )
    found = list(books.session.exec(known.order_by(col(AgreedTerm.id))))
    if found:
        return found
    source = keep(books, data, f"terms of {contract.reference}", ".yaml")
    return [
        _enter(books, contract, form, (number, source))
        for number, form in enumerate(said, start=1)
    ]


def _enter(
    books: Books, contract: Contract, form: Proposable, named: tuple[int, str]
) -> AgreedTerm:
    number, source = named
    try:
        facts = form.facts(contract.currency)
        if isinstance(facts, AdjustmentFacts):
            facts.check_first_day(form.valid_from)
        codes = sorted({program(contract.program).term(code).code for code in form.categories})
    except Refused as refusal:
        raise NotAgreeable(f"terms {number}: {refusal}") from refusal
    if not contract.starts_on <= form.valid_from < contract.ends_on:
        raise NotAgreeable(
            f"terms {number}: {form.valid_from} is not within {contract.reference}, which runs"
            f" from {contract.starts_on} until {contract.ends_on}; choose a day of it"
        )
    row = AgreedTerm(
        id=books.key(),
        reference=books.reference("AGT"),
        contract_id=contract.id,
        kind=facts.kind,
        categories=" ".join(codes),
        valid_from=form.valid_from,
        facts=canonical(asdict(facts)).decode(),
        cite=form.cite,
        source_sha256=source,
        proposed_by=books.actor,
        proposed_on=books.as_of,
    )
    refuse_overlap(books, row)
    return books.enter(row, because=f"{facts.kind} of {contract.reference} from {form.valid_from}")


def agreed_terms(books: Books, contract_id: int, kind: str) -> list[AgreedTerm]:
    """Return the terms of a kind that were agreed for a contract, by their first days."""
    asked = {"contract": contract_id, "kind": kind}
    return list(books.session.exec(_AGREED, params=asked))


def successor(books: Books, row: AgreedTerm) -> AgreedTerm | None:
    """Return the next agreed term of the kind for the same work, which ends this one."""
    later = [
        other
        for other in agreed_terms(books, row.contract_id, row.kind)
        if other.categories == row.categories and other.valid_from > row.valid_from
    ]
    return later[0] if later else None


def refuse_overlap(books: Books, row: AgreedTerm) -> None:
    """Refuse a term that shares work with another one, or reaches back behind entered lines."""
    same: AgreedTerm | None = None
    for other in agreed_terms(books, row.contract_id, row.kind):
        if other.categories == row.categories:
            same = other  # The newest of them is the last.
        elif share_work(other.categories, row.categories):
            raise NotAgreeable(
                f"{other.reference} holds for some of the same work; name the categories"
                f" exactly as it does ({other.categories or 'all'}), or none of them"
            )
    if same and same.valid_from >= row.valid_from:
        raise NotAgreeable(
            f"{same.reference} holds from {same.valid_from}; what takes its place begins later"
        )
    if same and row.kind == PAY_PLAN:
        _refuse_earned_days(books, same, row)
    elif same and same.closed_through >= f"{row.valid_from:%Y-%m}":
        raise NotAgreeable(
            f"the lines of {same.reference} were entered through {same.closed_through};"
            " let the new term begin in a later month"
        )


def _refuse_earned_days(books: Books, same: AgreedTerm, row: AgreedTerm) -> None:
    """Refuse a pay plan that begins within days of which earnings were entered."""
    query = select(EarnedLine).where(
        col(EarnedLine.agreed_term_id) == same.id, col(EarnedLine.ends_on) >= row.valid_from
    )
    line = books.session.exec(query.order_by(col(EarnedLine.ends_on).desc())).first()
    if line:
        raise NotAgreeable(
            f"{line.reference} was entered for days until {line.ends_on}; let the new plan begin"
            " after them"
        )


def share_work(one: str, other: str) -> bool:
    """Tell whether two sets of categories have one in common; an empty one holds them all."""
    return not one or not other or bool({*one.split()} & {*other.split()})
