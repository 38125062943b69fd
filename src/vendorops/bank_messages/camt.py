"""ISO 20022 account statements (camt.053) and notifications (camt.054), versions 02 to 13.

Only booked entries are read. Where the transactions of an entry do not all say their amount, or
their sum is not the entry's, the entry is one line and its transactions are not believed.
"""

from collections.abc import Iterator, Sequence

from vendorops.bank_messages._iso import BadBankMessage, Part, looks_like
from vendorops.domain.bank_statement import OURS, Balance, BankLine, StatementRead, provided

TITLE = "ISO 20022 statement or notification (camt.053, camt.054)"
NAMES = ("camt.053", "camt.054")
INTRADAY = "camt.052"
KIND = {"camt.053": "statement", "camt.054": "notification"}
HOLDS = {"statement": "BkToCstmrStmt/Stmt", "notification": "BkToCstmrDbtCdtNtfctn/Ntfctn"}
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)
BOOKED = "BOOK"
RETURNS = ("RRTN", "RPCR", "RRCT")
"""Sub-families of returned and reversed credit transfers."""
YES = ("true", "1")
"""How an indicator of XML Schema says yes."""
NO = ("false", "0")


def recognises(data: bytes) -> bool:
    """Tell whether a file is one; an intraday report too, so that it is refused in words."""
    return looks_like(data, *NAMES, INTRADAY)


def read(data: bytes) -> Sequence[StatementRead]:
    """Return the statements of a file. Raises BadBankMessage; refuses an intraday report."""
    if looks_like(data, INTRADAY):
        raise BadBankMessage(
            "E_BANK_INTRADAY: the file is an intraday report (camt.052), whose entries are not "
            "final; take the statement of the day (camt.053)"
        )
    root = Part.root(data, *NAMES)
    kind = KIND[root.message[: len("camt.053")]]
    found = [_statement(part, kind) for part in root.every(HOLDS[kind])]
    if not found:
        raise BadBankMessage("E_BANK_MISSING: the file holds no statement; ask the bank")
    return found


def _statement(part: Part, kind: str) -> StatementRead:
    balances = {each.text("Tp/CdOrPrtry/Cd"): each for each in part.every("Bal")}
    account = part.needed("Acct")
    opening = _balance(balances, OPENING) if kind == "statement" else None
    closing = _balance(balances, CLOSING) if kind == "statement" else None
    entries = [*part.every("Ntry")]
    currency = _currency(part, account, balances, entries)
    lines = tuple(
        line
        for number, entry in enumerate(entries, start=1)
        for line in _lines(entry, number, currency)
    )
    return StatementRead(
        kind=kind,
        ident=part.text("Id"),
        sequence=part.text("ElctrncSeqNb", "LglSeqNb"),
        account=account.text("Id/IBAN", "Id/Othr/Id").replace(" ", ""),
        currency=currency,
        opening=opening,
        closing=closing,
        lines=lines,
    )


def _currency(part: Part, account: Part, balances: dict[str, Part], entries: list[Part]) -> str:
    """Return the currency of the account; one whose balances and entries differ is refused."""
    said = account.text("Ccy")
    booked = {
        each.money().currency for code, each in balances.items() if code in (*OPENING, *CLOSING)
    }
    booked |= {entry.money().currency for entry in entries}
    if said:
        booked |= {said}
    if len(booked) != 1:
        named = ", ".join(sorted(booked)) or "none"
        raise BadBankMessage(f"E_BANK_CURRENCY: {part.where}: one currency is needed, not {named}")
    return booked.pop()


def _balance(balances: dict[str, Part], codes: Sequence[str]) -> Balance | None:
    part = next((balances[code] for code in codes if code in balances), None)
    day = part.day("Dt") if part else None
    if part is None or day is None:
        return None
    sign = 1 if part.direction() == "credit" else -1
    return Balance(sign * part.money().minor, day)


def _lines(entry: Part, number: int, currency: str) -> Iterator[BankLine]:
    if entry.text("Sts/Cd", "Sts") != BOOKED:
        return
    amount, details = entry.money(), [*entry.every("NtryDtls/TxDtls")]
    if not amount:
        return
    amounts = [_amount(each) for each in details]
    told = [found for found in amounts if found is not None and found[1] == currency]
    whole = len(told) != len(details) or sum(minor for minor, _ in told) != amount.minor
    if len(details) == 1:
        yield _line(entry, number, 1, amount.minor, details[0])
    elif whole or not details:
        yield _line(entry, number, 1, amount.minor, None)
    else:
        for at, (each, (minor, _)) in enumerate(zip(details, told, strict=True), start=1):
            if minor:
                yield _line(entry, number, at, minor, each)


def _amount(details: Part) -> tuple[int, str] | None:
    for path in ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt"):
        if details.maybe(path) is not None:
            found = details.money(path)
            return found.minor, found.currency
    return None


def _line(entry: Part, number: int, at: int, minor: int, details: Part | None) -> BankLine:
    parts = [details, entry] if details else [entry]
    whole = minor == entry.money().minor
    told, unsaid = _charges(parts if whole else parts[:1], entry.money().currency)
    code = [entry.text(f"BkTxCd/Domn/{step}") for step in ("Cd", "Fmly/Cd", "Fmly/SubFmlyCd")]
    reversal = entry.text("RvslInd") in YES
    back = details is not None and details.maybe("RtrInf") is not None
    ids = [each.text("Refs/MsgId") for each in parts] + [
        each.text("Refs/PmtInfId") for each in parts
    ]
    ids += [
        text
        for each in entry.every("NtryDtls/Btch")
        for text in (each.text("MsgId"), each.text("PmtInfId"))
    ]
    return BankLine(
        entry=number,
        part=at,
        direction=entry.direction(),
        amount_minor=minor,
        booked_on=entry.day("BookgDt") or entry.day("ValDt"),
        bank_reference=(details.text("Refs/AcctSvcrRef") if details else "")
        or entry.text("AcctSvcrRef"),
        code=".".join(filter(None, code)) or entry.text("BkTxCd/Prtry/Cd"),
        end_to_end_id=provided(details.text("Refs/EndToEndId")) if details else "",
        batch_ids=tuple(dict.fromkeys(filter(None, map(provided, ids)))),
        named=_named(entry, details),
        returned=reversal or back or code[2] in RETURNS,
        reason=details.text("RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry") if details else "",
        charges_minor=told,
        charges_unsaid_minor=unsaid,
    )


def _charges(parts: list[Part], currency: str) -> tuple[int, int]:
    """Return what the bank says is included of its own, and of what it does not say whether it is.

    Once: by the transaction or the entry. The entry's is no transaction's where several share its
    amount: their sum leaves none over. Where it gave a charge back, nothing is believed of any.
    """
    for part in parts:
        records = [
            each
            for each in _charge_records(part)
            if each.money().currency == currency and each.text("ChrgInclInd") not in NO
        ]
        if any(each.text("CdtDbtInd") == "CRDT" for each in records):
            return 0, 0
        if records:
            said = [each.money().minor for each in records if each.text("ChrgInclInd") in YES]
            return sum(said), sum(each.money().minor for each in records) - sum(said)
    return 0, 0


def _charge_records(part: Part) -> Iterator[Part]:
    """Yield what was charged, each for itself; version 02 has no element around it."""
    yield from part.every("Chrgs/Rcrd")
    yield from (each for each in part.every("Chrgs") if each.maybe("Amt") is not None)


def _named(entry: Part, details: Part | None) -> tuple[str, ...]:
    """Return which references of ours the texts of a line name."""
    texts = [entry.text("AddtlNtryInf")]
    if details:
        texts.append(details.text("AddtlTxInf"))
        texts += [
            " ".join((each.element.text or "").split()) for each in details.every("RmtInf/Ustrd")
        ]
    return tuple(dict.fromkeys(OURS.findall(" ".join(texts))))
