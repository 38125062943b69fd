"""Judges from the history alone whether a payment to a new account was right.

Written without the code it judges: it knows the tables and the rules of the plan, nothing else.
"""

import json
from datetime import timedelta

from sqlmodel import Session, col, select

from tests.attacks.play import ONBOARDER, SIGNER, Play
from vendorops.tables import (
    BankAccount,
    Contact,
    Decision,
    Event,
    NameCheck,
    Payment,
    PaymentBatch,
)

AGE, COOLING = timedelta(days=30), timedelta(hours=72)
SENT = ("sent", "accepted_by_bank", "settled")
BUYERS = {"lin.buyer", "zhao.finance"}


def paid(session: Session) -> list[Payment]:
    """Return what was sent, or promised to the bank, to the supplier."""
    return list(session.exec(select(Payment).where(col(Payment.status).in_(SENT))))


def breaches(session: Session, play: Play, sent: list[Payment]) -> list[str]:
    """Return every rule that payments broke; nothing where there are none or all are right."""
    return [said for payment in sent for said in _judged(session, play, payment)]


def _judged(session: Session, play: Play, payment: Payment) -> list[str]:
    account = session.get(BankAccount, payment.bank_account_id)
    batch = session.get(PaymentBatch, payment.batch_id)
    assert account
    assert batch
    released = _event(session, batch, "released")
    assert released
    broken = _paid_while_changing(session, released)
    if account.proposed_at is None:
        return broken
    judged = (_people, _call, _name, _cooled, _by_hand)
    return broken + [said for rule in judged for said in rule(session, play, account, batch)]


def _paid_while_changing(session: Session, released: Event) -> list[str]:
    query = select(Event).where(
        col(Event.subject_table) == "bankaccount",
        col(Event.after) != "",
        col(Event.seq) < released.seq,
    )
    last = {
        event.subject_id: event.after for event in session.exec(query.order_by(col(Event.seq)))
    }
    open_ones = [state for state in last.values() if state in ("proposed", "verified", "approved")]
    return ["paid while a change was under way"] if open_ones else []


def _people(session: Session, _play: Play, account: BankAccount, _batch: object) -> list[str]:
    born = _event(session, account, "proposed")
    verifier, approver = _who(session, account, "verif"), _who(session, account, "approv")
    assert born
    broken = []
    if len({born.actor, verifier, approver} - {None}) < 3:
        broken.append("fewer than three people")
    if ONBOARDER in (verifier, approver):
        broken.append("who let the party in decided on its account")
    if born.actor not in {SIGNER, *BUYERS}:
        broken.append("proposed by somebody without the right to")
    return broken


def _who(session: Session, account: BankAccount, kind: str) -> str | None:
    """Return who approved the question of a kind about an account, as the history has it."""
    for decision in _answers(session, "bankaccount", account.id):
        if kind in decision.kind:
            event = _event(session, decision, "answered")
            return event.actor if event else None
    return None


def _call(session: Session, _play: Play, account: BankAccount, _batch: object) -> list[str]:
    born = _event(session, account, "proposed")
    said = [
        json.loads(decision.detail)
        for decision in _answers(session, "bankaccount", account.id)
        if decision.kind == "bank_verification"
    ]
    if not said or "contact" not in said[0]:
        return ["nobody called back"]
    query = select(Contact).where(col(Contact.reference) == said[0]["contact"])
    contact = session.exec(query).one()
    entered = _event(session, contact, "")
    assert born
    assert entered
    broken = []
    if contact.kind != "phone" or contact.party_id != account.party_id:
        broken.append("called no number of theirs")
    if contact.bank_account_id == account.id or entered.seq > born.seq:
        broken.append("called a number from the request")
    if entered.at > born.at - AGE or contact.since > born.business_day - AGE:
        broken.append("called a number that was too young")
    if said[0]["read_back_index"] != account.number_index:
        broken.append("another account was read back")
    return broken


def _name(session: Session, _play: Play, account: BankAccount, _batch: object) -> list[str]:
    query = select(NameCheck).where(col(NameCheck.bank_account_id) == account.id)
    results = {row.result for row in session.exec(query)}
    return [] if results and "no_match" not in results else ["the name was not checked"]


def _cooled(session: Session, play: Play, account: BankAccount, batch: PaymentBatch) -> list[str]:
    approved, used = (_event(session, account, state) for state in ("approved", "active"))
    released = _event(session, batch, "released")
    assert released
    if approved is None or used is None:
        return ["never approved and put into use"]
    really = play.really[released.seq] - play.really[approved.seq]
    by_clock = released.at - approved.at
    if by_clock < COOLING or (really < COOLING and play.wrong <= timedelta(0)):
        return [f"cooled off for {by_clock}, really {really}"]
    return []


def _by_hand(
    session: Session, _play: Play, account: BankAccount, batch: PaymentBatch
) -> list[str]:
    hands = {
        decision.answered_by
        for decision in _answers(session, "paymentbatch", batch.id)
        if decision.kind == "first_payment"
    }
    part = {account.proposed_by, account.verified_by, account.approved_by, ONBOARDER}
    part |= {batch.planned_by, batch.approved_by}
    return [] if hands and hands.isdisjoint(part) else ["not let go by hand by an outsider"]


def _answers(session: Session, table: str, ident: int) -> list[Decision]:
    query = select(Decision).where(
        col(Decision.subject_table) == table,
        col(Decision.subject_id) == ident,
        col(Decision.answer) == "approve",
    )
    return list(session.exec(query.order_by(col(Decision.id).desc())))


def _event(session: Session, row: object, after: str) -> Event | None:
    """Return the event that brought a row into a state."""
    query = select(Event).where(
        col(Event.subject_table) == type(row).__name__.lower(),
        col(Event.subject_id) == row.id,  # type: ignore[attr-defined]  # every row has a key.
        col(Event.after) == after,
        col(Event.action).in_(("entered", "moved")),
    )
    return session.exec(query.order_by(col(Event.seq))).first()
