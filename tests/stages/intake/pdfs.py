"""PDFs that people read and no machine can be sure of."""

import typst

PAGE = """
#set page(width: 210mm, height: 297mm, margin: 20mm)
#set text(size: 10pt)
Muster GmbH · {seller}

Invoice number: {number} #h(1fr) Invoice date: {day}

Your contract {contract}

#grid(columns: (1fr, auto), row-gutter: 6pt,
  [Subtotal], [{net}],
  [VAT 19%], [{tax}],
  [Total due], [{gross} EUR],
)
IBAN DE89 3704 0044 0532 0130 00
"""
USUAL = {
    "seller": "DE136695976",
    "number": "4711/26",
    "day": "31.10.2026",
    "contract": "CON-2026-000001",
    "net": "1.000,00",
    "tax": "190,00",
    "gross": "1.190,00",
}


def printed(**told):
    """A PDF of one page, without anything for machines inside."""
    return compiled(PAGE.format(**(USUAL | told)))


def scanned():
    """A PDF of one page that holds no text."""
    return compiled("#rect(width: 50pt, height: 50pt, fill: gray)")


def compiled(source):
    pdf = typst.compile(source.encode(), format="pdf")
    assert isinstance(pdf, bytes)
    return pdf
