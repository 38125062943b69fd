"""A supplier with money owed, its people and ours, and a clock that attackers may turn."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select

from tests import make
from tests.make.parties import party_of
from tests.stages.settlement.month import claim, company, settled
from vendorops.books import Answer, Books, Opener, Question, answer, decided, vault
from vendorops.domain.periods import Period
from vendorops.paying.accounts.contacts import Reached, enter_contact
from vendorops.settings import Settings
from vendorops.stages import sweep
from vendorops.tables import Contact, Contract, Event, Party, Qualification, Supplier

LONG_AGO, LATELY = date(2026, 9, 1), date(2026, 10, 20)
START = datetime.combine(make.AS_OF, time(9), UTC)
OLD, OTHER = "6222020200012345678", "6222020200012345686"
NUMBERS = {"new": "4000021309200456789", "second": "4000021309200456781", "shared": OTHER}
SIGNER, ONBOARDER = "he.hengxin", "lin.buyer"
MORE_ROLES = {
    "lin.buyer": ("finance", "approver", "releaser"),
    "zhao.finance": ("approver", "releaser", "buyer"),
    "wang.approver": ("finance", "releaser"),
    "sun.releaser": ("finance", "approver"),
}
"""So that only the rules about persons keep one of them from doing two things."""
Lender = Callable[[date, str, datetime], AbstractContextManager[Books]]


def found(opener: Callable[..., Opener]) -> None:
    """Enter a supplier we have known since long, its contacts, its old account, and a debt."""
    with opener(as_of=LONG_AGO)() as books:
        company(books)
        make.person(books, "ada.admin")
        make.grant(books, "ada.admin", "admin")
        for handle, roles in MORE_ROLES.items():
            for role in roles:
                make.grant(books, handle, role)
        contract = _supplied(books, OLD)
        _supplied(books, OTHER)
        party = _party(books)
        make.signer(books, party, SIGNER)
        _let_in(books)
        enter_contact(books, party, Reached("phone", "+8651255550166", "application"))
        enter_contact(books, party, Reached("email", "office@gaoyuan.example", "application"))
    with opener(as_of=LATELY)() as books:
        enter_contact(books, _party(books), Reached("phone", "+8651255550999", "portal"))
    with opener()() as books:
        claim(books, make.only(books, type(contract), id=contract.id), ("40", "46.50"))
    settled(opener)


def _supplied(books: Books, number: str) -> Contract:
    """Return a contract whose supplier has an account in use, found by its number."""
    supplier = make.supplier(books)
    index = vault.blind_index(books, number, "cn_account")
    make.bank_account(books, party_of(books, supplier), number, number_index=index)
    return make.contract(books, supplier)


def _party(books: Books) -> Party:
    """Return the first supplier's party."""
    case = books.session.exec(select(Qualification).order_by(col(Qualification.id))).first()
    assert case
    return party_of(books, books.get(Supplier, case.supplier_id))


def _let_in(books: Books) -> None:
    case = books.session.exec(select(Qualification).order_by(col(Qualification.id))).first()
    assert case
    question = Question("qualification", case, {"case": case.reference}, "May they?", "buyer")
    decided(books, question)
    reference = "DEC-2026-000001"
    answer(replace(books, actor=ONBOARDER), Answer(reference, "approve", "licences seen"))


@dataclass
class Play:
    """One course of events: true time, a clock that may be wrong, a business day that may lie."""

    lend: Lender
    true: datetime = START
    wrong: timedelta = timedelta(0)
    shifted: timedelta = timedelta(0)
    really: dict[int, datetime] = field(default_factory=dict)
    """When events really happened, by their number."""
    codes: dict[str, int] = field(default_factory=dict)
    """How often each refusal was met."""

    @property
    def clock(self) -> datetime:
        """What the machine's clock shows."""
        return self.true + self.wrong

    @property
    def day(self) -> date:
        """The business day that commands are given."""
        return self.clock.date() + self.shifted

    def books(self, actor: str) -> AbstractContextManager[Books]:
        """Lend the books to somebody for one transaction."""
        return self.lend(self.day, actor, self.clock)

    def run(self, stage: str) -> None:
        """Run a stage as its flow would."""
        outcome = sweep(stage, lambda: self.books(f"system:{stage}"))
        for _, reason in outcome.refused:
            self.met(reason)

    def met(self, reason: str) -> None:
        """Count a refusal by its code."""
        found_at = reason.find("E_BANK_")
        code = reason[found_at:].partition(":")[0] if found_at >= 0 else "other"
        self.codes[code] = self.codes.get(code, 0) + 1

    def note(self, session: Session) -> None:
        """Note when the newest events really happened."""
        last = max(self.really, default=0)
        for seq in session.exec(select(Event.seq).where(col(Event.seq) > last)):
            self.really[seq] = self.true

    def state(self) -> dict[str, Any]:
        """Return what has to be put back when events are undone."""
        return {
            "true": self.true,
            "wrong": self.wrong,
            "shifted": self.shifted,
            "really": dict(self.really),
        }


def lender(session: Session, settings: Settings) -> Lender:
    """Return what lends books inside of one transaction that is undone at last."""

    @contextmanager
    def lend(day: date, actor: str, clock: datetime) -> Iterator[Books]:
        session.expunge_all()  # As in real life, where each transaction reads anew.
        with session.begin_nested():
            yield Books(session, settings, day, Period.month_before(day), actor, lambda: clock)

    return lend


def contact(books: Books, which: str) -> str:
    """Return the reference of a contact: the old phone, the young one, the mail, the newest."""
    query = select(Contact).order_by(col(Contact.id))
    known = books.session.exec(query).all()
    return {"old": known[0], "mail": known[1], "young": known[2], "newest": known[-1]}[
        which
    ].reference
