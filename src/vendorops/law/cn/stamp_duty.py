"""Stamp duty of each party to a contract, by the kind of contract.

Sources: Stamp Tax Law, art. 5 (VAT shown apart is not counted), 8, 9 (undivided: the highest rate)
and its table; MOF/STA Announcement 2023 No. 12, art. 2 (small payers pay half, to 2027). Contracts
that the table does not list, such as services, consulting, labour dispatch and employment, bear
none.
"""

from datetime import date
from fractions import Fraction

from vendorops.domain.jurisdiction import (
    Duty,
    Inputs,
    Jurisdiction,
    LawOfDay,
    PayeeKind,
    Rule,
    Situation,
)
from vendorops.law.cn.asking import Asked, BadInput, amount, part

BEGIN = date(2022, 7, 1)
LISTED = {
    "承揽": "work",
    "买卖": "sale",
    "建设工程": "construction",
    "运输": "transport",
    "技术": "technology",
    "租赁": "lease",
    "保管": "custody",
    "仓储": "storage",
    "财产保险": "property_insurance",
}
NOT_LISTED = frozenset({"服务", "咨询", "劳务派遣", "人力资源外包", "劳动"})
TAXED_MODES = frozenset({"business_outsourcing", "cooperative_labor"})


class Contract(Asked):
    """A contract: `承揽合同`, or kinds joined by `+` where one amount is for all of them."""

    type: str
    amount_ex_vat: str
    small_scale: bool = False


def kinds(text: str) -> list[str]:
    """Return the kinds a contract is of.

    >>> kinds("mixed 承揽+仓储, not split"), kinds("技术合同")
    (['承揽', '仓储'], ['技术'])
    """
    plain = text.removeprefix("mixed ").partition(",")[0]
    found = [kind.strip().removesuffix("合同") for kind in plain.split("+")]
    strange = [kind for kind in found if kind not in LISTED and kind not in NOT_LISTED]
    if strange:
        known = ", ".join([*LISTED, *sorted(NOT_LISTED)])
        raise BadInput(f"{strange[0]!r} is no kind of contract; write one of {known}")
    return found


def highest(found: list[str], law: LawOfDay) -> Fraction:
    """Return the rate of a contract: the highest of its kinds, nothing where none is listed."""
    rates = [law.number(f"stamp_duty.{LISTED[kind]}") for kind in found if kind in LISTED]
    return Fraction(max(rates, default=0))


def stamp_duty(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what each party owes."""
    asked, law = Contract.model_validate(inputs), place.law_of(day)
    found = kinds(asked.type)
    owed = highest(found, law)
    if owed and asked.small_scale:
        owed *= Fraction(law.number("stamp_duty.small_payer_share"))
    return {
        "each_party": part(amount(asked.amount_ex_vat, place), owed).text,
        "listed": any(kind in LISTED for kind in found),
    }


def concerns(facts: Situation) -> bool:
    """Tell whether a company works by a contract that the table lists."""
    return facts.payee is not PayeeKind.PERSON and facts.mode in TAXED_MODES


RULES: dict[str, Rule] = {"stamp_duty": stamp_duty}
DUTIES = (
    Duty("stamp_duty", "Stamp duty of each party, by the kind of contract", concerns, BEGIN),
)
