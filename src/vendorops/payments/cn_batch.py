"""Batch of transfers for a Chinese bank (批量转账): a workbook of payments and of totals.

Banks differ in their headings; these are the facts all of them ask for, with the names and the
CNAPS numbers (联行号) of the payees' banks. Every cell is text: no name becomes a formula, and no
account number loses digits.
"""

import re
from datetime import UTC, datetime, time
from io import BytesIO

import xlsxwriter

from vendorops.domain.delimited import BadTable
from vendorops.domain.money import BadAmount, Money, total
from vendorops.domain.payment_order import CreditTransfer, PaymentOrder
from vendorops.payments._order import NotAPaymentFile, UnpayableOrder, one_currency, printable
from vendorops.spreadsheets.xlsx import sheets_of

TITLE = "Batch workbook of a Chinese bank (批量转账)"
SUFFIX = ".xlsx"
SCHEMA = ""
DETAILS: dict[str, str] = {}
PAYMENTS, TOTALS = "付款明细", "汇总"
COLUMNS = ("序号", "收款账号", "收款户名", "收款行联行号", "币种", "金额", "用途", "客户流水号")
FACTS = ("批次号", "付款账号", "付款户名", "付款行联行号", "执行日期", "币种", "总笔数", "总金额")
NAME_LONGEST, PURPOSE_LONGEST, WIDTH = 60, 60, 24
SCHEMES = ("cn_account", "cn_card")
CNAPS = re.compile(r"[0-9]{12}")
AT_MIDNIGHT = time(tzinfo=UTC)


def write(order: PaymentOrder) -> bytes:
    """Write the workbook; the same order always gives the same bytes.

    Raises UnpayableOrder for another currency than yuan, an account that is not of a bank in
    China, and texts that are too long.
    """
    currency = one_currency(order, "CNY")
    amounts = [transfer.amount for transfer in order.transfers]
    facts = (
        printable("the message id", order.message_id, 35),
        *_account(order.debtor.holder, order.debtor.scheme, order.debtor.number),
        _cnaps(order.debtor.holder, order.debtor.bank),
        order.execution_day.isoformat(),
        currency,
        str(len(amounts)),
        total(amounts, currency).text,
    )
    rows = [COLUMNS, *(_row(at, each) for at, each in enumerate(order.transfers, start=1))]
    data = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(data, options) as book:
        book.set_properties({"created": datetime.combine(order.created_day, AT_MIDNIGHT)})
        _fill(book, PAYMENTS, rows)
        _fill(book, TOTALS, list(zip(FACTS, facts, strict=True)))
    return data.getvalue()


def figures(data: bytes) -> tuple[str, int, Money]:
    """Read back message id, number of payments and control sum, recounted from the rows.

    Raises NotAPaymentFile for other files, and for one whose totals say something else.
    """
    try:
        sheets = {name: [[text for text, _ in cells] for _, cells in rows]
                  for name, rows in sheets_of(data)}  # fmt: skip
        facts = {row[0]: row[1] for row in sheets[TOTALS]}
        head, *rows = sheets[PAYMENTS]
        amounts = [Money.parse(row[COLUMNS.index("金额")], "CNY") for row in rows if any(row)]
        said = (facts["总笔数"], facts["总金额"])
    except (BadTable, BadAmount, KeyError, IndexError, ValueError) as error:
        raise NotAPaymentFile(f"the file is no {TITLE}; look which file it is") from error
    if tuple(head[: len(COLUMNS)]) != COLUMNS or not amounts:
        raise NotAPaymentFile(f"the file is no {TITLE}; look which file it is")
    control_sum = total(amounts, "CNY")
    if said != (str(len(amounts)), control_sum.text):
        raise NotAPaymentFile("the totals are not the sums of the payments; write the file anew")
    return facts["批次号"], len(amounts), control_sum


def _row(at: int, transfer: CreditTransfer) -> tuple[str, ...]:
    payee, ident = transfer.payee, transfer.end_to_end_id
    number, name = _account(payee.holder, payee.scheme, payee.number)
    return (
        str(at),
        number,
        name,
        _cnaps(payee.holder, payee.bank),
        transfer.amount.currency,
        transfer.amount.text,
        printable(f"the remittance of {ident}", transfer.remittance, PURPOSE_LONGEST),
        printable("an end-to-end id", ident, 35),
    )


def _account(holder: str, scheme: str, number: str) -> tuple[str, str]:
    """Return number and name of an account, refused where it is not of a bank in China."""
    name = printable("the holder of an account", holder, NAME_LONGEST)
    if scheme not in SCHEMES:
        raise UnpayableOrder(f"the account of {name} is of no bank in China; pay it another way")
    return printable(f"the account number of {name}", number, 32), name


def _cnaps(holder: str, bank: str) -> str:
    if not CNAPS.fullmatch(bank):
        raise UnpayableOrder(
            f"the bank of {holder[:NAME_LONGEST]} has no CNAPS number; ask for it"
        )
    return bank


def _fill(book: xlsxwriter.Workbook, name: str, rows: list[tuple[str, ...]]) -> None:
    sheet, text = book.add_worksheet(name), book.add_format({"num_format": "@"})
    sheet.set_column(0, max(map(len, rows)) - 1, WIDTH, text)
    for number, row in enumerate(rows):
        for at, cell in enumerate(row):
            sheet.write_string(number, at, cell, text)
