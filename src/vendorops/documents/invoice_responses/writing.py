"""Writes an Invoice Response: a UBL 2.1 ApplicationResponse as Peppol BIS asks for it (T111)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from lxml import etree

ROOT = "urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
NAMES = cast("dict[str, str]", {None: ROOT, "cac": CAC, "cbc": CBC})
"""The stubs do not know the default namespace."""
CUSTOMIZATION = "urn:fdc:peppol.eu:poacc:trns:invoice_response:3"
PROFILE = "urn:fdc:peppol.eu:poacc:bis:invoice_response:3"
REASON_LIST, ACTION_LIST = "OPStatusReason", "OPStatusAction"


@dataclass(frozen=True)
class Address:
    """A party and where it is reached electronically."""

    scheme: str
    """Electronic Address Scheme (EAS), such as `9930`."""
    number: str
    name: str


@dataclass(frozen=True)
class Clarification:
    """A code with what it means here."""

    code_list: str
    """REASON_LIST or ACTION_LIST."""
    code: str
    text: str = ""


@dataclass(frozen=True)
class Response:
    """What we tell a supplier about one invoice or credit note."""

    number: str
    issue_date: date
    sender: Address
    receiver: Address
    status: str
    """A code of UNCL4343, as Peppol restricts it."""
    effective_date: date
    clarifications: Sequence[Clarification]
    document: str
    """BT-1 of what it answers, its day of issue and its type (UNTDID 1001)."""
    document_date: date
    document_type: str


def written(response: Response) -> bytes:
    """Return the file; the same response gives the same bytes."""
    root = etree.Element(f"{{{ROOT}}}ApplicationResponse", nsmap=NAMES)
    _say(root, "CustomizationID", CUSTOMIZATION)
    _say(root, "ProfileID", PROFILE)
    _say(root, "ID", response.number)
    _say(root, "IssueDate", response.issue_date.isoformat())
    _party(root, "SenderParty", response.sender)
    _party(root, "ReceiverParty", response.receiver)
    whole = _part(root, "DocumentResponse")
    said = _part(whole, "Response")
    _say(said, "ResponseCode", response.status)
    _say(said, "EffectiveDate", response.effective_date.isoformat())
    for each in response.clarifications:
        status = _part(said, "Status")
        _say(status, "StatusReasonCode", each.code, listID=each.code_list)
        if each.text:
            _say(status, "StatusReason", each.text)
    about = _part(whole, "DocumentReference")
    _say(about, "ID", response.document)
    _say(about, "IssueDate", response.document_date.isoformat())
    _say(about, "DocumentTypeCode", response.document_type)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _party(root: etree._Element, name: str, party: Address) -> None:
    made = _part(root, name)
    _say(made, "EndpointID", party.number, schemeID=party.scheme)
    _say(_part(made, "PartyLegalEntity"), "RegistrationName", party.name)


def _part(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{CAC}}}{name}")


def _say(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, f"{{{CBC}}}{name}", attributes).text = text
