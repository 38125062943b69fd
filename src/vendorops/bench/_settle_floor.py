"""The least that settling a platform takes: read, compute with NumPy, write rows and files.

The same settlements, lines, taxes, transfers, accounts and payments as the books write, with the
same words, into tables without any index but the key; no checks, no foreign keys, no history but
one hash of all, no encryption: account numbers are read as they are. For one month of one payer.

The keyed floor writes the same into tables that have the keys, checks and indices of the books',
and moves settlements and taxes to their last state: no books could do without.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Engine

from vendorops.bench._cumulative import cumulative
from vendorops.bench._floor_tables import Tables
from vendorops.bench._platform_claims import EARLIER, MONTH, Whole

CLAIMS = f"""
SELECT c.id, c.supplier_id, l.id, a.reconciliation_id, l.net_minor FROM invoiceline AS l
JOIN invoice AS i ON i.id = l.invoice_id JOIN contract AS c ON c.id = i.contract_id
JOIN allocation AS a ON a.invoice_line_id = l.id
WHERE i.month = '{MONTH}' ORDER BY c.id
"""  # noqa: S608 - our own month.
BEFORE = f"""
SELECT party_id, CAST(substr(month, 6) AS INTEGER), income_minor, amount_minor FROM withholding
WHERE month IN {EARLIER} AND citations = '[]'
"""  # noqa: S608 - our own months.
ACCOUNTS = "SELECT id, holder, bank, number FROM floor_number ORDER BY id"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Document '
    'xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn><PmtInf>'
)
TAIL = "</PmtInf></CstmrCdtTrfInitn></Document>"
PER_FILE = 100_000
CITATIONS = "x" * 613
"""As long as what the books cite of the law in this month."""
MOVED = {"settlement": ("calculated", "sealed"), "withholding": ("computed", "booked")}
"""States in which rows are entered, and to which the keyed floor moves them."""


def settle(engine: Engine, folder: Path, tables: Tables) -> int:
    """Settle and pay the month of the platform; return for how many people."""
    connection = engine.raw_connection()
    driver: Any = connection.driver_connection
    driver.execute("BEGIN IMMEDIATE")
    tables.create(driver)
    contract, supplier, line, explained, net = _numbers(driver, CLAIMS, 5)
    income, kept = (np.zeros((len(contract), len(EARLIER)), np.int64) for _ in range(2))
    party, month, paid, before = _numbers(driver, BEFORE, 4)
    at = np.searchsorted(supplier, party)
    income[at, month - 1], kept[at, month - 1] = paid, before
    tax = cumulative(income, kept, net)
    for table, columns in _rows(driver, (contract, supplier, line, explained), net, tax):
        tables.fill(driver, table, columns)
    for table, (_, last) in MOVED.items():
        tables.move(driver, table, last)
    _pay(driver, folder, net - tax)
    digest = sha256()
    for column in (contract, supplier, line, net, tax):
        digest.update(column.tobytes())
    driver.commit()
    connection.close()
    return len(contract)


def _rows(
    driver: Any,  # noqa: ANN401 - sqlite3's connection.
    keys: Sequence[Whole],
    net: Whole,
    tax: Whole,
) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the columns of each table, those that others name before them."""
    contract, supplier, line, explained = (column.tolist() for column in keys)
    ident = [*range(1, len(contract) + 1)]
    reference = [f"SET-2027-{at:06d}" for at in ident]
    paid, kept, payable = net.tolist(), tax.tolist(), (net - tax).tolist()
    who = {"id": ident, "reference": reference, "supplier_id": supplier, "contract_id": contract}
    when = {"month": MONTH, "version": 1, "as_of": "2027-03-02", "due_on": "2027-03-31"}
    sums = {"net_minor": paid, "tax_minor": 0, "withheld_minor": kept, "payable_minor": payable}
    said = {"currency": "CNY", "content_sha256": reference, "reconciliation_id": explained}
    state = {"status": MOVED["settlement"][0]}
    yield "settlement", {**who, **when, **sums, **said, **state}
    lines = {"id": ident, "settlement_id": ident, "invoice_line_id": line, "attempt": 1}
    yield "settlementline", {**lines, "net_minor": paid, "tax_minor": 0}
    yield "withholding", _taxes(ident, supplier, paid, kept)
    yield from _ledger(driver, supplier, reference, (paid, kept))
    ends = [f"PAY-2027-{at:06d}" for at in ident]
    (batch,) = driver.execute("SELECT MIN(id) FROM paymentbatch").fetchone()
    what = {"id": ident, "reference": ends, "batch_id": batch, "settlement_id": ident}
    money = {"bank_account_id": supplier, "currency": "CNY", "amount_minor": payable}
    told = {"end_to_end_id": ends, "settlement_sha256": reference, "status": "planned"}
    yield "payment", {**what, **money, **told}


def _taxes(
    ident: list[int], supplier: list[int], paid: list[int], kept: list[int]
) -> dict[str, object]:
    law = {"place": "cn", "tax": "cn.iit.platform_cumulative", "rule": "2025-10-01"}
    of = {"income_kind": "labor_remuneration", "month": "2027-03", "currency": "CNY"}
    said = {"citations": CITATIONS, "status": MOVED["withholding"][0]}
    sums = {"income_minor": paid, "base_minor": paid, "amount_minor": kept}
    whose = {"id": ident, "settlement_id": ident, "party_id": supplier}
    return {**whose, **sums, **law, **of, **said}


def _ledger(
    driver: Any,  # noqa: ANN401 - sqlite3's connection.
    supplier: list[int],
    reference: list[str],
    sums: tuple[list[int], list[int]],
) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield an account for each payee and one for all else, and the transfers between them."""
    accounts = [0, *range(1, len(supplier) + 1)]
    codes = ["company", *(f"payable/{key}" for key in supplier)]
    said = {"id": accounts, "code": codes, "kind": "liability", "currency": "CNY"}
    yield "ledgeraccount", {**said, "party_id": [None, *supplier], "floor_minor": 0}
    made = [
        (debit, credit, minor, f"settlement/{each}/{what}")
        for at, each, gross, held in zip(accounts[1:], reference, *sums, strict=True)
        for debit, credit, minor, what in ((0, at, gross, "net"), (at, 0, held, "withheld"))
        if minor
    ]
    debit, credit, minor, key = (list(column) for column in zip(*made, strict=True))
    (event,) = driver.execute("SELECT MIN(id) FROM event").fetchone()
    moved = {"debit_id": debit, "credit_id": credit, "currency": "CNY", "amount_minor": minor}
    told = {"business_day": "2027-03-02", "event_id": event, "key": key}
    yield "transfer", {"id": [*range(1, len(made) + 1)], **moved, **told}


def _pay(driver: Any, folder: Path, payable: Whole) -> None:  # noqa: ANN401 - sqlite3's connection.
    amounts = iter(payable.tolist())
    accounts = driver.execute(ACCOUNTS)
    number = 0
    while some := accounts.fetchmany(PER_FILE):
        texts = [HEAD, *_transfers(some, amounts, number), TAIL]
        (folder / f"floor-{number}.xml").write_bytes("".join(texts).encode())
        number += len(some)


def _transfers(some: Sequence[Any], amounts: Iterator[int], before: int) -> Iterator[str]:
    for at, (_, holder, bank, number) in enumerate(some, before + 1):
        minor = next(amounts)
        yield (
            f"<CdtTrfTxInf><PmtId><EndToEndId>PAY-2027-{at:06d}</EndToEndId></PmtId>"
            f'<Amt><InstdAmt Ccy="CNY">{minor // 100}.{minor % 100:02d}</InstdAmt></Amt>'
            f"<CdtrAgt><FinInstnId><ClrSysMmbId><MmbId>{bank}</MmbId></ClrSysMmbId></FinInstnId>"
            f"</CdtrAgt><Cdtr><Nm>{escape(holder)}</Nm></Cdtr><CdtrAcct><Id><Othr>"
            f"<Id>{number}</Id><SchmeNm><Prtry>cn_account</Prtry></SchmeNm></Othr></Id></CdtrAcct>"
            f"<RmtInf><Ustrd>SET-2027-{at:06d} {MONTH}</Ustrd></RmtInf></CdtTrfTxInf>"
        )


def _numbers(driver: Any, query: str, width: int) -> tuple[Whole, ...]:  # noqa: ANN401 - sqlite3's connection.
    flat = np.fromiter(chain.from_iterable(driver.execute(query)), np.int64)
    return tuple(flat.reshape(-1, width).T.copy())
