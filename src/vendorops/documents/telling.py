"""Puts the facts of a contract into words: what a template prints, and what a person compares."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from vendorops.documents.fields import ContractTerm
from vendorops.domain.contract_facts import ContractFacts, Guarantee, Particulars, Rate
from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.domain.program import Program

UNITS = {"HUR": "小时 hour", "C62": "件 unit", "MON": "月 month"}
"""How people read the commonest codes of UN/ECE Recommendation 20."""
TREATMENTS = {
    "exclusive": "不含增值税 exclusive of value-added tax",
    "inclusive": "含增值税 inclusive of value-added tax",
    "withheld": "扣缴税款之前 before tax is withheld",
}
LABELS = {
    "currency": "币种 currency",
    "start": "起始日 first day",
    "last_day": "最后一日 last day",
    "cap": "限额 cap",
    "languages": "语言 languages",
    "scope": "工作内容 scope",
    "review_days": "验收工作日 working days of review",
    "payment_days": "付款日数 days to payment",
    "notice_days": "通知日数 days of notice",
    "guarantee_days": "保证期日数 days of guarantee",
    "guarantee_steps": "退费比例 refunds",
    "guarantee_layoff": "裁员离职 redundancy",
    "guarantee_replacement_days": "补招日数 days to a replacement",
    "guarantee_paid_late": "服务费逾期支付 fee paid late",
    "quality_target": "质量目标 quality target",
    "service_credit": "服务抵扣 service credit",
    "overtime_workday": "工作日加班倍数 overtime multiple",
    "overtime_rest_day": "休息日倍数 rest-day multiple",
    "overtime_holiday": "公共假日倍数 holiday multiple",
    "liability_cap": "责任限额 limit of liability",
    "late_interest": "逾期日息 interest a day",
    "insurance_minimum": "最低保额 least insurance",
    "renewal": "续签期限 term of renewal",
    "deemed_acceptance_days": "视为接受工作日 working days until silence accepts",
    "prompt_pay": "提前付款折扣 prompt-payment discount",
    "tolerance": "价格容差 price tolerance",
    "non_solicit_months": "禁止招揽月数 months of non-solicitation",
    "tax_treatment": "税务处理 tax treatment",
    "court": "法院 court",
}
"""How papers call facts; what is not here is called by its own name."""
NOTHING = "无 none"
"""What a paper says of a fact that was not agreed before, or is no longer."""
ONE_E6 = 1_000_000
DASH = "\N{EN DASH}"
ONE_DAY = timedelta(days=1)


def share_text(value_e6: int) -> str:
    """Write a share as people read it.

    >>> share_text(180_000), share_text(175_000)
    ('18 %', '17.5 %')
    """
    return f"{(Decimal(value_e6) * 100 / ONE_E6).normalize():f} %"


def multiple_text(value_e6: int) -> str:
    """Write a multiple as people read it.

    >>> multiple_text(1_500_000), multiple_text(2_000_000)
    ('1.5', '2')
    """
    return f"{(Decimal(value_e6) / ONE_E6).normalize():f}"


def amount_text(minor: int, currency: str) -> str:
    """Write an amount as contracts do; nothing where there is none.

    >>> amount_text(120_000_000, "CNY"), amount_text(0, "CNY")
    ('CNY 1,200,000.00', '')
    """
    return f"{currency} {Decimal(Money(minor, currency).text):,}" if minor else ""


def rate_rows(facts: ContractFacts, kind: Program) -> tuple[ContractTerm, ...]:
    """Return the lines of the rate table; each tier is a line of its own."""
    return tuple(row for rate in facts.rates for row in _rows(rate, kind))


def _rows(rate: Rate, kind: Program) -> list[ContractTerm]:
    known = kind.term(rate.code)
    write = share_text if known.kind == "share" else price_text
    since, unit = rate.valid_from, UNITS.get(known.unit, known.unit)
    first = ContractTerm(
        rate.code, rate.description, unit, write(rate.value_e6), since, rate.volume
    )
    tiers = [
        ContractTerm(
            rate.code,
            f"{rate.description} (单张工作单满 from {quantity_text(tier.from_e4)} on one sheet)",
            unit,
            write(tier.value_e6),
            since,
        )
        for tier in rate.tiers
    ]
    return [first, *tiers]


def particulars(facts: ContractFacts) -> Particulars:
    """Return what only some programs print: the words given, and the typed facts in words."""
    found = dict(facts.particulars)
    if facts.guarantee:
        found |= _guarantee(facts.guarantee)
    if facts.service_levels:
        found["quality_target"] = "; ".join(
            share_text(level.target_e6)
            if level.code == "quality"
            else f"{level.metric} {share_text(level.target_e6)}"
            for level in facts.service_levels
        )
        found["service_credit"] = "; ".join(
            f"{share_text(level.credit_e6)}"
            f" (每月至多 at most {share_text(level.monthly_cap_e6)} a month)"
            for level in facts.service_levels
        )
    if facts.overtime:
        found |= {name: multiple_text(it) for name, it in facts.overtime.values().items()}
    return found


def _guarantee(agreed: Guarantee) -> dict[str, str | Sequence[Mapping[str, str]]]:
    within = agreed.replacement_days
    return {
        "guarantee_days": str(agreed.days),
        "guarantee_steps": _steps(agreed),
        "guarantee_layoff": "除外 excepted" if agreed.except_layoff else "",
        "guarantee_replacement_days": str(within) if within else "",
        "guarantee_paid_late": "不退费 no refund" if agreed.void_when_paid_late else "",
    }


def _steps(guarantee: Guarantee) -> list[dict[str, str]]:
    rows, first = [], 1
    for step in guarantee.steps:
        days = f"{first}{DASH}{step.until_day}"
        rows.append({"days": days, "refund": share_text(step.refund_e6)})
        first = step.until_day + 1
    return rows


def optional_words(facts: ContractFacts) -> dict[str, str]:
    """Return what a contract may say or not: nothing where nothing was agreed."""
    pay, currency = facts.payment, facts.currency
    months = f"{facts.renewal_months} 个月 months" if facts.renewal_months else ""
    prompt = f"{share_text(pay.prompt_discount_e6)}, {pay.prompt_days} 日 days"
    tolerance = facts.tolerance
    deemed, quiet = facts.acceptance.deemed_days, facts.non_solicit_months
    return {
        "liability_cap": amount_text(facts.liability_cap_minor, currency),
        "late_interest": share_text(pay.late_interest_e6) if pay.late_interest_e6 else "",
        "insurance_minimum": amount_text(facts.insurance_minimum_minor, currency),
        "renewal": months,
        "deemed_acceptance_days": str(deemed) if deemed else "",
        "prompt_pay": prompt if pay.prompt_days else "",
        "tolerance": f"{share_text(tolerance.share_e6)}, "
        f"{currency} {Money(tolerance.amount_minor, currency).text}"
        if tolerance
        else "",
        "non_solicit_months": str(quiet) if quiet else "",
        "tax_treatment": TREATMENTS[facts.tax_treatment],
        "court": facts.court,
    }


def told(facts: ContractFacts, kind: Program) -> dict[str, str]:
    """Return every fact in words under its own name, to be compared with another version's."""
    flat = {
        "currency": facts.currency,
        "start": facts.starts_on.isoformat(),
        "last_day": _last_day(facts.ends_on),
        "cap": amount_text(facts.cap_minor, facts.currency),
        "languages": facts.languages,
        "scope": facts.scope,
        "review_days": str(facts.acceptance.review_days),
        "payment_days": str(facts.payment.days),
        "notice_days": str(facts.notice_days),
        "law": facts.law,
    }
    for rate in facts.rates:
        rows = _rows(rate, kind)
        for row, quantity in zip(rows, (0, *(tier.from_e4 for tier in rate.tiers)), strict=True):
            reached = f" at {quantity_text(quantity)}" if quantity else ""
            volume = f", {row.volume}" if row.volume else ""
            said = f"{row.price} / {row.unit}, {rate.description}{volume}"
            flat[f"{row.code} from {row.since}{reached}"] = said
    for name, value in particulars(facts).items():
        flat[name] = (
            value if isinstance(value, str) else "; ".join(" ".join(row.values()) for row in value)
        )
    flat |= optional_words(facts)
    return {name: value for name, value in flat.items() if value}


def _last_day(ends_on: date) -> str:
    return (ends_on - ONE_DAY).isoformat()


def changes(before: ContractFacts, after: ContractFacts, kind: Program) -> list[dict[str, str]]:
    """Return what differs between two versions, as `what`, `before` and `after`, in order."""
    old, new = told(before, kind), told(after, kind)
    names = [*old, *(name for name in new if name not in old)]
    return [
        {"what": name, "before": old.get(name, ""), "after": new.get(name, "")}
        for name in names
        if old.get(name) != new.get(name)
    ]


def labelled(found: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return changes as a paper calls them; no cell is left empty."""
    return [
        {
            "what": LABELS.get(row["what"], row["what"]),
            "before": row["before"] or NOTHING,
            "after": row["after"] or NOTHING,
        }
        for row in found
    ]
