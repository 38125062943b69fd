"""What tests of a contract's life share: a sample carried as far as they need."""

from datetime import date, timedelta

from sqlmodel import select

from tests import make
from tests.replaying import replayed
from tests.stages.onboarding.applying import hand_in, load, run, sample
from vendorops.documents.signing import found_certificate
from vendorops.tables import Contract, LegalEntity

APPLIED, IN_FORCE = date(2026, 9, 21), date(2026, 10, 1)
SIGNERS = {"bpo": "he.yunshu", "rpo": "qin.rpo", "staffing": "gao.staffing"}


def decide(opener, stage, kind, who, says="approve", *, day=APPLIED):
    """Run a stage until it asks, let somebody answer, and run it on."""
    run(opener, stage, as_of=day)
    make.reply(opener, kind, who, says, as_of=day)
    return run(opener, stage, as_of=day)


def drafted(opener, code="bpo", *, data=None, certificate=False) -> Contract:
    """A contract that was drafted from a shipped application."""
    _drafted(opener, code, data=data, certificate=certificate)
    return contract_of(opener)


def sent(opener, code="bpo", **given) -> Contract:
    """One that was approved and waits for the supplier."""
    _sent(opener, code, **given)
    return contract_of(opener)


def in_force(opener, code="bpo", **given) -> Contract:
    """One that both signed and whose first day has come."""
    _in_force(opener, code, **given)
    return contract_of(opener)


@replayed
def _drafted(opener, /, code, *, data=None, certificate=False) -> None:
    load(opener, as_of=APPLIED)
    if certificate:
        with opener(as_of=APPLIED)() as books:
            for entity in books.session.exec(select(LegalEntity)).all():
                found_certificate(books, entity)
    hand_in(opener, data or sample(code), as_of=APPLIED)
    decide(opener, "onboarding", "qualification", "lin.buyer")
    run(opener, "contracting", as_of=APPLIED)


@replayed
def _sent(opener, /, code, **given) -> None:
    _drafted(opener, code, **given)
    decide(opener, "signing", "contract", "wang.approver")


@replayed
def _in_force(opener, /, code, **given) -> None:
    _sent(opener, code, **given)
    decide(opener, "signing", "signature", SIGNERS[code])
    run(opener, "signing", as_of=IN_FORCE)


def contract_of(opener) -> Contract:
    with opener()() as books:
        return make.only(books, Contract)


def later(day: date, days: int) -> date:
    return day + timedelta(days=days)
