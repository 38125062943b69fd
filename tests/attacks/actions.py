"""What honest people and attackers can do: every act goes through a function anybody may call."""

from collections.abc import Callable
from datetime import timedelta

import yaml
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, select

from tests.attacks.play import NUMBERS, OLD, Play, contact
from vendorops.books import Answer, Books, answer
from vendorops.books.questions import OPEN
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.domain.refusal import Refused
from vendorops.stages.bank_accounts import (
    check_name,
    propose_account,
    record_contact,
    revoke_account,
)
from vendorops.tables import BankAccount, Decision

Action = tuple[str, ...]
SUPPLIER = "SUP-2026-000001"


def perform(play: Play, action: Action) -> None:
    """Do one thing; what the books refuse did not happen."""
    name, *given = action
    try:
        ACTIONS[name](play, *given)
    except Refused as refusal:
        play.met(str(refusal))
    except IntegrityError:
        assert name in ("move", "forget"), (
            f"{action} met a constraint that a rule should have met before"
        )
        play.met("E_BANK_DATABASE: a constraint said no")


def _propose(play: Play, who: str, which: str) -> None:
    form = {
        "scheme": "cn_account",
        "number": NUMBERS[which],
        "bank": "102100099996",
        "holder": "恒信劳务派遣有限公司",
        "currency": "CNY",
    }
    with play.books(who) as books:
        propose_account(books, SUPPLIER, yaml.safe_dump(form).encode())


def _contact(play: Play, who: str, source: str) -> None:
    form = {"kind": "phone", "value": "+8651255551111", "source": source, "found_in": "a register"}
    with play.books(who) as books:
        record_contact(books, SUPPLIER, yaml.safe_dump(form).encode())


def _run(play: Play, stage: str) -> None:
    play.run(stage)


def _call(play: Play, who: str, which: str, reading: str) -> None:
    with play.books(who) as books:
        asked = _open(books, "bank_verification")
        if asked is None:
            return
        read = {"right": _number(books, asked.subject_id), "wrong": NUMBERS["second"], "old": OLD}
        detail = {
            "contact": contact(books, which),
            "spoke_with": "Ms Gao",
            "called_at": play.clock.isoformat(),
            "read_back": read[reading],
        }
        answer(books, Answer(asked.reference, "approve", "called back", detail))


def _number(books: Books, ident: int) -> str:
    tail = books.get(BankAccount, ident).number_masked[-4:]
    return next((number for number in NUMBERS.values() if number.endswith(tail)), OLD)


def _name(play: Play, who: str, result: str) -> None:
    with play.books(who) as books:
        account = _newest(books)
        if account:
            said = {"method": "vop", "result": result, "reason": "asked the bank"}
            check_name(books, account.reference, said, b"the bank's answer")


def _say(play: Play, kind: str, who: str, verdict: str = "approve") -> None:
    with play.books(who) as books:
        asked = _open(books, kind)
        if asked:
            answer(books, Answer(asked.reference, verdict, "seen"))


def _replay(play: Play, who: str) -> None:
    """Say once more, in one's own name, what somebody said about an account before."""
    with play.books(who) as books:
        query = select(Decision).where(col(Decision.subject_table) == "bankaccount")
        for row in books.session.exec(query.order_by(col(Decision.id).desc())).all():
            if row.status not in OPEN and row.answer:
                answer(books, Answer(row.reference, "approve", "once more"))


def _wait(play: Play, hours: str) -> None:
    play.true += timedelta(hours=int(hours))


def _clock(play: Play, hours: str) -> None:
    play.wrong = timedelta(hours=int(hours))


def _as_of(play: Play, days: str) -> None:
    play.shifted = timedelta(days=int(days))


def _move(play: Play, who: str) -> None:
    """Push the newest account on by the books' own function, claiming others did the rest."""
    with play.books(who) as books:
        account = _newest(books)
        if account is None or account.status not in set(NEXT):
            return
        account.verified_by, account.approved_by = "zhao.finance", "wang.approver"
        account.approved_at = account.active_at = play.true - timedelta(days=30)
        account.approved_on = account.active_from = play.day - timedelta(days=30)
        after = NEXT[BankAccountStatus(account.status)]
        if after == BankAccountStatus.ACTIVE:
            old = books.session.exec(select(BankAccount).order_by(col(BankAccount.id))).all()[1]
            if old.status == BankAccountStatus.ACTIVE:
                books.move(old, BankAccountStatus.SUPERSEDED, because="replaced")
        books.move(account, after, because="somebody pushed it")


NEXT = {
    BankAccountStatus.PROPOSED: BankAccountStatus.VERIFIED,
    BankAccountStatus.VERIFIED: BankAccountStatus.APPROVED,
    BankAccountStatus.APPROVED: BankAccountStatus.ACTIVE,
}


def _revoke(play: Play, who: str) -> None:
    with play.books(who) as books:
        account = _newest(books)
        if account:
            revoke_account(books, account.reference, "not ours")


def _forget(play: Play, kind: str) -> None:
    """Delete questions and answers behind the books' back."""
    with play.books("ada.admin") as books:
        books.session.execute(delete(Decision).where(col(Decision.kind) == kind))


def _open(books: Books, kind: str) -> Decision | None:
    query = select(Decision).where(col(Decision.kind) == kind, col(Decision.status).in_(OPEN))
    return books.session.exec(query.order_by(col(Decision.id).desc())).first()


def _newest(books: Books) -> BankAccount | None:
    """Return the newest account that was proposed through the front door."""
    query = select(BankAccount).where(col(BankAccount.proposed_at).is_not(None))
    return books.session.exec(query.order_by(col(BankAccount.id).desc())).first()


ACTIONS: dict[str, Callable[..., None]] = {
    "propose": _propose,
    "contact": _contact,
    "run": _run,
    "call": _call,
    "name": _name,
    "say": _say,
    "replay": _replay,
    "wait": _wait,
    "clock": _clock,
    "as_of": _as_of,
    "move": _move,
    "revoke": _revoke,
    "forget": _forget,
}
