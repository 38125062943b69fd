"""OFD in: the invoice that it carries, compared with what its cover says."""

from collections.abc import Mapping

from vendorops.domain.claim import ClaimDocument
from vendorops.formats._claim import NotAnInvoice, TotalsDisagree
from vendorops.formats._fapiao.opening import looks_like_fapiao, read_fapiao
from vendorops.formats._xml import Node, opened
from vendorops.formats.ofd.cover import cover_claim, cover_number
from vendorops.formats.ofd.package import Package

ENTRY = "OFD.xml"
ZIP_MARK = b"PK\x03\x04"
MOST_ATTACHMENTS = 50
NET = "合计金额"


def recognises(data: bytes, name: str) -> bool:
    """Tell whether the file is a ZIP called OFD, or one that holds an OFD's entry."""
    return data.startswith(ZIP_MARK) and (name.lower().endswith(".ofd") or ENTRY.encode() in data)


def read(data: bytes) -> ClaimDocument:
    """Return what the invoice inside says; refused when there is none, or more than one."""
    package = Package(data)
    body = _body(package)
    said = {
        node.attribute("Name"): node.content
        for node in body.every("{*}DocInfo/{*}CustomDatas/{*}CustomData")
    }
    found = [part for part in _attached(package, body) if looks_like_fapiao(part)]
    if len(found) > 1:
        raise NotAnInvoice(f"the OFD has {len(found)} invoices inside; send one per file")
    if not found:
        return cover_claim(said)
    claim = read_fapiao(found[0], "ofd")
    _check_cover(claim, said)
    return claim


def _body(package: Package) -> Node:
    """Return the one document of the file: its cover and where its parts are."""
    if ENTRY not in package:
        raise NotAnInvoice("the file is no OFD: it has no OFD.xml; send the invoice's OFD or XML")
    root = Node(opened(package.read(ENTRY)), {})
    if len(root.every("{*}DocBody")) > 1:
        raise NotAnInvoice("the OFD holds several documents; send one per file")
    return root.one("{*}DocBody")


def _attached(package: Package, body: Node) -> list[bytes]:
    """Return the attachments that are XML, wherever the file lists them."""
    document = package.beside(ENTRY, body.required("{*}DocRoot"))
    listed = Node(opened(package.read(document)), {}).text("{*}Attachments")
    if not listed:
        return []
    listing = package.beside(document, listed)
    nodes = Node(opened(package.read(listing)), {}).every("{*}Attachment/{*}FileLoc")
    if len(nodes) > MOST_ATTACHMENTS:
        raise NotAnInvoice(f"the OFD has {len(nodes)} attachments; send the invoice alone")
    names = [_located(package, (listing, document, ENTRY), node.content) for node in nodes]
    return [package.read(name) for name in names if name.lower().endswith(".xml")]


def _located(package: Package, bases: tuple[str, ...], location: str) -> str:
    """Return the part at a location, which software counts from one of several folders."""
    names = [package.beside(base, location) for base in bases]
    return next((name for name in names if name in package), names[0])


def _check_cover(claim: ClaimDocument, said: Mapping[str, str]) -> None:
    """Refuse a file whose cover is that of another invoice than the one attached."""
    if not cover_number(said):
        return
    cover = cover_claim(said)
    pairs = [
        ("number", cover.number, claim.number),
        ("date", cover.issue_date, claim.issue_date),
        ("net", cover.net, claim.net),
        ("gross", cover.gross, claim.gross),
        ("seller", cover.seller_identifiers, claim.seller_identifiers),
    ]
    for what, covered, attached in pairs:
        if covered != attached:
            raise TotalsDisagree(
                f"the cover of the OFD and the invoice inside have another {what};"
                " ask the supplier for the file as the tax platform issued it"
            )
