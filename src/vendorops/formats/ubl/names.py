"""How UBL calls things: namespaces, and what differs between invoice and credit note."""

from dataclasses import dataclass

NAMES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
SCHEMA = "urn:oasis:names:specification:ubl:schema:xsd:"

LINE_OBJECT = "130"
"""UNTDID 1001: the document type that marks BT-128."""


@dataclass(frozen=True)
class Dialect:
    """Names that depend on the document."""

    kind: str
    """As in `ClaimDocument.kind`."""
    document: str
    type_code: str
    line: str
    quantity: str

    @property
    def namespace(self) -> str:
        """Namespace of the root element."""
        return f"{SCHEMA}{self.document}-2"

    @property
    def root(self) -> str:
        """Root element as lxml spells it."""
        return f"{{{self.namespace}}}{self.document}"


DIALECTS = (
    Dialect(
        "invoice", "Invoice", "cbc:InvoiceTypeCode", "cac:InvoiceLine", "cbc:InvoicedQuantity"
    ),
    Dialect(
        "credit_note",
        "CreditNote",
        "cbc:CreditNoteTypeCode",
        "cac:CreditNoteLine",
        "cbc:CreditedQuantity",
    ),
)
