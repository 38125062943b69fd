"""ISO 20022 answer to an order of payments (pain.002): what the bank takes or refuses."""

from collections.abc import Iterator, Sequence

from vendorops.bank_messages._iso import BadBankMessage, Part, looks_like
from vendorops.domain.bank_statement import BankLine, StatementRead, provided

TITLE = "ISO 20022 answer to an order (pain.002)"
NAME = "pain.002"
REPORT = "CstmrPmtStsRpt"


def recognises(data: bytes) -> bool:
    """Tell whether a file is one."""
    return looks_like(data, NAME)


def read(data: bytes) -> Sequence[StatementRead]:
    """Return the answer to one message of ours. Raises BadBankMessage."""
    report = Part.root(data, NAME).needed(REPORT)
    group = report.needed("OrgnlGrpInfAndSts")
    message = group.text("OrgnlMsgId")
    if not message:
        raise BadBankMessage("E_BANK_MISSING: the answer names no message of ours; ask the bank")
    lines = [
        line
        for number, part in enumerate(report.every("OrgnlPmtInfAndSts"), start=1)
        for line in _lines(part, number, message)
    ]
    if not lines and group.text("GrpSts"):
        lines = [_line(group, (0, 1), (group.text("GrpSts"), "", message))]
    ident = report.text("GrpHdr/MsgId")
    return [StatementRead("answer", ident, "", message, "", None, None, tuple(lines))]


def _lines(part: Part, number: int, message: str) -> Iterator[BankLine]:
    transactions = [*part.every("TxInfAndSts")]
    for at, each in enumerate(transactions, start=1):
        status = each.text("TxSts") or part.text("PmtInfSts")
        yield _line(each, (number, at), (status, provided(each.text("OrgnlEndToEndId")), message))
    if not transactions and part.text("PmtInfSts"):
        yield _line(part, (number, 1), (part.text("PmtInfSts"), "", message))


def _line(part: Part, at: tuple[int, int], said: tuple[str, str, str]) -> BankLine:
    status, ident, message = said
    reason = next((each.text("Rsn/Cd", "Rsn/Prtry") for each in part.every("StsRsnInf")), "")
    return BankLine(
        entry=at[0],
        part=at[1],
        direction="answer",
        amount_minor=0,
        code=status,
        end_to_end_id=ident,
        batch_ids=(message,),
        reason=reason,
    )
