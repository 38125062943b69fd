"""How FatturaPA calls things: namespaces, kinds of documents, natures of what bears no tax."""

NAMESPACES = (
    "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.",
    "http://www.fatturapa.gov.it/sdi/fatturapa/v1.",
)
"""What the namespaces of all its versions begin with."""
ROOT = "FatturaElettronica"
CREDIT_NOTES = frozenset({"TD04", "TD08"})
"""Notes that give money back: ordinary, and simplified."""
CLAIMS = frozenset(
    {"TD01", "TD02", "TD03", "TD05", "TD06", "TD07", "TD09", "TD24", "TD25", "TD26"}
)
"""Invoices, advances, fees, debit notes: documents by which a supplier asks for money."""
NATURES = {
    "N1": "O",
    "N2": "O",
    "N3": "E",
    "N3.1": "G",
    "N3.2": "K",
    "N4": "E",
    "N5": "E",
    "N6": "AE",
    "N7": "O",
}
"""Natura and, for those told more finely, its first part: as UNCL 5305 category."""
STANDARD = "S"


def category(nature: str, *, taxed: bool) -> str:
    """Return the UNCL 5305 category of a line.

    >>> category("", taxed=True), category("N6.3", taxed=False), category("N3.1", taxed=False)
    ('S', 'AE', 'G')
    """
    if taxed:
        return STANDARD
    return NATURES.get(nature) or NATURES.get(nature.partition(".")[0], "E")
