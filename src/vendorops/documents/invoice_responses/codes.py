"""The code lists of the Peppol Invoice Response, and which of them our states and reasons are."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vendorops.domain.disputing import BESIDES
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.domain.matching import Reason
from vendorops.exact_yaml import BadYaml, exact_yaml

FILE = "codes.yaml"
Status = Literal["AB", "IP", "UQ", "CA", "RE", "AP", "PD"]
ReasonCode = Literal[
    "NON",
    "REF",
    "LEG",
    "REC",
    "QUA",
    "DEL",
    "PRI",
    "QTY",
    "ITM",
    "PAY",
    "UNR",
    "FIN",
    "PPD",
    "OTH",
]
ActionCode = Literal["NOA", "PIN", "NIN", "CNF", "CNP", "CNA", "OTH"]
Scheme = Annotated[str, Field(pattern="^[0-9]{4}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Clarified(_Strict):
    """Why a claim is where it is, and what its supplier is asked to do."""

    reason: ReasonCode
    """A code of OPStatusReason."""
    action: ActionCode
    """A code of OPStatusAction."""


class Codes(_Strict):
    """What of ours is which code."""

    since: date
    cite: Annotated[str, Field(min_length=8)]
    states: Mapping[str, Status]
    reasons: Mapping[str, Clarified]
    rejected_otherwise: Clarified
    paid_in_part: Clarified
    endpoints: Mapping[str, Scheme | Mapping[str, Scheme]]

    def of(self, reason: str) -> Clarified:
        """Return the codes of a reason; one that has none of its own is told in words alone."""
        return self.reasons.get(reason, self.reasons["other"])


class BadCodes(BadYaml):
    """The file does not say of every state which code it is, or says it of what is none."""


@cache
def codes() -> Codes:
    """Return the codes; refused unless every state has one, and every reason is ours."""
    text = files(__package__).joinpath(FILE).read_text("utf-8")
    try:
        found = Codes.model_validate(exact_yaml(text, FILE))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ", ".join(str(step) for step in first["loc"])
        raise BadCodes(f"{FILE}, {place}: {first['msg']}") from None
    ours = {*(reason.value for reason in Reason), *BESIDES}
    wrong = set(found.states) ^ {state.value for state in InvoiceStatus}
    wrong |= (set(found.reasons) - ours) | ({"other"} - set(found.reasons))
    if wrong:
        raise BadCodes(f"{FILE}: {', '.join(sorted(wrong))} is missing or unknown")
    return found


def endpoint_scheme(scheme: str, number: str) -> str:
    """Return the Electronic Address Scheme of a number; empty where its kind is no address.

    >>> endpoint_scheme("eu_vat", "DE123456788"), endpoint_scheme("cn_uscc", "91310000MA1FL0X123")
    ('9930', '')
    """
    found = codes().endpoints.get(scheme, "")
    return found if isinstance(found, str) else found.get(number[:2], "")
