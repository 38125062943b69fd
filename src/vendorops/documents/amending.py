"""Enters a change of a contract as somebody proposes it: all that will hold, and its paper."""

import json
from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from vendorops.books import Books, canonical, content_sha256, log
from vendorops.documents import facts_json, facts_of, facts_sha256, keep
from vendorops.documents.drafting import set_notice
from vendorops.documents.fields import Data
from vendorops.documents.forms import read_form
from vendorops.documents.proposal import facts_changed
from vendorops.documents.proposal_forms import ChangeForm
from vendorops.documents.telling import changes, labelled
from vendorops.domain.contract_facts import ContractFacts
from vendorops.domain.lifecycle import AmendmentStatus, ContractStatus
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.tables import Amendment, Contract, ServiceSheet, Settlement, Termination, WorkItem

AMENDABLE = (ContractStatus.SIGNED, ContractStatus.EFFECTIVE)
UNDERWAY = (AmendmentStatus.DRAFT, AmendmentStatus.APPROVED, AmendmentStatus.SENT)
AGREED = (AmendmentStatus.SIGNED, AmendmentStatus.EFFECTIVE)
NOT_SETTLED = ("calculated", "approved")


class NotAmendable(Refused):
    """The contract cannot be changed like that."""


def propose(books: Books, contract: Contract, data: bytes) -> Amendment:
    """Enter the amendment that a form describes; the same change again is the same amendment.

    Refused where the contract is not signed, another change is underway, nothing changes, or the
    change would touch what was accepted, or leave no room for what was committed.
    """
    form = read_form(data, ChangeForm, "the amendment")
    if form.valid_from is None:
        raise NotAmendable("valid_from: say from which day the change holds")
    return propose_change(books, contract, form, form.valid_from)


def propose_change(books: Books, contract: Contract, form: ChangeForm, since: date) -> Amendment:
    """Enter an amendment that holds from a day."""
    log.lock(books.session)  # Two proposals must not both find no other.
    if contract.status not in AMENDABLE:
        raise NotAmendable(
            f"{contract.reference} is {contract.status}; only a contract that is signed and has "
            "not ended is amended"
        )
    ended = select(Termination.id).where(
        col(Termination.contract_id) == contract.id, col(Termination.status) != "rejected"
    )
    if books.session.exec(ended).first():
        raise NotAmendable(f"{contract.reference} is being ended; it is not amended any more")
    earlier = [row for row in amendments_of(books, contract) if row.status != "rejected"]
    asked = content_sha256([form.model_dump(mode="json"), since.isoformat()])
    known = next((row for row in earlier if row.asked_sha256 == asked), None)
    if known:
        return known
    before, begun = _base(contract, earlier)
    underway = next((row for row in earlier if row.status in UNDERWAY), None)
    if underway:
        raise NotAmendable(f"{underway.reference} is {underway.status}; have it decided first")
    if begun and since < begun:
        raise NotAmendable(f"valid_from: an earlier amendment holds from {begun}; begin with it")
    after = facts_changed(before, form, program(contract.program), since)
    reach = _reach(books, contract, form, since)
    refuse_impossible(books, contract, after, since)
    return _enter(books, contract, form, (before, after), (since, reach, asked))


def amendments_of(books: Books, contract: Contract) -> list[Amendment]:
    """Return the amendments of a contract in their order."""
    query = select(Amendment).where(col(Amendment.contract_id) == contract.id)
    return list(books.session.exec(query.order_by(col(Amendment.number))))


def _base(contract: Contract, earlier: list[Amendment]) -> tuple[ContractFacts, date | None]:
    """Return what is changed: the contract, or what the last amendment that was signed made."""
    agreed = [row for row in earlier if row.status in AGREED]
    if agreed:
        return facts_of(agreed[-1].facts), agreed[-1].valid_from
    return facts_of(contract.facts), None


def _reach(books: Books, contract: Contract, form: ChangeForm, since: date) -> str:
    last = last_accepted(books, contract)
    if last is None or since > last:
        return "forward"
    if form.retroactive != "yes":
        raise NotAmendable(
            f"valid_from: work of {last} was accepted already; begin after it, or say "
            "`retroactive: yes`, which its approver is told"
        )
    return "retroactive"


def last_accepted(books: Books, contract: Contract) -> date | None:
    """Return the last day of which work was accepted."""
    query = select(func.max(WorkItem.performed_on)).where(
        col(WorkItem.contract_id) == contract.id, col(WorkItem.accepted_e4) > 0
    )
    return books.session.exec(query).one()


def refuse_impossible(books: Books, contract: Contract, facts: ContractFacts, since: date) -> None:
    """Refuse a cap below what is committed, and an end before the change or before work."""
    query = select(func.coalesce(func.sum(Settlement.net_minor), 0)).where(
        col(Settlement.contract_id) == contract.id, col(Settlement.status).in_(NOT_SETTLED)
    )
    committed = contract.committed_minor + int(books.session.exec(query).one())
    if facts.cap_minor < committed:
        taken = Money(committed, contract.currency)
        raise NotAmendable(f"cap: {taken} are committed already; the cap cannot fall below that")
    reported = select(func.max(WorkItem.performed_on)).join(
        ServiceSheet, col(ServiceSheet.id) == col(WorkItem.service_sheet_id)
    )
    open_work = reported.where(
        col(WorkItem.contract_id) == contract.id, col(ServiceSheet.status) != "rejected"
    )
    last = books.session.exec(open_work).one()
    if facts.ends_on <= since or (last and facts.ends_on <= last):
        raise NotAmendable("end: it cannot lie before the change or before reported work")


def _enter(
    books: Books,
    contract: Contract,
    form: ChangeForm,
    versions: tuple[ContractFacts, ContractFacts],
    when: tuple[date, str, str],
) -> Amendment:
    before, after = versions
    found = changes(before, after, program(contract.program))
    if not found:
        raise NotAmendable("the amendment changes nothing; say what is to be different")
    query = select(func.coalesce(func.max(Amendment.number), 0)).where(
        col(Amendment.contract_id) == contract.id
    )
    reference, number = books.reference("AMD"), books.session.exec(query).one() + 1
    said: Data = {
        "reference": reference,
        "number": str(number),
        "valid_from": when[0].isoformat(),
        "changes": labelled(found),
        "reason": form.reason,
    }
    rendered = set_notice(books, "amendment", contract, after, said)
    text = facts_json(after)
    return books.enter(
        Amendment(
            id=books.key(),
            reference=reference,
            contract_id=contract.id,
            number=number,
            valid_from=when[0],
            reach=when[1],
            asked_sha256=when[2],
            before_sha256=facts_sha256(facts_json(before)),
            facts=text,
            facts_sha256=facts_sha256(text),
            changes=canonical(found).decode(),
            reason=form.reason,
            template=rendered.template,
            source_sha256=rendered.source_sha256,
            document_sha256=keep(books, rendered.pdf, f"amendment {reference}", ".pdf"),
            proposed_by=books.actor,
            proposed_on=books.as_of,
        ),
        because=f"{contract.reference} from {when[0]}: {form.reason}",
    )


def changes_of(amendment: Amendment) -> list[dict[str, str]]:
    """Return what an amendment changes, as its paper says it."""
    return [dict(row) for row in json.loads(amendment.changes)]
