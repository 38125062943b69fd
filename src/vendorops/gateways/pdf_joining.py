"""Joins the pages of PDFs behind one of ours: the task of the limited child, for untrusted bytes.

What can act or be filled in is not joined: it would not be the same on every day. What only points
out of the annex (links, its own structure) is left behind.

What a joined file keeps: our own pages stay as they were, tagged and with embedded fonts, and the
terms for machines stay inside. But PDF/A and PDF/UA are claims about a whole file, and nobody can
make them for foreign pages, whose fonts may be missing and whose content is not tagged: the claim
is taken back in the metadata. The archive therefore keeps our document as it was set, which is
PDF/A-3a and PDF/UA-1 by itself and lists the annexes by their digests, beside the joined one.
"""

import base64
import json
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, NameObject

from vendorops.domain.refusal import Refused

MOST_PAGES = 500
"""Pages of one annex."""
CLAIMS = (b"<pdfaid:part>", b"<pdfaid:conformance>", b"<pdfuaid:part>")
"""What says in the metadata that a file keeps PDF/A or PDF/UA."""
LENGTH_BYTES = 8


class AnnexUnfit(Refused):
    """An annex cannot be joined: it is broken, locked, or more than pages."""


def framed(datas: list[bytes], names: list[str]) -> bytes:
    """Put our document, the annexes and what they are called into one input of a child."""
    told = [json.dumps(names).encode(), *datas]
    return b"".join(len(each).to_bytes(LENGTH_BYTES, "big") + each for each in told)


def _unframed(data: bytes) -> list[bytes]:
    found, rest = [], BytesIO(data)
    while length := rest.read(LENGTH_BYTES):
        found.append(rest.read(int.from_bytes(length, "big")))
    return found


def annex_pages(data: bytes) -> dict[str, int]:
    """Return how many pages an annex has, if it is fit to be joined: a task for the child."""
    return {"pages": len(_fit(data).pages)}


def joined(framed_files: bytes) -> dict[str, str]:
    """Return our document with the pages of the annexes behind it: a task for the child."""
    names, ours, *annexes = _unframed(framed_files)
    writer = PdfWriter(clone_from=BytesIO(ours))
    for name, annex in zip(json.loads(names), annexes, strict=True):
        reader = _fit(annex)
        first = len(writer.pages)
        for page in reader.pages:
            _bare(writer.add_page(page))
        writer.add_outline_item(title=name, page_number=first)
    _disclaim(writer)
    file = BytesIO()
    writer.write(file)
    return {"pdf": base64.b64encode(file.getvalue()).decode()}


def _fit(data: bytes) -> PdfReader:
    """Open an annex, or refuse what is not a stack of pages that stay as they are."""
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise AnnexUnfit("is encrypted; export it again without protection")
        pages, root = len(reader.pages), reader.root_object
    except PyPdfError as error:
        raise AnnexUnfit("is broken; export it again from its source") from error
    if not 0 < pages <= MOST_PAGES:
        raise AnnexUnfit(f"has {pages} pages; an annex has from 1 to {MOST_PAGES}")
    if _acts(root) or any(_marked(page) for page in reader.pages):
        raise AnnexUnfit(
            "has fields, scripts, stamps or comments beside its pages; print it to a new PDF first"
        )
    return reader


def _acts(root: DictionaryObject) -> bool:
    form, names = (_part(root, key) for key in ("/AcroForm", "/Names"))
    fields = bool(form.get("/Fields")) or "/XFA" in form
    return fields or "/AA" in root or "/JavaScript" in names


def _part(of: DictionaryObject, key: str) -> DictionaryObject:
    found = of.get(key)
    found = found.get_object() if found is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _marked(page: PageObject) -> bool:
    """Tell whether something but links lies upon a page: it would be lost."""
    return any(each.get_object().get("/Subtype") != "/Link" for each in page.annotations or ())


def _bare(page: PageObject) -> None:
    """Leave behind what acts, and what numbers its parts in the structure of another file."""
    for key in ("/AA", "/Annots", "/StructParents", "/Tabs", "/B", "/Metadata", "/PieceInfo"):
        page.pop(NameObject(key), None)


def _disclaim(writer: PdfWriter) -> None:
    """Take back the claim to PDF/A and PDF/UA, which nobody can make for foreign pages."""
    metadata = writer.xmp_metadata
    if metadata is None:
        raise RuntimeError("our document has no metadata, which PDF/A needs; adapt _disclaim")
    packet = metadata.stream.get_data()
    for claim in CLAIMS:
        start = packet.index(claim)
        end = packet.index(b">", packet.index(b"</", start)) + 1
        packet = packet[:start] + packet[end:]
    writer.xmp_metadata = packet
