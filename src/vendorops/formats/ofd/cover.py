"""What the cover of an OFD says of an invoice (CustomData): its head and totals, no lines."""

import re
from collections.abc import Mapping
from datetime import date

from vendorops.domain.claim import ClaimDocument
from vendorops.domain.money import BadAmount, Money
from vendorops.formats._claim import NotAnInvoice, plain_number
from vendorops.formats._fapiao.checking import check_number
from vendorops.formats._fapiao.claiming import Fapiao, claimed
from vendorops.formats._fapiao.names import CURRENCY
from vendorops.formats._fapiao.remark import source_number
from vendorops.formats._xml import BadField, FieldMissing

CODE, NUMBER, DAY_ISSUED = "发票代码", "发票号码", "开票日期"
NET, TAX, GROSS = "合计金额", "合计税额", "价税合计"
DAY = r"(\d{4})[年-](\d\d?)[月-](\d\d?)日?(?: .*)?"


def cover_number(said: Mapping[str, str]) -> str:
    """Return the invoice's number, or nothing where the cover tells of no invoice."""
    return source_number(said.get(CODE, ""), said[NUMBER]) if said.get(NUMBER) else ""


def cover_claim(said: Mapping[str, str]) -> ClaimDocument:
    """Return the claim without lines; refused where it is none or lacks what makes one."""
    number = cover_number(said)
    if not number:
        raise NotAnInvoice("the OFD has no invoice inside; send the invoice's own OFD or XML")
    issued = _day(said)
    if not said.get(CODE):
        check_number(number, issued)
    net, tax, gross = _figures(said)
    return claimed(
        Fapiao(
            format="ofd",
            guideline="CustomData",
            type_code=said.get("发票类型", ""),
            number=number,
            issued=issued,
            seller_name=said.get("销售方名称", ""),
            seller_number=said.get("销售方纳税人识别号", ""),
            seller_account="",
            buyer_name=said.get("购买方名称", ""),
            remark=said.get("备注", ""),
            net=net,
            tax=tax,
            gross=gross,
            in_words="",
            lines=(),
        )
    )


def _day(said: Mapping[str, str]) -> date:
    found = re.fullmatch(DAY, said.get(DAY_ISSUED, ""), re.ASCII)
    try:
        return date(*map(int, found.groups() if found else ()))
    except (ValueError, TypeError) as error:
        raise BadField(f"the cover of the OFD has no {DAY_ISSUED}; export it again") from error


def _figures(said: Mapping[str, str]) -> tuple[Money, Money, Money]:
    """Return net, tax and gross, of which software writes two or three."""
    net, tax, gross = (_money(said, name) for name in (NET, TAX, GROSS))
    if net is None or (tax is None and gross is None):
        raise FieldMissing(f"the cover of the OFD lacks {NET}, {TAX} or {GROSS}; export it again")
    if tax is None:
        tax = gross - net if gross else Money(0, CURRENCY)
    return net, tax, gross or net + tax


def _money(said: Mapping[str, str], name: str) -> Money | None:
    text = said.get(name, "").strip("¥\uffe5 ")
    if not text:
        return None
    try:
        return Money.parse(plain_number(text), CURRENCY)
    except BadAmount as error:
        raise BadField(f"{name} on the cover of the OFD: {error}") from error
