"""What the workbook says of columns: notes on their names, and the invented example row."""

from collections.abc import Mapping, Sequence
from datetime import date

from vendorops import identifiers, law
from vendorops.domain.measure import price_e6, price_text
from vendorops.domain.program import Program, Term

NOTES = {
    "legal_entity": "Code of our company that buys.",
    "signer": "Handle of who is to sign for the supplier: small letters, digits, dots.",
    "name": "As in the register.",
    "scheme": "What kind of number it is.",
    "number": "As printed; check digits are checked. It is kept encrypted.",
    "bank": "BIC for an IBAN, else the number of the bank in its clearing system.",
    "holder": "As the bank knows the account.",
    "cap": "The most that may be spent, such as 600000.00.",
    "start": "The first day, written 2026-10-01.",
    "end": "The first day no longer covered, written 2027-10-01.",
    "valid_from": "A day, written 2026-10-01.",
    "valid_to": "The first day on which it no longer holds, written 2027-10-01.",
    "value": "A price in the contract's currency, or a share such as 0.18.",
    "file": "Name of the file in the folder of documents.",
    "volume": "Planned quantity of one month, if any.",
    "review_days": "Working days in which reported work is accepted or rejected.",
    "deemed_days": "Working days after which silence accepts; 0 where it never does.",
    "contract.payment.days": "Days from a proper claim to its payment.",
    "prompt_days": "Days within which paying earns the prompt_discount.",
    "prompt_discount": "A share such as 0.02, with prompt_days.",
    "late_interest": "Share of what is overdue, for each day, such as 0.0005.",
    "contract.guarantee.days": "Days for which a placement is guaranteed.",
    "until": "Last day of the guarantee to which the refund applies.",
    "refund": "Share of the fee that is refunded, such as 0.6.",
    "target": "A share that is reached each month, such as 0.985.",
    "credit": "Share of the month's fees that is credited when the target is missed.",
    "monthly_cap": "The most that is credited for a month, such as 0.1.",
    "workday": "Multiple of the regular price for overtime on a working day, such as 1.5.",
    "rest_day": "Multiple of the regular price on a rest day, such as 2.",
    "holiday": "Multiple of the regular price on a holiday, such as 3.",
}
"""By a column's path, or by its last step."""
USUAL = {
    "contract.acceptance.review_days": "5",
    "contract.payment.days": "30",
    "contract.notice_days": "30",
}
GUARANTEE = {
    "contract.guarantee.days": "90",
    "contract.guarantee.steps.1.until": "30",
    "contract.guarantee.steps.1.refund": "1",
    "contract.guarantee.steps.2.until": "90",
    "contract.guarantee.steps.2.refund": "0.5",
}
SERVICE_LEVELS = {
    "contract.service_levels.1.code": "quality",
    "contract.service_levels.1.metric": "accepted of submitted",
    "contract.service_levels.1.target": "0.98",
    "contract.service_levels.1.credit": "0.05",
    "contract.service_levels.1.monthly_cap": "0.1",
}
BLOCKS = {"guarantee_": GUARANTEE, "quality_": SERVICE_LEVELS, "service_": SERVICE_LEVELS}
"""What is typed in columns of its own, by how the words begin that templates print of it."""
OVERTIME = "overtime_"
PRICE, SHARE = "46.50", "0.18"


def typed(kind: Program, particular: str) -> Mapping[str, str] | None:
    """Return the typed columns that state what a template prints; None where words do."""
    if kind.overtime and particular.startswith(OVERTIME):
        named = kind.overtime.values().items()
        return {
            f"contract.overtime.{name.removeprefix(OVERTIME)}": price_text(value)
            for name, value in named
        }
    return next((said for start, said in BLOCKS.items() if particular.startswith(start)), None)


def _value(kind: Program, term: Term) -> str:
    """Return a price or share; of an hour that costs a multiple, that multiple."""
    if term.kind == "share":
        return SHARE
    _, name = kind.multiples.get(term.code, ("", ""))
    multiples = kind.overtime.values() if kind.overtime else {}
    return price_text(price_e6(PRICE) * multiples.get(name, 10**6) // 10**6)


def examples(kind: Program, place: str, day: date, papers: Sequence[str]) -> dict[str, str]:
    """Return an invented application, path by path."""
    scheme = next((code for code in identifiers.codes() if code.startswith(f"{place}_")), "")
    number = identifiers.identifier(scheme).EXAMPLE if scheme else ""
    currency = str(law.place(place).CURRENCY)
    who = "person" if kind.supplier_kinds == ("freelancer",) else "organization"
    said = {
        "program": kind.code,
        "place": place,
        "supplier_kind": kind.supplier_kinds[0],
        "signer": "mara.example",
        "party.kind": who,
        "party.name": "Mara Example" if who == "person" else "Example Services Ltd.",
        "party.place": place,
        "party.identifier.scheme": scheme,
        "party.identifier.number": number,
        "party.address": "12 Harbour Road",
        "party.email": "contracts@services.example",
        "bank_account.scheme": "cn_account",
        "bank_account.number": "0012345678901234",
        "bank_account.bank": "102290002916",
        "bank_account.holder": "Mara Example" if who == "person" else "Example Services Ltd.",
        "bank_account.currency": currency,
        "contract.currency": currency,
        "contract.start": date(day.year + 1, 1, 1).isoformat(),
        "contract.end": date(day.year + 2, 1, 1).isoformat(),
        "contract.cap": "600000.00",
        "contract.scope": kind.title,
    }
    said |= USUAL
    for at, term in enumerate(kind.terms, start=1):
        facts = {"code": term.code, "value": _value(kind, term), "description": term.title}
        said |= {f"contract.terms.{at}.{name}": text for name, text in facts.items()}
    for at, paper in enumerate(papers, start=1):
        since, until = date(day.year - 1, 1, 1), date(day.year + 9, 1, 1)
        facts = {"kind": paper, "issuer": "Registry", "number": number, "file": f"{paper}.pdf"}
        facts |= {"valid_from": since.isoformat(), "valid_to": until.isoformat()}
        said |= {f"documents.{at}.{name}": text for name, text in facts.items()}
    return said
