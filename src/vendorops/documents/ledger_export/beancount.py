"""Writes the ledger as a Beancount file, which `bean-check` proves without knowing us.

Every account is opened, every transfer is a transaction of two postings with the reference of its
source, and what the books say stood on each account at the end of a month is asserted exactly.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from vendorops.documents.ledger_export.journal import Journal, Posting, Standing
from vendorops.domain.periods import DAY
from vendorops.tables import LedgerAccount

ROOTS = {"asset": "Assets", "liability": "Liabilities", "expense": "Expenses"}
"""What Beancount calls our kinds of account."""
NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9-]+")
NOT_IN_A_LINK = re.compile(r"[^A-Za-z0-9_/.-]+")


def beancount_ledger(ledger: Journal, title: str) -> str:
    """Return the ledger as text; the same rows and day give the same bytes."""
    names = account_names({(account.code, account.kind) for account in ledger.accounts})
    parts = [
        f'option "title" "{_quoted(title)}"',
        *_currencies(ledger.accounts),
        "",
        *_openings(ledger, names),
        "",
        *(line for posting in ledger.postings for line in _transaction(posting, names)),
        *_assertions(ledger.standings, names),
    ]
    return "\n".join(parts).rstrip("\n") + "\n"


def account_names(codes: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the name in Beancount of each account, by code; no two get the same.

    >>> account_names([("payable/SUP-2026-000001", "liability"), ("input-tax/cn", "asset")])
    {'input-tax/cn': 'Assets:Input-tax:Cn', 'payable/SUP-2026-000001': 'Liabilities:Payable:SUP-2026-000001'}
    >>> list(account_names([("a/x_y", "asset"), ("a/x.y", "asset")]).values())
    ['Assets:A:X-y', 'Assets:A:X-y-2']
    """  # noqa: E501 - one answer of the example.
    named: dict[str, str] = {}
    taken: set[str] = set()
    for code, kind in sorted(codes):
        told = code.removeprefix(f"{kind}/")  # Expenses:Staffing says it once.
        plain = ":".join([ROOTS[kind], *map(_component, told.split("/"))])
        name, number = plain, 1
        while name in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name)
        named[code] = name
    return named


def _component(text: str) -> str:
    """Return a part of a name: it begins with a capital or a digit.

    >>> _component("bank-clearing"), _component("_x"), _component("")
    ('Bank-clearing', 'X-x', 'X')
    """
    plain = NOT_IN_A_NAME.sub("-", text)
    head = plain[:1].upper()
    return head + plain[1:] if head.isalnum() else f"X{plain}"


def _quoted(text: str) -> str:
    r"""Return a text as it stands between quotation marks, on one line.

    >>> print(_quoted('a "b" \\ c'))
    a \"b\" \\ c
    """
    return " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')


def _currencies(accounts: Iterable[LedgerAccount]) -> Iterator[str]:
    for currency in sorted({account.currency for account in accounts}):
        yield f'option "operating_currency" "{currency}"'


def _openings(ledger: Journal, names: dict[str, str]) -> Iterator[str]:
    currencies: defaultdict[str, list[str]] = defaultdict(list)
    for account in ledger.accounts:
        currencies[account.code].append(account.currency)
    for code, held in sorted(currencies.items()):
        yield f"{ledger.postings[0].day} open {names[code]} {','.join(sorted(held))}"
        yield f'  code: "{_quoted(code)}"'


def _transaction(posting: Posting, names: dict[str, str]) -> Iterator[str]:
    link = NOT_IN_A_LINK.sub("-", posting.document)
    yield f'{posting.day} * "{_quoted(posting.because)}"{f" ^{link}" if link else ""}'
    if posting.document:
        yield f'  document: "{_quoted(posting.document)}"'
    yield f'  key: "{_quoted(posting.key)}"'
    yield f"  event: {posting.event}"
    if posting.reverses:
        yield f'  reverses: "{_quoted(posting.reverses)}"'
    yield f"  {names[posting.debit.code]}  {posting.amount}"
    yield f"  {names[posting.credit.code]}  {-posting.amount}"
    yield ""


def _assertions(standings: Iterable[Standing], names: dict[str, str]) -> Iterator[str]:
    """Return balances to be found before the next day begins, without any tolerance."""
    for each in standings:
        name, stood = names[each.account.code], each.debited
        yield f"{each.day + DAY} balance {name}  {stood.text} ~ 0 {stood.currency}"
