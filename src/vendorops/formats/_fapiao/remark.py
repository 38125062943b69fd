"""What a remark (备注) says: such invoices have no other place for references."""

import re
from dataclasses import dataclass

COLON = r"[:\uff1a]"
"""Half or full width."""
REFERENCE = rf"\s*{COLON}?\s*([A-Za-z0-9][A-Za-z0-9/_-]*)"
CONTRACT = re.compile(r"合同(?:编号|号码|号)?" + REFERENCE)
ORDER = re.compile(r"(?:订单|工单)(?:编号|号码|号)?" + REFERENCE)
DIGITAL_SOURCE = re.compile(rf"被红冲蓝字数电(?:发)?票号码\s*{COLON}\s*(\d{{20}})", re.ASCII)
"""As the tax platform writes it into a red-letter digital invoice."""
OLDER_SOURCE = re.compile(
    rf"对应正数发票代码\s*{COLON}\s*(\d{{10,12}})\D{{0,12}}号码\s*{COLON}\s*(\d{{8}})", re.ASCII
)
"""As tax control software writes it."""
LONGEST_REFERENCE = 40


@dataclass(frozen=True)
class References:
    """Numbers found in a remark, each once."""

    contract: str
    """The one contract it names, or nothing where it names none or several."""
    orders: tuple[str, ...]
    sources: tuple[str, ...]
    """Invoices that a red-letter invoice takes back."""


def references(remark: str) -> References:
    r"""Return the numbers a remark names.

    >>> references("合同编号:CON-2026-000001 订单号\uff1aWO-2026-000007")
    References(contract='CON-2026-000001', orders=('WO-2026-000007',), sources=())
    >>> references("被红冲蓝字数电发票号码\uff1a26442000007669593421 确认单编号:1").sources
    ('26442000007669593421',)
    """
    contracts = _once(CONTRACT.findall(remark))
    older = [source_number(code, number) for code, number in OLDER_SOURCE.findall(remark)]
    return References(
        contracts[0] if len(contracts) == 1 else "",
        _once(ORDER.findall(remark)),
        _once([*DIGITAL_SOURCE.findall(remark), *older]),
    )


def _once(found: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text[:LONGEST_REFERENCE] for text in found))


def source_number(code: str, number: str) -> str:
    """Return the number of an invoice that has a code besides (发票代码 and 发票号码)."""
    return f"{code}-{number}" if code else number
