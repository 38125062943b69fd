"""The protocol played in tests: who calls whom, what is read back, what the bank says."""

from datetime import UTC, date, datetime, time

import yaml
from sqlmodel import col, select

from tests import make
from tests.stages.onboarding.applying import hand_in, run, sample
from vendorops.books import Answer, answer, waiting
from vendorops.books.calling_back import is_ours
from vendorops.books.vault import reveal
from vendorops.stages.bank_accounts import check_name, propose_account, record_contact
from vendorops.tables import BankAccount, Contact, Decision, Supplier

COOLED = date(2026, 11, 9)
"""Three working days after the usual day, a Wednesday."""
CHANGE, CHANGED = date(2026, 12, 14), date(2026, 12, 17)
"""When contacts of the usual day are old enough, and three working days later."""
NEW = "4000021309200456781"


def qualify(opener, name="rpo") -> str:
    """Have a sample supplier let in, a number of it found in a register; return its reference."""
    hand_in(opener, sample(name))
    with opener()() as books:
        newest = select(Supplier).order_by(col(Supplier.id).desc())
        reference = str(books.session.exec(newest).first().reference)
    found(opener, reference)
    run(opener, "onboarding")
    make.reply(opener, "qualification", "lin.buyer")
    run(opener, "onboarding")
    return reference


def found(opener, supplier, who="lin.buyer", as_of=make.AS_OF, **changed):
    form = {
        "kind": "phone",
        "value": "+86 755 5555 0109",
        "source": "register",
        "found_in": "business register, 2025",
    } | changed
    with opener(actor=who, as_of=as_of)() as books:
        return record_contact(books, supplier, yaml.safe_dump(form).encode())


def form(**changed) -> bytes:
    given = {
        "scheme": "cn_account",
        "number": NEW,
        "bank": "102584002119",
        "holder": "深圳勤途人力资源有限公司 Shenzhen Qintu Human Resources Co. Ltd.",
        "currency": "CNY",
    }
    return yaml.safe_dump(given | changed).encode()


def propose(opener, supplier, who="qin.rpo", as_of=CHANGE, **changed):
    with opener(actor=who, as_of=as_of)() as books:
        return propose_account(books, supplier, form(**changed))


def call(opener, who="zhao.finance", as_of=make.AS_OF, **changed) -> None:
    """Answer every open question for a call, to the newest phone unless told otherwise."""
    with opener(actor=who, as_of=as_of)() as books:
        asked = [row for row in waiting(books) if row.kind == "bank_verification"]
        assert asked, "nobody was asked to call"
        for row in asked:
            detail = said(books, row, as_of) | changed
            answer(books, Answer(row.reference, "approve", "called back", detail))


def said(books, asked: Decision, as_of: date) -> dict[str, str]:
    account = books.get(BankAccount, asked.subject_id)
    if is_ours(books, account):
        return {}
    query = select(Contact.reference).where(
        col(Contact.party_id) == account.party_id, col(Contact.kind) == "phone"
    )
    return {
        "contact": books.session.exec(query.order_by(col(Contact.id).desc())).first() or "",
        "spoke_with": "Ms Qin of accounts",
        "called_at": datetime.combine(as_of, time(9), UTC).isoformat(),
        "read_back": reveal(books, account, "number"),
    }


def check_names(opener, who="zhao.finance", as_of=make.AS_OF, result="match") -> None:
    """Answer every open question for a name check."""
    with opener(actor=who, as_of=as_of)() as books:
        for row in [row for row in waiting(books) if row.kind == "bank_name_check"]:
            given = {"method": "vop", "result": result, "reason": "asked the bank"}
            check_name(books, row.subject_reference, given, b"the answer of the bank")


def prove(opener, as_of=make.AS_OF) -> None:
    """Have every proposed account called back and its name checked."""
    run(opener, "bank_accounts", as_of=as_of)
    check_names(opener, as_of=as_of)
    call(opener, as_of=as_of)
    run(opener, "bank_accounts", as_of=as_of)


def approve(opener, who="wang.approver", as_of=make.AS_OF, says="approve") -> None:
    """Have every proved account approved."""
    make.reply(opener, "bank_approval", who, says, as_of=as_of)
    run(opener, "bank_accounts", as_of=as_of)


def activate(opener, as_of=make.AS_OF, cooled=COOLED):
    """Take every proposed account into use."""
    prove(opener, as_of)
    approve(opener, as_of=as_of)
    return run(opener, "bank_accounts", as_of=cooled)


def accounts(opener) -> list[BankAccount]:
    with opener()() as books:
        return list(books.session.exec(select(BankAccount).order_by(col(BankAccount.id))))


def states(opener) -> list[str]:
    return [row.status for row in accounts(opener)]


def asked(opener, kind) -> list[Decision]:
    with opener()() as books:
        return [row for row in waiting(books) if row.kind == kind]
