"""What a bank tells, as the bank writes it: statements, notifications and answers of our own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import (
    OUR_ACCOUNT,
    OUR_NUMBER,
    OpenerMaker,
    claim,
    paid,
    rows,
    run,
    settled,
    staffing,
)
from vendorops.books import Books, vault, waiting
from vendorops.books.engine import engine
from vendorops.settings import Settings
from vendorops.stages import Outcome
from vendorops.stages.bank_statements import receive
from vendorops.tables import BankAccount, LegalEntity, Payment

DAY = date(2026, 11, 5)
"""On which the payments of these tests are executed, so on which they are booked."""
NEXT = date(2026, 11, 6)
XSD = "urn:iso:std:iso:20022:tech:xsd:"
OPENING = "100000.00"
_SENT: dict[tuple[str, ...], TemporaryDirectory[str]] = {}


@dataclass(frozen=True)
class Booked:
    """One entry; several ids make a batch booking with its transactions."""

    amount: str
    ids: Sequence[str] = ()
    each: Sequence[str] = ()
    direction: str = "DBIT"
    reason: str = ""
    text: str = ""
    message: str = ""
    reversal: bool = False
    currency: str = "CNY"


def statement(
    *entries: Booked,
    ident: str = "STM-1",
    opening: str = OPENING,
    closing: str = "",
    day: date = DAY,
    version: str = "camt.053.001.08",
    account: str = OUR_ACCOUNT,
) -> bytes:
    """A statement that adds up, unless another closing balance is given."""
    signs = {"DBIT": -1, "CRDT": 1}
    moved = sum(signs[each.direction] * Decimal(each.amount) for each in entries)
    closes = Decimal(closing or str(Decimal(opening) + moved))
    balances = _balance("OPBD", Decimal(opening), day) + _balance("CLBD", closes, day)
    body = "".join(_entry(each, day, version) for each in entries)
    beside = version.startswith("camt.054")
    message, held = ("BkToCstmrDbtCdtNtfctn", "Ntfctn") if beside else ("BkToCstmrStmt", "Stmt")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{XSD}{version}"><{message}>'
        f"<GrpHdr><MsgId>M-{ident}</MsgId><CreDtTm>{day}T18:00:00Z</CreDtTm></GrpHdr><{held}>"
        f"<Id>{ident}</Id><ElctrncSeqNb>1</ElctrncSeqNb><CreDtTm>{day}T18:00:00Z</CreDtTm>"
        f"<Acct><Id><Othr><Id>{account}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>"
        f"{'' if beside else balances}{body}</{held}></{message}></Document>"
    ).encode()


def _balance(code: str, amount: Decimal, day: date) -> str:
    sign = "CRDT" if amount >= 0 else "DBIT"
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="CNY">{abs(amount)}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'
        f"<Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def _entry(entry: Booked, day: date, version: str) -> str:
    status = "<Sts>BOOK</Sts>" if version.endswith("02") else "<Sts><Cd>BOOK</Cd></Sts>"
    amounts = entry.each or [entry.amount] * len(entry.ids)
    back = f"<RtrInf><Rsn><Cd>{entry.reason}</Cd></Rsn></RtrInf>" if entry.reason else ""
    details = "".join(
        f"<TxDtls><Refs><EndToEndId>{ident}</EndToEndId></Refs>{_amount(amount, entry, version)}"
        f"{back}</TxDtls>"
        for ident, amount in zip(entry.ids, amounts, strict=True)
    )
    if entry.message:
        details = f"<Btch><MsgId>{entry.message}</MsgId></Btch>{details}"
    reversal = "<RvslInd>true</RvslInd>" if entry.reversal else ""
    told = f"<AddtlNtryInf>{entry.text}</AddtlNtryInf>" if entry.text else ""
    return (
        f'<Ntry><Amt Ccy="{entry.currency}">{entry.amount}</Amt>'
        f"<CdtDbtInd>{entry.direction}</CdtDbtInd>{reversal}{status}"
        f"<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>"
        "<AcctSvcrRef>BANK-77</AcctSvcrRef><BkTxCd><Prtry><Cd>NTRF</Cd></Prtry></BkTxCd>"
        f"{f'<NtryDtls>{details}</NtryDtls>' if details else ''}{told}</Ntry>"
    )


def _amount(amount: str, entry: Booked, version: str) -> str:
    plain = f'<Amt Ccy="{entry.currency}">{amount}</Amt>'
    if version.endswith("02"):
        return f"<AmtDtls><TxAmt>{plain}</TxAmt></AmtDtls>"
    return f"{plain}<CdtDbtInd>{entry.direction}</CdtDbtInd>"


def answer(message: str, *said: tuple[str, str, str], group: str = "PART") -> bytes:
    """An answer to our message: id, status and reason of each payment, or one status for all."""
    each = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{ident}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
        f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf></TxInfAndSts>"
        for ident, status, reason in said
    )
    held = f"<OrgnlPmtInfId>{message}</OrgnlPmtInfId>{each}"
    parts = f"<OrgnlPmtInfAndSts>{held}</OrgnlPmtInfAndSts>" if said else ""
    return (
        f'<Document xmlns="{XSD}pain.002.001.10"><CstmrPmtStsRpt>'
        f"<GrpHdr><MsgId>A-{message}</MsgId>"
        "<CreDtTm>2026-11-05T08:00:00Z</CreDtTm></GrpHdr><OrgnlGrpInfAndSts>"
        f"<OrgnlMsgId>{message}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>"
        f"<GrpSts>{group}</GrpSts></OrgnlGrpInfAndSts>{parts}</CstmrPmtStsRpt></Document>"
    ).encode()


UNPROVED = "S08"
"""What our own account of these tests breaks: it is found by its number, which nobody proved."""


def our_bank_account(books: Books) -> BankAccount:
    """The account that is debited."""
    entity = make.only(books, LegalEntity)
    return make.only(books, BankAccount, party_id=entity.party_id)


def our_company(books: Books) -> None:
    """Our company with people who decide, and an account that is found by its number."""
    make.people(books)
    ours = make.party(books, OUR_NUMBER, name="星河制造集团有限公司")
    entity = make.legal_entity(books, party_id=ours.id)
    index = vault.blind_index(books, OUR_ACCOUNT, "cn_account")
    make.our_account(books, entity, number_index=index)


def unsound(books: Books) -> list[str]:
    """What is broken, but for the account that nobody proved."""
    return [each for each in broken(books) if not each.startswith(UNPROVED)]


def sent(opener: OpenerMaker, *quantities: str) -> None:
    """Pay so many suppliers 46.50 and tax an hour, in one batch, which is sent.

    What was played once is copied from then on: tests begin where it ends.
    """
    given: Any = opener()
    settings: Settings = given.args[0]
    known = _SENT.get(quantities)
    engine(settings).dispose()
    if known:
        copytree(known.name, settings.home, dirs_exist_ok=True)
        return
    play(opener, quantities)
    engine(settings).dispose()
    _SENT[quantities] = TemporaryDirectory(prefix="vendorops-sent-")
    copytree(settings.home, _SENT[quantities].name, dirs_exist_ok=True)


def play(opener: OpenerMaker, quantities: Sequence[str]) -> None:
    """Pay suppliers as `sent` does, in whatever database."""
    with opener()() as books:
        our_company(books)
        for quantity in quantities:
            claim(books, staffing(books), (quantity, "46.50"))
    settled(opener)
    paid(opener)


def take(opener: OpenerMaker, data: bytes, name: str = "s.xml", as_of: date = NEXT) -> Outcome:
    """Hand in what a bank sent, and let the stage run."""
    with opener(actor="zhao.finance", as_of=as_of)() as books:
        receive(books, data, name)
    return run("bank_statements", opener, as_of=as_of)


def states(opener: OpenerMaker) -> list[str]:
    """State of each payment, of books that are sound."""
    with opener(as_of=NEXT)() as books:
        assert unsound(books) == []
        return [row.status for row in rows(books, Payment)]


def asked(opener: OpenerMaker) -> list[str]:
    """Which findings finance is asked about."""
    with opener(as_of=NEXT)() as books:
        found = [row.question for row in waiting(books) if row.kind == "bank_entry"]
    return [sentence.partition(":")[0] for sentence in found]
