"""FatturaPA in: the file as a claim."""

from lxml import etree

from vendorops.domain.claim import ClaimDocument
from vendorops.formats import _claim as claim
from vendorops.formats._xml import Node, looks_like, opened
from vendorops.formats.fatturapa.lines import read_lines
from vendorops.formats.fatturapa.names import CLAIMS, CREDIT_NOTES, NAMESPACES, ROOT
from vendorops.formats.fatturapa.totals import HEAD, read_figures

DAY = r"(\d{4})-(\d\d)-(\d\d)(?:Z|[+-]\d\d:\d\d)?"
"""The schema allows a time zone after a date."""


def recognises(data: bytes, name: str) -> bool:  # noqa: ARG001 - the content says enough.
    """Tell whether the file looks like FatturaPA: a cheap look, not a check."""
    return looks_like(data, NAMESPACES)


def read(data: bytes) -> ClaimDocument:
    """Return what the invoice says; refused when it is a lot, broken, or contradicts itself."""
    element = opened(data)
    found = etree.QName(element)
    if found.localname != ROOT or not (found.namespace or "").startswith(NAMESPACES):
        raise claim.NotAnInvoice(f"the file is a {found.localname}; send a FatturaElettronica")
    root = Node(element, {})
    bodies = root.every("FatturaElettronicaBody")
    if len(bodies) > 1:
        raise claim.NotAnInvoice(f"the file is a lot of {len(bodies)} invoices; send one per file")
    return _document(root, root.one("FatturaElettronicaBody"))


def _document(root: Node, body: Node) -> ClaimDocument:
    head = body.one(HEAD)
    code = _type_code(head)
    currency = claim.currency_code(head.one("Divisa"))
    lines = read_lines(body, currency)
    figures = read_figures(body, lines, currency)
    general = body.one("DatiGenerali")
    seller = root.one("FatturaElettronicaHeader/CedentePrestatore/DatiAnagrafici")
    buyer = root.one("FatturaElettronicaHeader/CessionarioCommittente/DatiAnagrafici")
    return ClaimDocument(
        format="fatturapa",
        kind="credit_note" if code in CREDIT_NOTES else "invoice",
        number=head.required("Numero"),
        issue_date=claim.day(head.one("Data"), DAY),
        currency=currency,
        seller_name=_name(seller),
        seller_identifiers=_identifiers(seller),
        buyer_name=_name(buyer),
        contract_reference=_contract(general),
        net=figures.net,
        tax=figures.tax,
        gross=figures.gross,
        payable=figures.gross,
        lines=lines,
        guideline=root.attribute("versione"),
        type_code=code,
        order_references=claim.each_once(general.every("DatiOrdineAcquisto/IdDocumento")),
        preceding_numbers=claim.each_once(general.every("DatiFattureCollegate/IdDocumento")),
        payee_accounts=claim.each_once(body.every("DatiPagamento/DettaglioPagamento/IBAN")),
    )


def _type_code(head: Node) -> str:
    code = head.required("TipoDocumento")
    if code not in CREDIT_NOTES | CLAIMS:
        raise claim.NotAnInvoice(
            f"the file is a document of kind {code[:8]}, by which no supplier asks for money;"
            " send the invoice itself"
        )
    return code


def _name(party: Node) -> str:
    person = f"{party.text('Anagrafica/Nome')} {party.text('Anagrafica/Cognome')}"
    return party.text("Anagrafica/Denominazione") or person.strip()


def _identifiers(seller: Node) -> tuple[str, ...]:
    vat = f"{seller.text('IdFiscaleIVA/IdPaese')}{seller.text('IdFiscaleIVA/IdCodice')}"
    return tuple(dict.fromkeys(filter(None, (vat, seller.text("CodiceFiscale")))))


def _contract(general: Node) -> str:
    named = claim.each_once(general.every("DatiContratto/IdDocumento"))
    if len(named) > 1:
        raise claim.NotAnInvoice(
            f"the invoice names {len(named)} contracts; send one for each contract"
        )
    return next(iter(named), "")
