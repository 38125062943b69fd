"""The least that settling a platform takes: read, compute with NumPy, write rows and files.

The same settlements, lines, taxes, transfers, accounts and payments as the books write, with the
same words, into tables without any index but the key; no checks, no foreign keys, no history but
one hash of all, no encryption: account numbers are read as they are. For one month of one payer.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Engine

from vendorops.bench._cumulative import cumulative
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
TABLES = {
    "floor_settlement": "reference TEXT, supplier INTEGER, contract INTEGER, explained INTEGER, "
    "month TEXT, version INTEGER, as_of TEXT, due_on TEXT, currency TEXT, net INTEGER, "
    "tax INTEGER, withheld INTEGER, payable INTEGER, content TEXT, status TEXT",
    "floor_line": "settlement INTEGER, line INTEGER, attempt INTEGER, net INTEGER, tax INTEGER",
    "floor_tax": "settlement INTEGER, party INTEGER, place TEXT, tax TEXT, kind TEXT, month TEXT, "
    "currency TEXT, income INTEGER, base INTEGER, amount INTEGER, rule TEXT, citations TEXT, "
    "status TEXT",
    "floor_account": "code TEXT, kind TEXT, currency TEXT, party INTEGER, floor INTEGER",
    "floor_transfer": "debit INTEGER, credit INTEGER, currency TEXT, amount INTEGER, day TEXT, "
    "event INTEGER, key TEXT",
    "floor_payment": "reference TEXT, batch INTEGER, settlement INTEGER, account INTEGER, "
    "currency TEXT, amount INTEGER, end_to_end TEXT, content TEXT, status TEXT",
}
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Document '
    'xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn><PmtInf>'
)
TAIL = "</PmtInf></CstmrCdtTrfInitn></Document>"
PER_FILE = 100_000
CITATIONS = "x" * 1100
"""About as long as what the books cite of the law."""


def settle(engine: Engine, folder: Path) -> int:
    """Settle and pay the month of the platform; return for how many people."""
    connection = engine.raw_connection()
    driver: Any = connection.driver_connection
    driver.execute("BEGIN IMMEDIATE")
    contract, supplier, line, explained, net = _numbers(driver, CLAIMS, 5)
    income, kept = (np.zeros((len(contract), len(EARLIER)), np.int64) for _ in range(2))
    party, month, paid, before = _numbers(driver, BEFORE, 4)
    at = np.searchsorted(supplier, party)
    income[at, month - 1], kept[at, month - 1] = paid, before
    tax = cumulative(income, kept, net)
    _write(driver, (contract, supplier, line, explained), net, tax)
    _pay(driver, folder, net - tax)
    digest = sha256()
    for column in (contract, supplier, line, net, tax):
        digest.update(column.tobytes())
    driver.commit()
    connection.close()
    return len(contract)


def _write(driver: Any, keys: Sequence[Whole], net: Whole, tax: Whole) -> None:  # noqa: ANN401 - sqlite3's connection.
    contract, supplier, line, explained = (column.tolist() for column in keys)
    count = len(contract)
    ident = range(1, count + 1)
    reference = [f"SET-2027-{at:06d}" for at in ident]
    paid, kept = net.tolist(), tax.tolist()
    payable = (net - tax).tolist()
    who = (ident, reference, supplier, contract, explained)
    when = (MONTH, 1, "2027-03-02", "2027-03-31", "CNY")
    sums = (paid, 0, kept, payable, reference, "sealed")
    _fill(driver, "floor_settlement", (*who, *when, *sums))
    _fill(driver, "floor_line", (ident, ident, line, 1, paid, 0))
    law = ("cn", "cn.iit.platform_cumulative", "labor_remuneration", "2027-03", "CNY")
    said = (paid, paid, kept, "2025-10-01", CITATIONS, "booked")
    _fill(driver, "floor_tax", (ident, ident, supplier, *law, *said))
    codes = [f"payable/{key}" for key in supplier]
    _fill(driver, "floor_account", (ident, codes, "liability", "CNY", supplier, 0))
    keys_of = ((f"settlement/{each}/net", f"settlement/{each}/withheld") for each in reference)
    made = [
        (debit, credit, "CNY", minor, "2027-03-02", 1, key)
        for at, gross, held, (net_key, tax_key) in zip(ident, paid, kept, keys_of, strict=True)
        for debit, credit, minor, key in ((0, at, gross, net_key), (at, 0, held, tax_key))
        if minor
    ]
    _create(driver, "floor_transfer")
    driver.executemany("INSERT INTO floor_transfer VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", made)
    ends = [f"PAY-2027-{at:06d}" for at in ident]
    told = (ends, 1, ident, supplier, "CNY", payable, ends, reference, "planned")
    _fill(driver, "floor_payment", (ident, *told))


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


def _create(driver: Any, table: str) -> None:  # noqa: ANN401 - sqlite3's connection.
    driver.execute(f"DROP TABLE IF EXISTS {table}")
    driver.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {TABLES[table]}) STRICT")


def _fill(driver: Any, table: str, columns: Sequence[object]) -> None:  # noqa: ANN401 - sqlite3's connection.
    _create(driver, table)
    marks = ", ".join("?" * len(columns))
    each = [one if isinstance(one, list | range) else repeat(one) for one in columns]
    driver.executemany(f"INSERT INTO {table} VALUES ({marks})", zip(*each, strict=False))  # noqa: S608 - our own names.
